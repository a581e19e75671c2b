import { expect } from 'chai';
import { StoredLimiter } from '../../../../acs/tasks/stored-limiter.js';
import { event } from '../fake-cpe.js';
import { Bench } from './bench.js';

const MINUTE = 60_000;

describe('The flow tags of workflows', () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open();
  });
  after(() => bench.close());
  beforeEach(() => bench.newDevice());

  it('if runs its content or its else', async () => {
    const ran = await bench.run(
      `<if expr="\${1 &lt; 2}"><store target="a" value="yes"/><else><store target="a" value="no"/></else></if>
       <if expr="\${1 &gt; 2}"><store target="b" value="yes"/><else><store target="b" value="no"/></else></if>
       <if expr="false"><store target="c" value="yes"/></if>`,
    );
    expect(ran.variables).to.deep.equal({ a: 'yes', b: 'no' });
  });

  it('if ends the task where its expression fails or is null, with tag, attribute and line', async () => {
    const ran = await bench.run(
      '\n<if expr="${#nothing == \'1\' and #x.toInt == 1}"/><if expr="${#x.toInt == 1}"/>',
    );
    expect(ran.status).to.equal('ERROR');
    expect(ran.summary).to.match(/^expression: expr .*: <if> in line 3$/);
  });

  it('while runs until its expression is false', async () => {
    const ran = await bench.run(
      '<store target="n" value="0"/><while expr="${#n.toInt &lt; 5}"><store target="n" value="${#n.toInt + 1}"/></while>',
    );
    expect(ran.variables.n).to.equal('5');
  });

  describe('wait', () => {
    it('parks until the next session and goes on behind the tag, others meanwhile having their turn', async () => {
      const task = await bench.add(
        '<store target="a" value="1"/><wait inProgressMessage="so far"/><store target="b" value="2"/>',
      );
      const other = await bench.harness.add(bench.cpe, 'GetValues', {
        parameter: [{ name: 'Device.DeviceInfo.UpTime' }],
      });
      await bench.harness.run(bench.cpe);
      let ran = await bench.look(task);
      expect(ran.report).to.include({ status: 'IN_PROGRESS', summary: 'so far', blocking: false });
      expect(ran.variables).to.deep.equal({ a: '1' });
      expect((await bench.harness.report(other)).status).to.equal('SUCCESS');
      bench.harness.crash();
      await bench.harness.run(bench.cpe, { events: [event('4 VALUE CHANGE')] });
      ran = await bench.look(task);
      expect(ran.status).to.equal('SUCCESS');
      expect(ran.variables).to.deep.equal({ a: '1', b: '2' });
    });

    it('blocking ends the session and holds the list', async () => {
      const task = await bench.add('<wait blocking="true"/>');
      const other = await bench.harness.add(bench.cpe, 'GetValues', {
        parameter: [{ name: 'Device.DeviceInfo.UpTime' }],
      });
      expect(await bench.harness.run(bench.cpe)).to.deep.equal([]);
      expect((await bench.look(task)).report.blocking).to.equal(true);
      expect(await bench.harness.run(bench.cpe)).to.deep.equal(['GetParameterValues']);
      expect((await bench.look(task)).status).to.equal('SUCCESS');
      expect((await bench.harness.report(other)).status).to.equal('SUCCESS');
    });

    for (const inside of [false, true])
      it(`lets the other due tasks go first where it says so${inside ? ', in a child workflow too' : ''}`, async () => {
        const wait = '<wait executeOtherDuringCheck="true"/><get key="Device.DeviceInfo.HardwareVersion"/>';
        const { harness, cpe } = bench;
        const task = await bench.add(
          inside ? `<task class="XmlTask"><config>${wait}</config></task>` : wait,
          {
            priority: 1,
          },
        );
        await harness.run(cpe);
        const other = await harness.add(cpe, 'GetNames', {}, { priority: 50 });
        const { entries } = await harness.service.queue(bench.device);
        const [second, first] = entries.filter(({ position, due }) => position !== null && due).reverse();
        expect([first?.task._id, second?.task._id]).to.deep.equal([other._id, task._id]);
        expect([first?.yields, second?.yields]).to.deep.equal([false, true]);
        expect(await harness.run(cpe)).to.deep.equal(['GetParameterNames', 'GetParameterValues']);
        expect((await bench.look(task)).status).to.equal('SUCCESS');
      });

    it('ends with its message once the time is over, in a session or without one', async () => {
      for (const attributes of [
        'timeoutSeconds="600"',
        'deadline="${date.now.addMinutes(10)}" timeoutSeconds="9999"',
      ]) {
        const first = await bench.add(
          `<wait ${attributes} timeoutMessage="too late"/><log message="never"/>`,
        );
        await bench.harness.run(bench.cpe);
        bench.harness.clock.advance(11 * MINUTE);
        await bench.harness.run(bench.cpe);
        expect(await bench.look(first)).to.include({ status: 'ERROR', summary: 'too late' });
        const second = await bench.add(`<wait ${attributes} timeoutMessage="too late"/>`);
        await bench.harness.run(bench.cpe);
        bench.harness.clock.advance(11 * MINUTE);
        expect(await bench.harness.endOverdue()).to.be.at.least(1);
        expect(await bench.look(second)).to.include({ status: 'ERROR', summary: 'too late' });
      }
    });

    it('counts a relative timeout anew in each pass of a loop', async () => {
      const task = await bench.add('<while expr="true"><wait timeoutSeconds="600"/></while>');
      for (let pass = 0; pass < 4; pass += 1) {
        await bench.harness.run(bench.cpe);
        bench.harness.clock.advance(6 * MINUTE);
      }
      expect((await bench.look(task)).status).to.equal('IN_PROGRESS');
    });

    it('ends the run of a task without report, which begins from the top in the next session', async () => {
      await bench.add(
        '<get key="Device.DeviceInfo.UpTime"/><wait/><get key="Device.DeviceInfo.HardwareVersion"/>',
        {
          transientReport: true,
        },
      );
      expect(await bench.harness.run(bench.cpe)).to.deep.equal(['GetParameterValues']);
      expect(await bench.harness.run(bench.cpe)).to.deep.equal(['GetParameterValues']);
      expect(bench.cpe.asked.at(-1)).to.deep.include({ names: ['Device.DeviceInfo.UpTime'] });
    });
  });

  describe('finish', () => {
    it('ends at once, from inside loops too, with status and message', async () => {
      for (const status of ['SUCCESS', 'WARNING', 'ERROR']) {
        const ran = await bench.run(
          `<foreach list="a,b"><in key="X."><finish status="${status}" message="at \${#i}"/></in></foreach><log message="never"/>`,
        );
        expect(ran).to.include({ status, summary: 'at a' });
        expect(ran.lines.join()).not.to.contain('never');
      }
    });

    it('sends what waits first', async () => {
      const ran = await bench.run(
        '<set key="ManagementServer.PeriodicInformInterval" value="60" type="unsignedInt" flush="false"/><finish/>',
      );
      expect(ran.methods).to.deep.equal(['SetParameterValues']);
    });

    it('IN_PROGRESS and NOT_STARTED begin from the top in the next session with fresh variables', async () => {
      for (const status of ['IN_PROGRESS', 'NOT_STARTED']) {
        const task = await bench.add(
          `<log message="\${#seen ? 'fresh'}"/><store target="seen" value="1"/><if expr="\${device.hasProperty('go')}"><finish message="done"/></if><finish status="${status}" message="later"/>`,
        );
        await bench.harness.run(bench.cpe);
        expect(await bench.look(task)).to.include({ status, summary: 'later' });
        await bench.run('<store type="devProp" target="go" value="1"/>');
        await bench.harness.run(bench.cpe);
        const ran = await bench.look(task);
        expect(ran.summary).to.equal('done');
        expect(ran.lines.join()).not.to.match(/\[log\] 1/);
        await bench.run('<removeProperty target="go"/>');
      }
    });

    it('blocking lets no further task run in the session', async () => {
      await bench.add('<finish blocking="true"/>');
      const other = await bench.harness.add(bench.cpe, 'GetValues', {
        parameter: [{ name: 'Device.DeviceInfo.UpTime' }],
      });
      await bench.harness.run(bench.cpe);
      expect(await bench.harness.store.executions.countDocuments({ task: other._id })).to.equal(0);
    });
  });

  describe('limiter', () => {
    const limited = (name: string, inside: string, max = 1): string =>
      `<limiter name="${name}" maxConcurrentExecutions="${max}" executionExpirationTime="10min" acquired="got">${inside}</limiter>`;

    it('is skipped without failure or waiting where no place is free, and says so', async () => {
      const holder = await bench.add(limited('one', '<wait/>'));
      await bench.harness.run(bench.cpe);
      expect((await bench.look(holder)).status).to.equal('IN_PROGRESS');
      await bench.newDevice();
      const ran = await bench.run(`${limited('one', '<log message="inside"/>')}<log message="behind"/>`);
      expect(ran).to.include({ status: 'SUCCESS' });
      expect(ran.variables.got).to.equal('false');
      expect(ran.lines.join()).to.contain('behind').and.not.contain('inside');
    });

    it('gives its place back when its content ends, well or badly', async () => {
      for (const inside of ['<log message="x"/>', '<get key="No.Such"/>', '<finish/>']) {
        await bench.run(limited('back', inside));
        expect((await bench.run(limited('back', ''))).variables.got, inside).to.equal('true');
      }
    });

    it('gives the place to another when it has expired, without stopping the content', async () => {
      const first = await bench.add(limited('expiry', '<wait/><store target="after" value="1"/>'));
      await bench.harness.run(bench.cpe);
      bench.harness.clock.advance(11 * MINUTE);
      const cpe = bench.cpe;
      await bench.newDevice();
      expect((await bench.run(limited('expiry', ''))).variables.got).to.equal('true');
      bench.cpe = cpe;
      await bench.harness.run(cpe);
      expect((await bench.look(first)).variables.after).to.equal('1');
    });

    it('frees the places of runs that were deleted or restarted', async () => {
      const task = await bench.add(limited('deleted', '<wait/>'));
      await bench.harness.run(bench.cpe);
      await bench.harness.service.restart(task._id, { actor: { user: 'operator' } });
      await bench.newDevice();
      expect((await bench.run(limited('deleted', ''))).variables.got).to.equal('true');
    });

    it('lets each place check its own number against the common count', async () => {
      await bench.add(limited('numbers', '<wait/>', 5));
      await bench.harness.run(bench.cpe);
      await bench.newDevice();
      expect((await bench.run(limited('numbers', '', 1))).variables.got).to.equal('false');
      expect((await bench.run(limited('numbers', '', 2))).variables.got).to.equal('true');
    });

    it('never gives more places than there are, however many ask at once', async () => {
      const limiter = new StoredLimiter(bench.harness.store);
      const now = bench.harness.clock.now();
      const until = new Date(now.getTime() + MINUTE);
      const asked = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          limiter.take({ domain: '/', name: 'race', id: `r${index}`, holder: null, most: 7, until, now }),
        ),
      );
      expect(asked.filter(Boolean)).to.have.length(7);
    });
  });

  describe('task', () => {
    it('runs another type inside, with a summary in the report and the lines in the log', async () => {
      const ran = await bench.run(
        '<store target="p" value="Device.DeviceInfo.UpTime"/><task class="GetValuesTask"><config><parameter name="${#p}"/></config><output var="Device.DeviceInfo.UpTime" alias="up"/></task>',
      );
      expect(ran.status).to.equal('SUCCESS');
      expect(ran.variables).to.include({ up: '100', 'task 1 GetValues': 'SUCCESS' });
      const tasks = await bench.harness.store.tasks.countDocuments({ device: bench.device });
      expect(tasks, 'it is no task of its own').to.equal(1);
    });

    it('fails with the child unless that is ignored; then what the child left is there', async () => {
      const child = (ignore: boolean): string =>
        `<task class="XmlTask" ignoreError="${ignore}"><config><store target="x" value="set"/><finish status="ERROR" message="broken"/></config><output var="x"/></task>`;
      expect((await bench.run(child(false))).summary).to.equal('child XmlTask: broken: <task> in line 2');
      const ran = await bench.run(child(true));
      expect(ran).to.include({ status: 'SUCCESS' });
      expect(ran.variables.x).to.equal('set');
    });

    it('copies variables in and out and shares nothing else; defaults pass, prefixes do not', async () => {
      const ran = await bench.run(
        `<store target="a" value="1"/><store target="hidden" value="1"/>
         <defaults get.output="got"><in key="X.">
           <task class="XmlTask">
             <config><get key="DeviceInfo.UpTime"/><store target="r" value="\${#b} \${#hidden ? 'hidden'} \${#got}"/></config>
             <input var="a" alias="b"/><output var="r" alias="result"/>
           </task>
         </in></defaults>`,
        { settings: { properties: [{ name: 'hidden', value: 'from the task' }] } },
      );
      expect(ran.summary).to.equal('');
      expect(ran.variables.result).to.equal('1 hidden 100');
      expect(ran.variables).not.to.have.property('got');
    });

    it('waits with the child, in its stage, and goes on with it', async () => {
      const task = await bench.add(
        '<task class="XmlTask"><config><store target="x" value="1"/><wait blocking="true" inProgressMessage="child waits"/><store target="x" value="${#x}2"/></config><output var="x"/></task>',
      );
      await bench.harness.run(bench.cpe);
      expect((await bench.look(task)).report).to.include({ summary: 'child waits', blocking: true });
      bench.harness.crash();
      await bench.harness.run(bench.cpe);
      expect((await bench.look(task)).variables.x).to.equal('12');
    });

    it('lets a child that waits too long fail, with or without a session', async () => {
      const content =
        '<task class="XmlTask" ignoreError="true"><config><wait timeoutSeconds="60" timeoutMessage="late"/></config></task><finish message="went on"/>';
      const task = await bench.add(content);
      await bench.harness.run(bench.cpe);
      bench.harness.clock.advance(2 * MINUTE);
      expect(await bench.harness.endOverdue()).to.be.at.least(1);
      await bench.harness.run(bench.cpe);
      const ran = await bench.look(task);
      expect(ran.summary).to.equal('went on');
      expect(ran.variables['task 1 XmlTask']).to.equal('ERROR: late');
    });

    it('refuses what is nested too deep', async () => {
      let content = '<log message="deep"/>';
      for (let depth = 0; depth < 9; depth += 1)
        content = `<task class="XmlTask"><config>${content}</config></task>`;
      const ran = await bench.run(content);
      expect(ran.status).to.equal('ERROR');
      expect(ran.summary).to.contain('task timeout: tasks are nested over 8 deep');
    });

    it('reads the configuration of a template, whose attributes and children those of the tag replace', async () => {
      bench.harness.ports = {
        ...bench.ports.all,
        template: (name) =>
          Promise.resolve(
            name === 'read'
              ? {
                  type: 'GetValues',
                  config: { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] },
                  parameters: [],
                }
              : null,
          ),
      };
      bench.harness.crash();
      const ran = await bench.run(
        '<task template="read"/><task template="read"><config><parameter name="Device.DeviceInfo.HardwareVersion"/></config></task>',
      );
      expect(ran.status).to.equal('SUCCESS');
      expect(bench.cpe.asked.flatMap((request) => ('names' in request ? request.names : []))).to.deep.equal([
        'Device.DeviceInfo.UpTime',
        'Device.DeviceInfo.HardwareVersion',
      ]);
      expect((await bench.run('<task template="none"/>')).summary).to.match(
        /^not found: there is no template none/,
      );
    });
  });

  it('log writes lines of its level, message to the log of the server', async () => {
    const ran = await bench.run(
      '<log message="seen"/><log message="hidden" level="DEBUG"/><message message="hello" level="WARN"/>',
    );
    expect(ran.lines).to.include('INFO [log] seen');
    expect(ran.lines.join()).not.to.contain('hidden');
    expect(
      bench.harness.logged.some((line) => line.tag === 'USER_ACTIVITY' && line.msg === 'hello'),
    ).to.equal(true);
  });

  it('comment does nothing, whatever stands in it', async () => {
    const ran = await bench.run('<comment>some <bogus tag="1"/> text</comment><log message="on"/>');
    expect(ran.status).to.equal('SUCCESS');
  });

  it('flush sends what waits', async () => {
    const ran = await bench.run(
      '<get key="DeviceInfo.UpTime" output="a" flush="false"/><flush/><get key="DeviceInfo.HardwareVersion" output="b" flush="false"/>',
    );
    expect(ran.methods).to.deep.equal(['GetParameterValues', 'GetParameterValues']);
    expect(ran.variables).to.deep.equal({ a: '100', b: 'H1' });
  });

  it('a read of a variable sends the request that will set it', async () => {
    const ran = await bench.run(
      '<get key="DeviceInfo.UpTime" output="a" flush="false"/><get key="DeviceInfo.HardwareVersion" output="b" flush="false"/><if expr="${#b == \'H1\'}"><store target="c" value="ok"/></if>',
    );
    expect(ran.methods).to.deep.equal(['GetParameterValues']);
    expect(ran.variables.c).to.equal('ok');
  });

  it('defaults change what is left out; inner ones win over outer ones, explicit ones over both', async () => {
    const ran = await bench.run(
      `<defaults store.target="outer" log.level="DEBUG">
         <store value="1"/>
         <defaults store.target="inner"><store value="2"/><store target="own" value="3"/></defaults>
         <log message="hidden"/><log message="shown" level="INFO"/>
       </defaults>`,
    );
    expect(ran.variables).to.deep.equal({ outer: '1', inner: '2', own: '3' });
    expect(ran.lines.join()).to.contain('shown').and.not.contain('hidden');
  });
});
