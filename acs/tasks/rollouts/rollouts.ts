import { ConflictError, NotFoundError } from '../../../common/errors.js';
import type { Log } from '../../../common/log.js';
import type { BrokenRule, RolloutRecord, RolloutState, WaveFigures } from '../../../store/models/rollout.js';
import { fromStoredTask, type TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import type { RunEnd, RunEnds } from '../ports/run-ends.js';
import type { Actor, TaskChanges } from '../task-changes.js';
import { membersOf } from './group-members.js';
import { limitOf } from './limits-of-waves.js';
import { nextWave, type NextWave } from './next-wave.js';
import { figuresOf, isStaged, outcomeOf, RolloutResults, type StagedTask } from './rollout-results.js';
import { BY_RULES, continued, paused, withAllOpened, withOpened, type RolloutAct } from './rollout-state.js';
import { brokenRule, standings, type RuleStanding } from './stop-rules.js';

/** A rollout as it stands. */
export interface RolloutView {
  task: StagedTask;
  /** By wave, those that are not open yet too; one more than were defined where all others were let in at once. */
  figures: WaveFigures[];
  /** Runs that have begun and not ended. */
  running: number;
  next: NextWave | null;
  rules: RuleStanding[];
  /** The newest results, newest first. */
  results: RolloutRecord['results'];
}

/** Runs without an answer that one look at a rollout counts. */
const SILENT = 1_000;
/** Results that are shown. */
const SHOWN = 20;
/** Tries to make a change before another's. */
const TRIES = 5;

/**
 * Rollouts of group tasks: opens wave after wave, counts results, stops by its rules, and does what operators say
 * (docs/rollouts.md). Every change is made by one server alone, whichever is first, and is a line in the edition log.
 */
export class Rollouts implements RunEnds {
  readonly #store: Store;
  readonly #changes: TaskChanges;
  readonly #log: Log;
  readonly #results: RolloutResults;

  constructor(store: Store, changes: TaskChanges, log: Log) {
    this.#store = store;
    this.#changes = changes;
    this.#log = log;
    this.#results = new RolloutResults(store);
  }

  async view(task: TaskRecord): Promise<RolloutView> {
    const staged = mustBeStaged(task);
    const { rollout, rolloutState: state } = staged;
    const [record, running] = await Promise.all([this.#results.read(staged), this.#results.running(staged)]);
    const waves = state.all ? state.opened.length : rollout.waves.length;
    return {
      task: staged,
      figures: Array.from({ length: waves }, (_, wave) => figuresOf(record, wave)),
      running,
      next: nextWave(rollout, state, newestOf(state, record), this.#changes.now()),
      rules: standings(rollout.stopRules, state, record.results),
      results: record.results.slice(-SHOWN).reverse(),
    };
  }

  /** No device begins from now on; runs that have begun end. Throws `ConflictError` when it is paused already. */
  async pause(task: TaskRecord, note: string, { user }: Actor): Promise<TaskRecord> {
    return this.#act(task, user, note, (state, act) => {
      if (state.phase === 'paused') throw new ConflictError('The rollout is paused already');
      return paused(state, act, null);
    });
  }

  /** Goes on after a pause; past a stop with a note that says why, and a new sample. Throws `ConflictError`. */
  async continue(task: TaskRecord, note: string, { user }: Actor): Promise<TaskRecord> {
    return this.#act(task, user, note, (state, act) => {
      if (state.phase !== 'paused') throw new ConflictError('The rollout is not paused');
      if (state.pause?.broken && act.note === '')
        throw new ConflictError('A rule has stopped the rollout: a note must say why it goes on');
      return continued(state, act);
    });
  }

  /** Opens the next wave now, whatever it waits for. Throws `ConflictError` when it is paused or no wave is left. */
  async openNext(task: TaskRecord, note: string, { user }: Actor): Promise<TaskRecord> {
    return this.#act(task, user, note, (state, act, staged) => {
      mustRun(state);
      return this.#withNext(staged, act);
    });
  }

  /** Lets all devices in that are left. Throws `ConflictError` when it is paused or they are in. */
  async openAll(task: TaskRecord, note: string, { user }: Actor): Promise<TaskRecord> {
    return this.#act(task, user, note, async (state, act, staged) => {
      mustRun(state);
      if (state.all || state.opened.at(-1)?.wave.kind === 'rest')
        throw new ConflictError('All devices are let in already');
      await this.#results.prepare(staged);
      const members = await membersOf(this.#store, staged, { kind: 'rest' });
      return withAllOpened(state, members.waiting.length, act);
    });
  }

  async ended(task: TaskRecord, { execution, status }: Pick<RunEnd, 'execution' | 'status'>): Promise<void> {
    const outcome = outcomeOf(status);
    if (!isStaged(task) || !outcome) return;
    if (!execution.startTime || execution.startTime < task.rolloutState.startedAt) return;
    try {
      const record = await this.#results.add(task, execution, outcome, this.#changes.now());
      if (record) await this.#heedRules(task, record);
    } catch (error) {
      const { _id, device } = execution;
      this.#log.warn(
        { err: error, task: task._id, execution: _id, device },
        'A result of a rollout was not counted',
      );
    }
  }

  /**
   * What the rules do without an operator: counts runs that gave no answer in time, stops, and opens the next wave. Safe on
   * several servers at once. Resolves to whether anything was changed.
   */
  async look({ _id }: Pick<TaskRecord, '_id'>, now: Date): Promise<boolean> {
    const task = await this.#fresh(_id);
    if (!task?.active) return false;
    const silent = await this.#countSilent(task, now);
    if (task.rolloutState.phase === 'paused') return silent;
    const record = await this.#results.read(task);
    if (await this.#heedRules(task, record)) return true;
    return (await this.#openIfReady(task, record, now)) || silent;
  }

  /** Looks at all rollouts; resolves to the number of those that it changed, and rejects after it where some could not be. */
  async lookAtAll(now: Date): Promise<number> {
    let changed = 0;
    const tasks = this.#store.tasks
      .find({ 'rolloutState.phase': { $in: ['running', 'paused'] }, active: true }, { _id: 1 })
      .lean<Pick<TaskRecord, '_id'>[]>();
    const failures: Error[] = [];
    for (const task of await tasks) {
      try {
        if (await this.look(task, now)) changed += 1;
      } catch (error) {
        // The others must not wait for it.
        failures.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
    if (failures[0]) throw failures[0];
    return changed;
  }

  /** Opens the first wave of a rollout that has just begun, as far as nothing hinders it; else the job does. */
  async begin(task: TaskRecord): Promise<TaskRecord> {
    if (!isStaged(task) || !task.active || task.rolloutState.opened.length > 0) return task;
    try {
      await this.look(task, this.#changes.now());
      return (await this.#fresh(task._id)) ?? task;
    } catch (error) {
      this.#log.warn({ err: error, task: task._id }, 'The first wave of a rollout waits for the job');
      return task;
    }
  }

  async remove(task: string): Promise<void> {
    await this.#results.remove(task);
  }

  async #countSilent(task: StagedTask, now: Date): Promise<boolean> {
    const since = new Date(now.getTime() - task.rollout.noAnswerAfter * 1_000);
    const runs = await this.#results.silent(task, since, SILENT);
    for (const run of runs) await this.#results.add(task, run, 'NO_ANSWER', now);
    if (runs.length > 0) this.#changes.publish('rollout.counted', task, { silent: runs.length });
    return runs.length > 0;
  }

  /** Whether a rule is met, and the rollout therefore paused. */
  async #heedRules(task: StagedTask, record: RolloutRecord): Promise<boolean> {
    if (!brokenRule(task.rollout.stopRules, task.rolloutState, record.results)) return false;
    // What a session knows of the task may be older than a pause, a continuation or an edit.
    const now = await this.#fresh(task._id);
    if (now?.rolloutState.id !== task.rolloutState.id || now.rolloutState.phase === 'paused') return false;
    const broken = brokenRule(now.rollout.stopRules, now.rolloutState, record.results);
    return broken !== null && (await this.#stop(now, broken));
  }

  async #stop(task: StagedTask, broken: BrokenRule): Promise<boolean> {
    const act = this.#byRules();
    const stopped = await this.#write(task, paused(task.rolloutState, act, broken), act);
    if (stopped) this.#log.warn({ task: task._id, ...broken }, 'A rule has stopped a rollout');
    return stopped !== null;
  }

  async #openIfReady(task: StagedTask, record: RolloutRecord, now: Date): Promise<boolean> {
    const newest = newestOf(task.rolloutState, record);
    const next = nextWave(task.rollout, task.rolloutState, newest, now);
    if (next?.awaits !== 'ready') return false;
    const act = this.#byRules();
    const opened = await this.#write(task, await this.#withNext(task, act), act);
    return opened !== null;
  }

  async #withNext(task: StagedTask, act: RolloutAct): Promise<RolloutState> {
    const { rollout, rolloutState: state } = task;
    const wave = state.all ? undefined : rollout.waves[state.opened.length];
    if (!wave) throw new ConflictError('All waves are open');
    await this.#results.prepare(task);
    const limit = limitOf(wave, state.opened, await membersOf(this.#store, task, wave));
    return withOpened(state, { wave, ...limit }, act);
  }

  /** An operator's change; tried again where the rules, or another, were a moment faster. */
  async #act(
    task: TaskRecord,
    by: string,
    note: string,
    change: (state: RolloutState, act: RolloutAct, task: StagedTask) => RolloutState | Promise<RolloutState>,
  ): Promise<TaskRecord> {
    let present = mustBeStaged(task);
    for (let tries = 1; ; tries += 1) {
      const act = { by, note: note.trim(), at: this.#changes.now() };
      const next = await change(present.rolloutState, act, present);
      const written = await this.#write(present, next, act);
      if (written) return written;
      const now = await this.#fresh(task._id);
      if (!now) throw new NotFoundError('rollout of the task', task._id);
      if (tries === TRIES) throw new ConflictError('The rollout is being changed by others; try again');
      present = now;
    }
  }

  /** Null = it was changed since it was read. */
  async #write(task: StagedTask, next: RolloutState, { by }: RolloutAct): Promise<TaskRecord | null> {
    const { id, revision } = task.rolloutState;
    const after = await this.#changes.make(task, async () => {
      const stored = await this.#store.tasks
        .findOneAndUpdate(
          { _id: task._id, 'rolloutState.id': id, 'rolloutState.revision': revision },
          { $set: { rolloutState: next }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean<TaskRecord>();
      if (!stored) return null;
      const changed = fromStoredTask(stored);
      await this.#changes.recordEdition('modified', { before: task, after: changed }, { user: by });
      return changed;
    });
    if (after) this.#tell(after, next);
    return after;
  }

  #tell(task: TaskRecord, { phase, opened, steps }: RolloutState): void {
    const last = steps.at(-1);
    const more = { phase, opened: opened.length, what: last?.what, by: last?.by };
    this.#changes.publish('rollout.changed', task, more);
  }

  #byRules(): RolloutAct {
    return { by: BY_RULES, at: this.#changes.now(), note: '' };
  }

  /** Null = the task, or its rollout, is gone. */
  async #fresh(id: string): Promise<StagedTask | null> {
    const found = await this.#store.tasks.findById(id).lean<TaskRecord>();
    const task = found && fromStoredTask(found);
    return task && isStaged(task) ? task : null;
  }
}

function newestOf({ opened }: RolloutState, record: RolloutRecord): WaveFigures {
  return figuresOf(record, opened.length - 1);
}

/** Throws `ConflictError`. */
function mustBeStaged(task: TaskRecord): StagedTask {
  if (!isStaged(task)) throw new ConflictError(`Task ${task._id} has no rollout`);
  return task;
}

function mustRun({ phase }: RolloutState): void {
  if (phase === 'paused') throw new ConflictError('The rollout is paused; continue it first');
}
