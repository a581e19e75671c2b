import { expect } from 'chai';
import { newExecution } from '../../acs/tasks/execution-record.js';
import { fromStoredTask, type TaskRecord } from '../../store/models/task.js';
import type { ExecutionStatus } from '../../store/models/execution.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface Problem extends Json {
  code: string;
  detail: string;
  errors: { pointer: string; code: string; message: string }[];
}
interface Rollout extends Json {
  phase: string;
  figures: (Json & { devices: number | null })[];
  next: (Json & { awaits: string; text: string }) | null;
  pause: (Json & { text: string; broken: Json | null }) | null;
  steps: (Json & { what: string; note: string })[];
}

const GROUP = 'root.waves';
const read = { type: 'GetValues', config: { parameter: [{ name: 'Device.' }] } };
const waves = [{ kind: 'count', devices: 2 }, { kind: 'percent', percent: 50 }, { kind: 'rest' }];
const stopRules = [{ on: 'errors', percent: 20, last: 20, minimum: 2 }];

describe('NBI: rollouts', () => {
  let nbi: Nbi;
  let devices: string[];
  before(async () => {
    nbi = await startNbi();
    devices = [];
    for (let number = 1; number <= 10; number += 1) devices.push(await seedDevice(nbi, `W${number}`));
    await nbi.store.devices.updateMany({ _id: { $in: devices } }, { $set: { groups: [GROUP] } });
  });
  after(() => nbi.close());

  const at = (task: Json, path = ''): string => `/tasks/${encodeURIComponent(String(task.id))}${path}`;
  const create = async (rollout: Json, more: Json = {}): Promise<Json> => {
    const answer = await nbi.call('/tasks', { body: { ...read, group: GROUP, rollout, ...more } });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body;
  };
  const rolloutOf = async (task: Json): Promise<Rollout> =>
    (await nbi.call<Rollout>(at(task, '/rollout'))).body;
  const act = (task: Json, what: string, body: Json = {}, token?: string) =>
    nbi.call<Rollout & Problem>(at(task, `/rollout/${what}`), {
      body,
      ...(token !== undefined && { token }),
    });
  /** A run as a session leaves it. */
  const end = async (task: Json, device: string, status: ExecutionStatus): Promise<void> => {
    const stored = fromStoredTask((await nbi.store.tasks.findById(task.id).lean<TaskRecord>())!);
    const now = new Date();
    const execution = {
      ...newExecution(stored, device, now),
      ...{ status, run: 1, startTime: now, finishTime: now },
    };
    await nbi.store.executions.create(execution);
    await nbi.tasks.rollouts.ended(stored, { execution, status });
  };

  it('are a setting of a group task, read back with their defaults, lengths as ISO 8601', async () => {
    const task = await create({ waves, soak: 'PT90M' });
    expect(task.rollout).to.deep.equal({
      ...{ waves, soak: 'PT1H30M', advance: 'automatic', minEnded: 50, minSuccess: 90 },
      ...{ noAnswerAfter: 'PT1H', stopRules: [] },
    });
    const put = await nbi.call<Json>(at(task), { method: 'PUT', body: task });
    expect(put.status, JSON.stringify(put.body)).to.equal(200);
    expect(put.body.rollout).to.deep.equal(task.rollout);
    const edited = await nbi.call<Json>(at(task), { method: 'PATCH', body: { rollout: null } });
    expect(edited.body.rollout).to.equal(null);
    const gone = await nbi.call<Problem>(at(task, '/rollout'));
    expect([gone.status, gone.body.code]).to.deep.equal([409, 'conflict']);
  });

  for (const [what, more, pointer] of [
    ['of a device', { group: undefined, device: 'first', rollout: { waves } }, '/rollout'],
    ['that repeats', { automaticRestart: true, rollout: { waves } }, '/rollout'],
    ['without details', { transientReport: true, rollout: { waves } }, '/rollout'],
    ['without a wave', { rollout: { waves: [] } }, '/rollout/waves'],
    [
      'with more than all',
      { rollout: { waves: [{ kind: 'percent', percent: 101 }] } },
      '/rollout/waves/0/percent',
    ],
    ['with a soak time that is none', { rollout: { waves, soak: 'soon' } }, '/rollout/soak'],
    [
      'with a rule that can never speak',
      { rollout: { waves, stopRules: [{ ...stopRules[0], minimum: 21 }] } },
      '/rollout/stopRules/0/minimum',
    ],
    [
      'with waves behind all others',
      { rollout: { waves: [{ kind: 'rest' }, ...waves] } },
      '/rollout/waves/0',
    ],
    [
      'over a group elsewhere',
      { rollout: { waves: [{ kind: 'group', group: 'root.other' }] } },
      '/rollout/waves/0/group',
    ],
    ['with a field nobody knows', { rollout: { waves, speed: 3 } }, '/rollout/speed'],
  ] as const) {
    it(`are refused for a task ${what}`, async () => {
      const device = 'device' in more ? { device: devices[0] } : {};
      const answer = await nbi.call<Problem>('/tasks', {
        body: { ...read, group: GROUP, ...more, ...device },
      });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors[0]?.pointer).to.equal(pointer);
    });
  }

  it('open their first wave at once; devices beyond it are told why they wait', async () => {
    const task = await create({ waves, soak: 'PT1H', stopRules });
    const rollout = await rolloutOf(task);
    expect(rollout).to.include({ phase: 'running', waves: 3, opened: 1, running: 0 });
    expect(rollout.figures.map(({ devices: count }) => count)).to.deep.equal([2, null, null]);
    expect(rollout.next).to.include({ wave: 2, awaits: 'soak' });
    const reasons = new Map<string, number>();
    for (const device of devices) {
      const { body } = await nbi.call<{ entries: { task: Json; reason: { code: string } | null }[] }>(
        `/devices/${encodeURIComponent(device)}/queue`,
      );
      const code = body.entries.find((one) => one.task.id === task.id)?.reason?.code ?? 'due';
      reasons.set(code, (reasons.get(code) ?? 0) + 1);
    }
    expect(Object.fromEntries(reasons)).to.deep.equal({ due: 2, 'wave-not-open': 8 });
  });

  it('stop by a rule with its figures, and go on with a reason only', async () => {
    const task = await create({ waves: [{ kind: 'rest' }], stopRules });
    await end(task, devices[0]!, 'SUCCESS');
    await end(task, devices[1]!, 'ERROR');
    const stopped = await rolloutOf(task);
    expect(stopped.phase).to.equal('paused');
    expect(stopped.pause).to.deep.include({
      by: 'system',
      broken: { rule: stopRules[0], hits: 1, sample: 2 },
      text:
        'Stopped by a rule: 1 of the last 2 results (50 %) ended with ERROR; ' +
        'the limit is 20 % of the last 20, from 2 results on',
    });
    expect(stopped.figures[0]).to.include({ SUCCESS: 1, ERROR: 1 });
    const silent = await act(task, 'continue');
    expect([silent.status, silent.body.code]).to.deep.equal([409, 'conflict']);
    const on = await act(task, 'continue', { note: 'one bad cable' });
    expect(on.body).to.include({ phase: 'complete', pause: null });
    expect(on.body.steps[0]).to.include({ what: 'continued', note: 'one bad cable' });
    expect(on.headers.etag).to.match(/^"/);
  });

  it('do what operators say: pause, open the next wave, open all', async () => {
    const task = await create({ waves, soak: 'PT1H' });
    const paused = await act(task, 'pause', { note: 'the call centre is closed' });
    expect(paused.body.pause?.text).to.equal('Paused by admin: the call centre is closed');
    expect((await act(task, 'open-next')).body.code).to.equal('conflict');
    expect((await act(task, 'pause')).body.detail).to.match(/paused already/);
    await act(task, 'continue');
    expect((await act(task, 'open-next')).body).to.include({ opened: 2, phase: 'running' });
    const all = await act(task, 'open-all');
    expect(all.body).to.include({ opened: 3, waves: 3, phase: 'complete', next: null });
    expect((await act(task, 'open-next')).status).to.equal(409);
  });

  it('do not let open waves be changed', async () => {
    const task = await create({ waves, soak: 'PT1H' });
    const changed = [{ kind: 'count', devices: 3 }, ...waves.slice(1)];
    const answer = await nbi.call<Problem>(at(task), {
      method: 'PATCH',
      body: { rollout: { waves: changed } },
    });
    expect([answer.status, answer.body.errors[0]?.code]).to.deep.equal([422, 'wave-open']);
    const later = [waves[0], { kind: 'rest' }];
    const good = await nbi.call<Json>(at(task), { method: 'PATCH', body: { rollout: { waves: later } } });
    expect(good.status, JSON.stringify(good.body)).to.equal(200);
  });

  it('are listed with their state, those that are paused alone, and page by page', async () => {
    const names = ['one', 'two', 'three'];
    for (const name of names) await create({ waves }, { name });
    const listed = async (query: string) =>
      (await nbi.call<{ items: Json[]; next: string | null }>(`/rollouts${query}`)).body;
    const first = await listed('?limit=2');
    expect(first.items.map(({ name }) => name)).to.deep.equal(['three', 'two']);
    const second = await listed(`?limit=2&cursor=${first.next!}`);
    expect(second.items[0]).to.include({ name: 'one', phase: 'running', waves: 3, opened: 1 });
    const stopped = await create({ waves }, { name: 'stopped' });
    await act(stopped, 'pause');
    const paused = await listed('?phase=paused');
    expect(paused.items.map(({ name }) => name)).to.deep.equal(['stopped']);
  });

  it('are changed with their permission only, and seen in their domain only', async () => {
    const task = await create({ waves }, { domain: '/' });
    const viewer = await nbi.userWith(['tasks.view', 'tasks.edit', 'api']);
    const refused = await act(task, 'pause', {}, viewer);
    expect([refused.status, refused.body.requiredPermission]).to.deep.equal([403, 'tasks.rollout']);
    expect((await nbi.call(at(task, '/rollout'), { token: viewer })).status).to.equal(200);
    const stranger = await nbi.userWith(['tasks', 'api'], { domain: '/other/' });
    expect((await act(task, 'pause', {}, stranger)).status).to.equal(404);
    expect((await nbi.call(at(task, '/rollout'), { token: stranger })).status).to.equal(404);
    const list = await nbi.call<{ items: Json[] }>('/rollouts', { token: stranger });
    expect(list.body.items).to.deep.equal([]);
  });

  it('have no place at a task that is not there, nor at one without waves', async () => {
    expect((await act({ id: 'g:root:nothing' }, 'pause')).status).to.equal(404);
    const task = await nbi.call<Json>('/tasks', { body: { ...read, group: GROUP } });
    expect((await act(task.body, 'pause')).body.code).to.equal('conflict');
    const named = await act(task.body, 'pause', { note: 1 });
    expect([named.status, named.body.errors[0]?.pointer]).to.deep.equal([422, '/note']);
  });
});
