import fc from 'fast-check';
import { startNbi, type Nbi } from '../../../nbi/harness.js';
import { FakeCpe } from '../fake-cpe.js';
import { Harness } from '../harness.js';
import { anyCommands, firstTasks, SUBGROUPS, type Real } from './commands.js';
import { Reference } from './reference.js';

/** Another number of worlds, or one that failed: `MODEL_RUNS=500`, `MODEL_SEED=…`. */
const RUNS = Number(process.env.MODEL_RUNS ?? 40);
const STEPS = { maxCommands: 30, size: 'max' } as const;
const SEED = process.env.MODEL_SEED;

describe('the task engine, whatever happens', function () {
  this.timeout(600_000);
  let h: Harness;
  let nbi: Nbi;
  let worlds = 0;
  before(async () => {
    h = await Harness.open();
    nbi = await startNbi({ on: { store: h.store, tasks: h.service } });
    h.condition = (text, { session }) =>
      text === '${yes}' || (text === '${boot}' && !!session?.events.some(({ code }) => code === '1 BOOT'));
  });
  after(async () => {
    await nbi.close();
    await h.close();
  });

  async function world(): Promise<{ model: Reference; real: Real }> {
    worlds += 1;
    const top = `root.w${worlds}`;
    const cpe = new FakeCpe('Device', `model-${worlds}`);
    await h.meet(cpe);
    const model = new Reference();
    model.groups = [`${top}.a`];
    await h.join(cpe, ...model.groups);
    SUBGROUPS.forEach((one, index) => {
      h.priorities.set(top + one, index % 3);
      model.groupPriority.set(top + one, index % 3);
    });
    return { model, real: { h, nbi, cpe, top } };
  }

  it('does what a plain reading of tasks.md §2–§6 says, session for session', async () => {
    await fc.assert(
      fc.asyncProperty(firstTasks, fc.commands(anyCommands(), STEPS), async (first, commands) => {
        const { model, real } = await world();
        for (const add of first) await add.run(model, real);
        await fc.asyncModelRun(() => ({ model, real }), commands);
      }),
      { numRuns: RUNS, endOnFailure: false, ...(SEED !== undefined && { seed: Number(SEED) }) },
    );
  });
});
