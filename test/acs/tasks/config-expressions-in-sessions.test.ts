import { expect } from 'chai';
import { FakeCpe } from './fake-cpe.js';
import { Harness } from './harness.js';

describe('Expressions in the configuration of a task that runs', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    h.environment = null;
    cpe = new FakeCpe('Device', `expression-${(count += 1)}`);
    cpe.set('A.One', '1', 'string');
    await h.meet(cpe);
  });

  it('give the values that are sent, from what the session knows then', async () => {
    h.environment = (uses, { device, session, tree }) => {
      expect([...uses.contexts].sort()).to.deep.equal(['cwmp', 'dm']);
      return tree().then(() => (now) => ({
        now,
        zone: 'UTC',
        dm: { root: 'Device.', children: () => ['Device.Name'], value: () => device._id },
        cwmp: {
          events: session?.events.map(({ code }) => code) ?? [],
          sessionStart: session?.startedAt ?? now,
          informValue: () => null,
        },
      }));
    };
    const value = '${dm.Name.value}/${cwmp.sessionStart.format}/${1 + 1}';
    const task = await h.add(cpe, 'SetValues', { param: [{ name: 'Device.A.One', value, type: 'string' }] });
    expect(task.config).to.deep.equal({ param: [{ name: 'Device.A.One', value, type: 'string' }] });
    await h.run(cpe);
    expect((await h.report(task)).status).to.equal('SUCCESS');
    const [set] = cpe.asked.filter((request) => request.method === 'SetParameterValues');
    const sent = set?.method === 'SetParameterValues' ? set.parameters[0]?.value : undefined;
    expect(sent).to.match(/^.*expression.+\d\/2026\.\d\d\.\d\d \d\d:\d\d:\d\d\/2$/);
  });

  it('that fail end it with ERROR, attribute and expression, and send nothing', async () => {
    const task = await h.add(cpe, 'SetValues', {
      param: [{ name: 'Device.A.One', value: '${device.id}', type: 'string' }],
    });
    await h.run(cpe);
    const report = await h.report(task);
    expect(report.status).to.equal('ERROR');
    expect(report.summary).to.equal(
      'expression param[0].value failed: device is not known here: ${device.id}',
    );
    expect(cpe.methods()).to.not.include('SetParameterValues');
  });

  it('that are of the wrong type are refused when the task is made', async () => {
    const failure = await h.add(cpe, 'Reboot', { timeLimit: "${'5'}" }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(String(failure)).to.match(/timeLimit|not valid/);
  });
});
