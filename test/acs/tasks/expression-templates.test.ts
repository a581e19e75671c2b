import { expect } from 'chai';
import { ParameterTree } from '../../../acs/devices/parameter-tree.js';
import { expressionTemplates } from '../../../acs/tasks/expression-templates.js';
import type { ExpressionViews } from '../../../acs/tasks/expression-conditions.js';
import type { DeviceRecord } from '../../../store/models/device.js';

describe('configuration templates with expressions', () => {
  const asked: string[] = [];
  const views = {
    device: (device: DeviceRecord) => {
      asked.push('device');
      return Promise.resolve({ serialNumber: device.serialNumber });
    },
    sv: () => Promise.resolve((name: string) => (name === 'ssid' ? 'Home' : null)),
    dataModel: () => {
      throw new Error('nothing asks for the data model');
    },
    zone: 'UTC',
  } as unknown as ExpressionViews;
  const evaluate = (text: string): Promise<unknown> =>
    expressionTemplates(views)
      .evaluate(text, {
        device: { _id: 'd', serialNumber: 'S1', root: 'Device', domain: '/' } as DeviceRecord,
        tree: new ParameterTree(),
        task: { id: 't', name: '', domain: '/' },
        now: new Date('2026-01-01T00:00:00Z'),
      })
      .catch((error: unknown) => error);

  it('are filled in from the device and its setting values, the rest stays as it is', async () => {
    expect(await evaluate('a=$1\nserial=${device.serialNumber}\nssid=${sv.ssid}\n')).to.equal(
      'a=$1\nserial=S1\nssid=Home\n',
    );
  });

  it('look at nothing that they do not name', async () => {
    asked.length = 0;
    await evaluate('ssid=${sv.ssid}');
    expect(asked).to.deep.equal([]);
  });

  it('name the line of what is wrong in them', async () => {
    const error = await evaluate('one\ntwo ${nothing.here}');
    expect(error).to.have.property('code', 'task-failed');
    expect((error as Error).message).to.match(/^Line 2 of the template: /);
  });
});
