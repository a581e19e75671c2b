import { expect } from 'chai';
import { event } from '../fake-cpe.js';
import { Bench } from './bench.js';

describe('The system and network tags of workflows', () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open();
  });
  after(() => bench.close());
  beforeEach(() => bench.newDevice());

  const alerts = (): Promise<unknown[]> => bench.harness.store.alerts.find({ device: bench.device }).lean();

  it('alert raises, updates and hides the alert of its type, on the device or what target names', async () => {
    await bench.run(
      '<alert type="t" caption="c" description="d" severity="WARN"/><alert type="t" severity="750"/>',
    );
    expect(await alerts()).to.have.length(1);
    expect((await alerts())[0]).to.include({
      raised: true,
      severity: 750,
      targetKind: 'device',
      target: bench.device,
    });
    await bench.run(
      '<alert type="t" raised="false"/><alert type="never" raised="false"/><alert type="g" target="root.north"/>',
    );
    expect(await alerts()).to.have.length(2);
    expect(await bench.harness.store.alerts.findOne({ target: 'root.north' }).lean()).to.include({
      targetKind: 'group',
    });
    expect(await bench.harness.store.alerts.findOne({ target: bench.device }).lean()).to.include({
      raised: false,
    });
    expect((await bench.run('<alert type="t" severity="LOUD"/>')).summary).to.match(/^expression: severity/);
  });

  it('store sets variables, properties and samples; null unsets', async () => {
    const ran = await bench.run(
      `<store target="a" value="1"/><store target="b" value=""/><store target="a"/><store type="devProp" target="p.q" value="x"/><store type="history" target="h" value="7"/>
       <store target="c" value="\${device.property.\`p.q\`} \${#a ? 'unset'} [\${#b}]"/>`,
    );
    expect(ran.variables.c).to.equal('x unset []');
    const sample = await bench.harness.store.valueSamples.findOne({ device: bench.device }).lean();
    expect(sample).to.include({ name: 'h', value: '7' });
    await bench.run('<store type="devProp" target="p.q"/>');
    const again = await bench.run('<store target="c" value="${device.hasProperty(\'p.q\')}"/>');
    expect(again.variables.c).to.equal('false');
  });

  it('removeProperty removes a property, and one that is not there', async () => {
    await bench.run('<store type="devProp" target="x" value="1"/>');
    const ran = await bench.run('<removeProperty target="x"/><removeProperty target="x"/>');
    expect(ran.status).to.equal('SUCCESS');
    expect(await bench.properties()).not.to.have.property('x');
  });

  it('copyDeviceProperty copies from a device in reach; a missing one is skipped, or an error', async () => {
    await bench.run('<store type="devProp" target="x" value="from there"/>');
    const source = bench.device;
    await bench.newDevice();
    const copy = (more: string): string =>
      `<copyDeviceProperty sourceIdentity="${source}" targetPropName="y" ${more}/>`;
    await bench.run(copy('sourcePropName="x"'));
    expect(await bench.properties()).to.include({ y: 'from there' });
    expect((await bench.run(copy('sourcePropName="none"'))).status).to.equal('SUCCESS');
    const strict = await bench.run(copy('sourcePropName="none" skipNonExisting="false"'));
    expect(strict.summary).to.match(/^not found: .* has no property none: <copyDeviceProperty> in line 2$/);
    await bench.harness.store.devices.updateOne({ _id: source }, { $set: { domain: '/elsewhere/' } });
    const foreign = await bench.run(copy('sourcePropName="x" skipNonExisting="false"'), {
      settings: { domain: '/here/' },
    });
    expect(foreign.summary).to.match(/^$|^not found/);
  });

  it('join and leave change the groups of the device', async () => {
    await bench.run(
      '<join group="root.a"/><join group="root.a.b"/><join group="root.c"/><leave group="root.a"/>',
    );
    expect([...bench.ports.joined]).to.deep.equal(['root.c']);
    expect((await bench.run('<join group="nowhere"/>')).summary).to.match(
      /^not found: there is no group nowhere/,
    );
  });

  it('setDomain moves the device to the domain of the task or below it, and nowhere else', async () => {
    const domain = async (): Promise<string | undefined> =>
      (await bench.harness.store.devices.findById(bench.device).lean())?.domain;
    await bench.run('<setDomain domain="/a/b/"/>');
    expect(await domain()).to.equal('/a/b/');
    const ran = await bench.run('<setDomain domain="/b/"/>', { settings: { domain: '/a/' } });
    expect(ran.summary).to.contain('/b/ is not /a/ nor below it');
    expect(await domain()).to.equal('/a/b/');
  });

  it('deviceRelation is for group tasks', async () => {
    const ran = await bench.run('<deviceRelation name="peer" condition="true" target="x"/>');
    expect(ran.summary).to.contain('for group tasks only');
  });

  it('requestConnection plans a call', async () => {
    await bench.run(
      '<requestConnection date="${date.now.addHours(1)}"/><requestConnection date="1767225600000"/>',
    );
    expect(bench.ports.calls).to.have.length(2);
    expect(bench.ports.calls[1]?.at.toISOString()).to.equal('2026-01-01T00:00:00.000Z');
  });

  it('reloadDialect reads the whole data model', async () => {
    const ran = await bench.run('<reloadDialect/><store target="up" value="${dm.DeviceInfo.UpTime.value}"/>');
    expect(ran.methods).to.include('GetParameterNames').and.include('GetParameterValues');
    expect(ran.variables.up).to.equal('100');
  });

  it('expressions see the events of the session', async () => {
    const ran = await bench.run('<store target="boot" value="${cwmp.bootEvent}"/>', {
      events: [event('1 BOOT')],
    });
    expect(ran.variables.boot).to.equal('true');
  });

  describe('resources', () => {
    beforeEach(() => {
      bench.ports.texts.clear();
      bench.ports.texts.set('conf', {
        id: 'conf',
        name: 'conf',
        text: 'a=1\nb=2\na=3\n',
        device: bench.device,
      });
      bench.ports.texts.set('foreign', { id: 'foreign', name: 'foreign', text: 'x', device: 'another' });
    });

    it('readResource puts the text into a variable', async () => {
      expect((await bench.run('<readResource resourceId="conf" varName="t"/>')).variables.t).to.equal(
        'a=1\nb=2\na=3\n',
      );
      expect((await bench.run('<readResource resourceId="none" varName="t"/>')).summary).to.match(
        /^not found: there is no resource none/,
      );
    });

    it('deleteResource deletes what belongs to this device and nothing else', async () => {
      expect((await bench.run('<deleteResource resourceId="conf"/>')).status).to.equal('SUCCESS');
      expect(bench.ports.texts.has('conf')).to.equal(false);
      expect((await bench.run('<deleteResource resourceId="foreign"/>')).summary).to.match(/^not found/);
      expect(bench.ports.texts.has('foreign')).to.equal(true);
    });

    it('editResource replaces the first group, else the whole match; once, or everywhere; literally', async () => {
      await bench.run(
        `<editResource source="conf" destination="new"><operation regex="a=(\\d)" replacement="$1!" replaceAll="true"/><operation regex="b=\\d" replacement="c"/><resourceProperty name="k" value="v"/></editResource>`,
      );
      expect(bench.ports.texts.get('new')).to.deep.include({
        text: 'a=$1!\nc\na=$1!\n',
        properties: { k: 'v' },
      });
      await bench.run('<editResource source="conf"><operation regex="a" replacement="z"/></editResource>');
      expect(bench.ports.texts.get('conf')?.text).to.equal('z=1\nb=2\na=3\n');
      const taken = await bench.run('<editResource source="conf" destination="foreign"/>');
      expect(taken.summary).to.contain('There is already a resource foreign');
    });
  });

  describe('rest', () => {
    beforeEach(() => {
      bench.ports.requests.length = 0;
      bench.ports.answer = () => ({ status: 200, text: '{"items":[{"id":5,"deep":{"x":null}}],"ok":true}' });
    });

    it('takes any status as a result, and values by their paths', async () => {
      bench.ports.answer = () => ({ status: 503, text: '{"items":[{"id":5}],"ok":true}' });
      const ran = await bench.run(
        '<rest url="http://x.test/"><out from="items.0.id" to="id"/><out from="resp.ok" to="ok"/><out from="no.way" to="a" default="none"/><out from="no.way" to="b"/></rest>',
      );
      expect(ran.status).to.equal('SUCCESS');
      expect(ran.variables).to.include({ responseCode: '503', id: '5', ok: 'true', a: 'none' });
      expect(ran.variables).not.to.have.property('b');
    });

    it('fails on an answer that is no JSON only where a value without default is wanted', async () => {
      bench.ports.answer = () => ({ status: 200, text: '<html>' });
      expect((await bench.run('<rest url="http://x.test/"/>')).status).to.equal('SUCCESS');
      expect(
        (await bench.run('<rest url="http://x.test/"><out from="a" to="a" default="d"/></rest>')).variables.a,
      ).to.equal('d');
      expect((await bench.run('<rest url="http://x.test/"><out from="a" to="a"/></rest>')).summary).to.match(
        /^technical: the answer is no JSON/,
      );
    });

    it('fails when there is no answer, unless that is ignored', async () => {
      bench.ports.answer = () => null;
      expect((await bench.run('<rest url="http://x.test/"/>')).summary).to.match(
        /^technical: the host does not answer: <rest> in line 2/,
      );
      expect((await bench.run('<rest url="http://x.test/" ignoreFaults="true"/>')).status).to.equal(
        'SUCCESS',
      );
    });

    it('sends method, headers, body and credentials, and shows no secret', async () => {
      const ran = await bench.run(
        '<rest url="http://x.test/p?token=abcdefgh" method="PUT" content="{}" user="u" pass="topsecret" timeout="500ms"><header name="X-A" value="1"/></rest><rest url="http://x.test/" method="DELETE" authorizationHeader="Bearer topsecret"/>',
      );
      const [put, del] = bench.ports.requests;
      expect(put).to.deep.include({
        method: 'PUT',
        body: '{}',
        user: 'u',
        password: 'topsecret',
        timeoutMs: 500,
      });
      expect(put?.headers).to.deep.include({ name: 'X-A', value: '1' });
      expect(del).to.deep.include({ method: 'DELETE', authorization: 'Bearer topsecret', body: null });
      expect(JSON.stringify(ran.lines)).not.to.contain('topsecret').and.not.contain('abcdefgh');
    });

    it('httpRequest is an older form of it', async () => {
      await bench.run(
        '<httpRequest url="http://x.test/" method="POST" username="u" password="p" body="b"><param name="a b" value="1&amp;2"/></httpRequest>',
      );
      expect(bench.ports.requests[0]).to.include({
        url: 'http://x.test/?a%20b=1%262',
        method: 'POST',
        body: 'b',
        user: 'u',
      });
    });

    it('is not sent again after it was answered, should the server be lost in the next step', async () => {
      await bench.add('<rest url="http://x.test/" method="POST"/><get key="DeviceInfo.UpTime"/>');
      await bench.harness.run(bench.cpe, { cut: { at: 1, when: 'before', how: 'crash' } });
      await bench.harness.run(bench.cpe);
      expect(bench.ports.requests).to.have.length(1);
    });
  });

  describe('notifications', () => {
    it('mail hands over a mail', async () => {
      await bench.run('<mail subject="s" to="a@x.test; b@x.test" cc="c@x.test" content="text"/>');
      expect(bench.ports.mails).to.deep.equal([
        { to: ['a@x.test', 'b@x.test'], cc: ['c@x.test'], subject: 's', text: 'text' },
      ]);
    });

    it('trap, snmpGet and snmpSet speak with their target', async () => {
      const ran = await bench.run(
        `<trap target="udp://192.0.2.9/162" oidId="1.3.6.1.4.1.9"><oid oidId="1" value="x"/></trap>
         <snmpSession target="udp://agent.test:1161" community="secret">
           <snmpGet><oid oid="1.3.6.1.2.1.1.5.0" var="name"/></snmpGet>
           <snmpSet><value oid="1.3.6.1.2.1.1.6.0" val="here" type="OctetString"/></snmpSet>
         </snmpSession>`,
      );
      expect(ran.variables.name).to.equal('value of 1.3.6.1.2.1.1.5.0');
      expect(
        bench.ports.snmp.map(({ target, what }) => `${target.host}:${target.port} ${what}`),
      ).to.deep.equal([
        '192.0.2.9:162 trap 1.3.6.1.4.1.9 1.3.6.1.4.1.9.1=x',
        'agent.test:1161 get 1.3.6.1.2.1.1.5.0',
        'agent.test:1161 set 1.3.6.1.2.1.1.6.0=here',
      ]);
    });

    it('sshCommand and telnetCommand run in the session around them and check the output', async () => {
      bench.ports.output = 'uptime 5 days';
      const ran = await bench.run(
        `<sshSession address="h" username="u" password="p"><if expr="true"><sshCommand command="uptime" output="a" waitBeforeResponse="0"/></if></sshSession>
         <telnetSession address="h"><telnetCommand command="x" expectedRespRegex="^never" ignoreFaults="true" output="b"/></telnetSession>`,
      );
      expect(ran.variables.a).to.equal('uptime 5 days');
      expect(ran.variables).not.to.have.property('b');
      const strict = await bench.run(
        '<telnetSession address="h"><telnetCommand command="x" expectedRespRegex="^never"/></telnetSession>',
      );
      expect(strict.summary).to.match(/^technical: the output of the command does not match/);
    });

    for (const [tag, words] of [
      ['<rest url="http://x.test/"/>', 'rest is switched off by the administrator (setting restHosts)'],
      [
        '<telnetSession address="h"><telnetCommand command="x"/></telnetSession>',
        'telnet is switched off by the administrator (setting telnetHosts)',
      ],
      ['<mail subject="s" to="a@x.test"/>', 'mail is switched off by the administrator (setting smtpUrl)'],
      [
        '<trap target="udp://h/162" oidId="1.3"/>',
        'SNMP is switched off by the administrator (setting snmpHosts)',
      ],
      [
        '<sshSession address="h" username="u"><sshCommand command="x"/></sshSession>',
        'SSH is switched off by the administrator (setting sshHosts)',
      ],
    ] as const)
      it(`says what is off, and by which setting: ${words}`, async () => {
        bench.harness.ports = {};
        bench.harness.crash();
        const ran = await bench.run(tag);
        bench.harness.ports = bench.ports.all;
        bench.harness.crash();
        expect(ran.status).to.equal('ERROR');
        expect(ran.summary).to.contain(words);
      });

    for (const tag of ['<sms to="1" text="t"/>', '<cli protocol="x"/>', '<wor/>'])
      it(`ends with a clear word for what this server does not have: ${tag}`, async () => {
        expect((await bench.run(tag)).summary).to.match(/^this server (has|keeps) no/);
      });
  });
});
