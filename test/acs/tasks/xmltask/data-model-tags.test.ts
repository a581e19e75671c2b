import { expect } from 'chai';
import { CpeFault } from '../../../../acs/cwmp/cpe-fault.js';
import type { AcsRequest } from '../../../../acs/cwmp/messages.js';
import type { FakeCpe } from '../fake-cpe.js';
import { Bench } from './bench.js';

describe('The data model tags of workflows', () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open();
  });
  after(() => bench.close());

  beforeEach(() =>
    bench.newDevice((cpe) => {
      cpe.set('WiFi.Radio.1.Channel', '6', 'unsignedInt');
      cpe.set('WiFi.Radio.1.Enable', 'true', 'boolean');
      cpe.set('WiFi.Radio.2.Channel', '36', 'unsignedInt');
      cpe.set('WiFi.Radio.2.Enable', 'false', 'boolean');
      cpe.set('WiFi.AccessPoint.1.Security.KeyPassphrase', 'old');
      cpe.table(
        'NAT.PortMapping.',
        { Enable: { value: 'false', type: 'boolean' }, ExternalPort: { value: '0', type: 'unsignedInt' } },
        [1],
      );
    }),
  );

  const last = <M extends AcsRequest['method']>(method: M): Extract<AcsRequest, { method: M }> => {
    const found = bench.cpe.asked.findLast((request) => request.method === method);
    if (!found) throw new Error(`${method} was not sent`);
    return found as Extract<AcsRequest, { method: M }>;
  };
  const refuse = (cpe: FakeCpe, method: string, fault: CpeFault): void => {
    cpe.script = (request) => (request.method === method ? fault : undefined);
  };

  describe('get', () => {
    it('reads a parameter into tmp, or the variable that output names', async () => {
      const ran = await bench.run(
        '<get key="WiFi.Radio.1.Channel"/><get key="Device.WiFi.Radio.2.Channel" output="c"/>',
      );
      expect(ran.variables).to.include({ tmp: '6', c: '36' });
      expect(ran.methods).to.deep.equal(['GetParameterValues', 'GetParameterValues']);
    });

    it('gives an object as JSON of relative path and value', async () => {
      const { variables } = await bench.run('<get key="Root.WiFi.Radio.1." output="radio"/>');
      expect(JSON.parse(variables.radio ?? '')).to.deep.equal({ Channel: '6', Enable: 'true' });
    });

    it('takes the last known value with fromCache, and asks where there is none', async () => {
      await bench.run('<get key="WiFi.Radio.1.Channel"/>');
      bench.cpe.set('WiFi.Radio.1.Channel', '11', 'unsignedInt');
      const ran = await bench.run(
        '<get key="WiFi.Radio.1.Channel" output="a" fromCache="true"/><get key="WiFi.Radio.2.Channel" output="b" fromCache="true"/>',
      );
      expect(ran.variables).to.include({ a: '6', b: '36' });
      expect(last('GetParameterValues').names).to.deep.equal(['Device.WiFi.Radio.2.Channel']);
      expect(ran.methods).to.have.length(1);
    });

    it('ends with the fault, tag and line of what the device refuses', async () => {
      const ran = await bench.run('<get key="No.Such"/>\n<log message="never"/>');
      expect(ran.status).to.equal('ERROR');
      expect(ran.summary).to.match(/^fault 9005 Invalid Parameter Name: <get> in line 2$/);
      expect(ran.report.fault).to.include({ code: 9005, method: 'GetParameterValues' });
      expect(ran.lines.join()).not.to.contain('never');
    });

    it('goes on after an ignored fault: the variable is null and lastFault says what it was', async () => {
      const ran = await bench.run(
        '<store target="x" value="before"/><get key="No.Such" output="x" ignoreFaults="true"/><store target="y" value="${#x ? \'none\'} ${#lastFault}"/>',
      );
      expect(ran.status).to.equal('SUCCESS');
      expect(ran.variables.y).to.equal('none 9005 Invalid Parameter Name');
      expect(ran.lines.some((line) => line.startsWith('WARN fault 9005'))).to.equal(true);
    });

    it('does not ignore that the connection is lost', async () => {
      const ran = await bench.run('<get key="WiFi.Radio.1.Channel" ignoreFaults="true"/>', {
        cut: { at: 1, when: 'after', how: 'disconnected' },
      });
      expect(ran.status).to.equal('ERROR');
      expect(ran.summary).to.contain('connection lost');
    });

    it('masks what it reads of secret parameters wherever people see it', async () => {
      bench.cpe.script = (request) =>
        request.method === 'GetParameterValues'
          ? {
              kind: 'response',
              response: {
                method: 'GetParameterValues',
                parameters: [{ name: request.names[0] ?? '', value: 'hunter22', type: 'string' }],
              },
            }
          : undefined;
      const ran = await bench.run(
        '<get key="WiFi.AccessPoint.1.Security.KeyPassphrase" output="k"/><store target="copy" value="=${#k}="/><log message="it is ${#copy}"/><finish message="key ${#k}"/>',
      );
      expect(JSON.stringify([ran.variables, ran.lines, ran.summary])).not.to.contain('hunter22');
      expect(ran.variables.k).to.equal('••••••');
    });
  });

  describe('set', () => {
    it('writes with the type as known, or as given', async () => {
      await bench.run(
        '<set key="WiFi.Radio.1.Channel" value="11"/><set key="WiFi.Radio.1.Enable" value="0" type="boolean"/>',
      );
      expect(bench.cpe.value('WiFi.Radio.1.Channel')).to.equal('11');
      expect(bench.cpe.value('WiFi.Radio.1.Enable')).to.equal('false');
    });

    it('sends neighbours with flush="false" in one request', async () => {
      const ran = await bench.run(
        '<set key="WiFi.Radio.1.Channel" value="1" type="unsignedInt" flush="false"/><set key="WiFi.Radio.2.Channel" value="40" type="unsignedInt"/>',
      );
      expect(ran.methods).to.deep.equal(['SetParameterValues']);
      expect(last('SetParameterValues').parameters).to.have.length(2);
    });

    it('keeps the order of kinds in the queue, and sends it before the end', async () => {
      const ran = await bench.run(
        '<defaults set.flush="false" set.type="unsignedInt" get.flush="false"><set key="WiFi.Radio.1.Channel" value="1"/><get key="WiFi.Radio.1.Channel" output="a"/><get key="WiFi.Radio.2.Channel" output="b"/><set key="WiFi.Radio.2.Channel" value="44"/></defaults>',
      );
      expect(ran.methods).to.deep.equal(['SetParameterValues', 'GetParameterValues', 'SetParameterValues']);
      expect(ran.variables).to.include({ a: '1', b: '36' });
    });

    it('ignores the fault of a merged request only if all of its members do', async () => {
      const one = (ignore: boolean): string =>
        `<set key="No.Such" value="1" type="int" flush="false" ignoreFaults="true"/><set key="WiFi.Radio.1.Channel" value="1" type="unsignedInt" ignoreFaults="${ignore}"/>`;
      expect((await bench.run(one(false))).summary).to.match(/^fault 9003 .*: <set> in line 2$/);
      const both = await bench.run(one(true));
      expect(both.status).to.equal('SUCCESS');
      expect(bench.cpe.value('WiFi.Radio.1.Channel'), 'all or none').to.equal('6');
    });

    it('refuses a value that is none of the type before anything is sent', async () => {
      const ran = await bench.run('<set key="WiFi.Radio.1.Channel" value="many" type="unsignedInt"/>');
      expect(ran.summary).to.match(/is no unsignedInt: <set> in line 2$/);
      expect(ran.methods).to.deep.equal([]);
    });
  });

  it('getParameters reads names into the stored data model', async () => {
    const ran = await bench.run('<getParameters key="WiFi.Radio."/>');
    expect(ran.methods).to.deep.equal(['GetParameterNames']);
    const again = await bench.run(
      '<foreach list="${dm.WiFi.Radio.any.keys.map(k => k.toString)}"><log message="${#i}"/></foreach>',
    );
    expect(again.lines.join()).to.contain('Radio.2');
  });

  describe('add', () => {
    it('makes an instance, writes its first values and is the prefix of what stands inside', async () => {
      const ran = await bench.run(
        '<add parentKey="NAT.PortMapping" output="n"><get key="ExternalPort" output="port"/><with key="ExternalPort" value="8080" type="unsignedInt"/><set key="Enable" value="true"/></add>',
      );
      expect(ran.status).to.equal('SUCCESS');
      expect(ran.variables).to.include({ n: '2', port: '8080' });
      expect(bench.cpe.value('NAT.PortMapping.2.Enable')).to.equal('true');
    });

    it('sends what waits first, and reads nothing of the instance where that is not wanted', async () => {
      const ran = await bench.run(
        '<set key="WiFi.Radio.1.Channel" value="1" type="unsignedInt" flush="false"/><add parentKey="NAT.PortMapping." getChildren="false"/>',
      );
      expect(ran.methods).to.deep.equal(['SetParameterValues', 'GetParameterNames', 'AddObject']);
    });

    it('ends with the fault', async () => {
      const ran = await bench.run('<add parentKey="No.Table."/>');
      expect(ran.status).to.equal('ERROR');
      expect(ran.summary).to.match(/^fault 9005/);
    });

    it('makes one instance although the server is lost before the answer comes', async () => {
      const task = await bench.add(
        '<add parentKey="NAT.PortMapping." output="n"/><log message="made ${#n}"/>',
      );
      await bench.harness.run(bench.cpe, { cut: { at: 2, when: 'after', how: 'crash' } });
      await bench.harness.run(bench.cpe);
      expect((await bench.look(task)).variables.n).to.equal('2');
      expect(bench.cpe.count('AddObject')).to.equal(1);
    });
  });

  it('delete removes an instance, and takes it as done when a crash hid the answer', async () => {
    const task = await bench.add('<delete key="NAT.PortMapping.1"/>');
    await bench.harness.run(bench.cpe, { cut: { at: 1, when: 'after', how: 'crash' } });
    expect(bench.cpe.value('NAT.PortMapping.1.Enable')).to.equal(undefined);
    await bench.harness.run(bench.cpe);
    expect((await bench.look(task)).status).to.equal('SUCCESS');
  });

  it('in is the prefix of what stands inside; nested ones append, full keys stay', async () => {
    const ran = await bench.run(
      '<in key="WiFi."><in key="Radio.1"><get key="Channel" output="a"/><get key="Root.WiFi.Radio.2.Channel" output="b"/></in></in>',
    );
    expect(ran.variables).to.include({ a: '6', b: '36' });
  });

  describe('find', () => {
    it('stores the results, joined, and runs what stands inside once', async () => {
      const ran = await bench.run(
        '<find query="${root.WiFi.Radio.any}" output="r"><log message="once"/></find>',
      );
      expect(ran.variables.r).to.equal('Device.WiFi.Radio.1.,Device.WiFi.Radio.2.');
      expect(ran.lines.filter((line) => line.includes('once'))).to.have.length(1);
    });

    it('with in takes the first result as prefix, and skips what stands inside without any', async () => {
      const ran = await bench.run(
        `<find query="\${root.WiFi.Radio.any.valueOf('Enable').is('false')}" in="true"><get key="Channel" output="c"/></find><find query="\${root.WiFi.Nothing.any}" in="true"><get key="Channel" output="d"/></find>`,
      );
      expect(ran.status).to.equal('SUCCESS');
      expect(ran.variables.c).to.equal('36');
      expect(ran.variables).not.to.have.property('d');
    });
  });

  describe('foreach', () => {
    it('visits the results of a query that were there at its entry', async () => {
      const ran = await bench.run(
        '<foreach query="${root.NAT.PortMapping.any}" in="true"><add parentKey="Root.NAT.PortMapping." getChildren="false"/><set key="Enable" value="true"/></foreach>',
      );
      expect(ran.status).to.equal('SUCCESS');
      expect(bench.cpe.count('AddObject')).to.equal(1);
    });

    it('visits the texts of a list; the iterator keeps its last value', async () => {
      const ran = await bench.run(
        '<store target="all" value=""/><foreach list="a,b,c" iterator="x"><store target="all" value="${#all}${#x}"/></foreach>',
      );
      expect(ran.variables).to.include({ all: 'abc', x: 'c' });
    });

    it('does nothing for an empty list', async () => {
      const ran = await bench.run(
        '<foreach list="${\'\'.split(\',\').filter(s => s.nonEmpty)}"><log message="never"/></foreach>',
      );
      expect(ran.status).to.equal('SUCCESS');
      expect(ran.lines.join()).not.to.contain('never');
    });
  });

  it('setParameterAttributes sends what is to be changed', async () => {
    await bench.run(
      '<setParameterAttributes parameterName="WiFi.Radio.1.Channel" notificationChange="true" notification="2" accessListChange="true" accessList="Subscriber, X_ACME_Owner"/>',
    );
    expect(last('SetParameterAttributes').parameters).to.deep.equal([
      { name: 'Device.WiFi.Radio.1.Channel', notification: 2, accessList: ['Subscriber', 'X_ACME_Owner'] },
    ]);
  });

  it('setParameterAttributes leaves alone what is not to be changed, and may ignore faults', async () => {
    refuse(bench.cpe, 'SetParameterAttributes', new CpeFault(9009, 'Notification request rejected'));
    const ran = await bench.run(
      '<setParameterAttributes parameterName="WiFi." notificationChange="true" ignoreFaults="true"/>',
    );
    expect(ran.status).to.equal('SUCCESS');
    expect(last('SetParameterAttributes').parameters).to.deep.equal([
      { name: 'Device.WiFi.', notification: 1, accessList: null },
    ]);
  });

  it('dataModelChanges edits what is stored and asks the device for nothing', async () => {
    await bench.run('<get key="WiFi.Radio.1."/><get key="WiFi.Radio.2."/>');
    const ran = await bench.run(
      `<dataModelChanges referencePoint="real">
         <object key="Device.WiFi.Radio.1." refreshed="true"><parameter key="Channel" value="13" type="xsd:unsignedInt"/></object>
         <object key="Device.WiFi.Radio.2." deleted="true"/>
         <parameter key="Device.X.Y" value="new"/>
       </dataModelChanges>
       <store target="a" value="\${dm.WiFi.Radio.get('1').get('Channel').value ? '-'} \${dm.WiFi.Radio.get('1').get('Enable').value ? '-'} \${dm.WiFi.Radio.get('2').get('Channel').value ? '-'} \${dm.X.Y.value ? '-'}"/>`,
    );
    expect(ran.summary).to.equal('');
    expect(ran.methods).to.deep.equal([]);
    expect(ran.variables.a).to.equal('13 - - new');
  });

  it('mapping copies the parameter to a property, at once and whenever another value is learnt', async () => {
    await bench.run('<get key="WiFi.Radio.1.Channel"/>');
    const { task } = await bench.run('<mapping key="WiFi.Radio.1.Channel" target="channel"/>');
    expect(await bench.properties()).to.include({ channel: '6' });
    bench.cpe.set('WiFi.Radio.1.Channel', '11', 'unsignedInt');
    await bench.run('<get key="WiFi.Radio.1.Channel"/>');
    expect(await bench.properties()).to.include({ channel: '11' });
    await bench.harness.service.remove(task._id, { actor: { user: 'operator' } });
    bench.cpe.set('WiFi.Radio.1.Channel', '1', 'unsignedInt');
    await bench.run('<get key="WiFi.Radio.1.Channel"/>');
    expect(await bench.properties(), 'as long as the task exists').to.include({ channel: '11' });
  });
});
