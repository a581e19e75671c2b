import { expect } from 'chai';
import fc from 'fast-check';
import { CpeFault } from '../../../../acs/cwmp/cpe-fault.js';
import { weekMapOf } from '../../../../acs/tasks/schedules/week-map.js';
import { event, type FakeCpe } from '../fake-cpe.js';
import type { Nbi } from '../../../nbi/harness.js';
import { OPERATOR, type Harness } from '../harness.js';
import type { Asked, Cut, Meanwhile, Reference, RefTask, SessionInput } from './reference.js';

export interface Real {
  h: Harness;
  /** On the same store and tasks, over HTTP. */
  nbi: Nbi;
  cpe: FakeCpe;
  /** Above all groups of this world. */
  top: string;
}
type Step = fc.AsyncCommand<Reference, Real>;

const SECOND = 1_000;
export const SUBGROUPS = ['', '.a', '.b', '.a.c'] as const;

/** A command that takes one of the tasks there are, whichever number was drawn. */
abstract class OnTask implements Step {
  constructor(readonly number: number) {}

  check(model: Readonly<Reference>): boolean {
    return this.fits(model.tasks).length > 0;
  }

  async run(model: Reference, real: Real): Promise<void> {
    real.h.clock.advance(SECOND);
    const tasks = this.fits(model.tasks);
    await this.act(tasks[this.number % tasks.length]!, model, real);
  }

  protected fits(tasks: readonly RefTask[]): RefTask[] {
    return [...tasks];
  }

  protected abstract act(task: RefTask, model: Reference, real: Real): Promise<void>;

  toString(): string {
    return `${this.constructor.name}(${this.number})`;
  }
}

abstract class OnGroupTask extends OnTask {
  protected override fits(tasks: readonly RefTask[]): RefTask[] {
    return tasks.filter(({ group }) => group !== null);
  }
}

const now = ({ h }: Real): number => h.clock.now().getTime();

export type NewTask = Pick<
  RefTask,
  | 'kind'
  | 'priority'
  | 'bloodline'
  | 'automaticRestart'
  | 'repeatOnBootstrap'
  | 'transient'
  | 'appliesToSubgroups'
  | 'minInterval'
  | 'hours'
  | 'condition'
  | 'resume'
> & { subgroup: (typeof SUBGROUPS)[number] | null };

class Add implements Step {
  constructor(readonly given: NewTask) {}

  check(model: Readonly<Reference>): boolean {
    return model.tasks.length < 8;
  }

  async run(model: Reference, { h, cpe, top }: Real): Promise<void> {
    const { kind, subgroup, hours, condition, minInterval, transient, resume, ...rest } = this.given;
    const transientReport = transient && kind === 'read';
    const group = subgroup === null ? null : top + subgroup;
    const number = model.tasks.length + Math.floor(h.clock.now().getTime() / SECOND);
    const settings = {
      ...rest,
      transientReport,
      resumeAfterDisconnect: resume,
      minInterval: minInterval / SECOND,
      executionCondition: condition === '' ? '' : `\${${condition}}`,
      schedule: hours && {
        zone: 'UTC',
        map: weekMapOf(() => [{ from: hours[0] * 4, to: hours[1] * 4 }]),
      },
    };
    const name = `Device.T${number}.1.`;
    const config = kind === 'read' ? { objectName: name } : { commandKey: `k${number}` };
    const type = kind === 'read' ? 'DeleteObject' : 'Reboot';
    const task =
      group === null
        ? await h.add(cpe, type, config, settings)
        : await h.addToGroup(group, type, config, settings);
    model.tasks.push({
      ...this.given,
      transient: transientReport,
      appliesToSubgroups: group !== null && rest.appliesToSubgroups,
      id: task._id,
      config: name,
      group,
      created: task.createdAt.getTime(),
      active: true,
      pausedOnDevice: false,
      pausedGroups: [],
      rerunAt: null,
      rerunFailedAt: null,
      report: null,
    });
  }

  toString(): string {
    return `Add(${JSON.stringify(this.given)})`;
  }
}

class Toggle extends OnTask {
  protected async act(task: RefTask, _model: Reference, { h }: Real): Promise<void> {
    task.active = !task.active;
    await h.service.edit(task.id, { active: task.active }, { actor: OPERATOR });
  }
}

class Reconfigure extends OnTask {
  protected override fits(tasks: readonly RefTask[]): RefTask[] {
    return tasks.filter(({ kind }) => kind === 'read');
  }

  protected async act(task: RefTask, _model: Reference, { h }: Real): Promise<void> {
    task.config = `Device.T${Math.floor(h.clock.now().getTime() / SECOND)}.2.`;
    await h.service.edit(task.id, { config: { objectName: task.config } }, { actor: OPERATOR });
  }
}

class Reprioritise extends OnTask {
  protected async act(task: RefTask, _model: Reference, { h }: Real): Promise<void> {
    task.priority = this.number % 2;
    await h.service.edit(task.id, { priority: task.priority }, { actor: OPERATOR });
  }
}

class Remove extends OnTask {
  protected async act(task: RefTask, model: Reference, { h }: Real): Promise<void> {
    model.tasks = model.tasks.filter((one) => one !== task);
    await h.service.remove(task.id, { actor: OPERATOR });
  }
}

class Restart extends OnTask {
  protected async act(task: RefTask, model: Reference, real: Real): Promise<void> {
    model.restart(task, now(real));
    await real.h.service.restart(task.id, { actor: OPERATOR, device: real.h.id(real.cpe) });
  }
}

class Rerun extends OnGroupTask {
  protected async act(task: RefTask, _model: Reference, real: Real): Promise<void> {
    task.rerunAt = now(real);
    await real.h.service.restart(task.id, { actor: OPERATOR });
  }
}

class RerunFailed extends OnGroupTask {
  protected async act(task: RefTask, _model: Reference, real: Real): Promise<void> {
    task.rerunFailedAt = now(real);
    const { service } = real.h;
    await service.ofGroups.rerunFailed(await service.get(task.id));
  }
}

class PauseOnDevice extends OnGroupTask {
  protected override fits(tasks: readonly RefTask[]): RefTask[] {
    // Not offered where a one-off task has run (tasks.md §7.9).
    const done = ({ report }: RefTask) =>
      report !== null && !['NOT_STARTED', 'IN_PROGRESS'].includes(report.status);
    return super.fits(tasks).filter((task) => task.automaticRestart || task.transient || !done(task));
  }

  protected async act(task: RefTask, _model: Reference, { h, cpe }: Real): Promise<void> {
    const target = { device: h.id(cpe) };
    const stored = await h.service.get(task.id);
    if (task.pausedOnDevice) await h.service.ofGroups.resume(stored, target);
    else await h.service.ofGroups.pause(stored, target, OPERATOR);
    task.pausedOnDevice = !task.pausedOnDevice;
    // The pause stands in a report, which a task that never ran has not had.
    task.report ??= {
      status: 'NOT_STARTED',
      run: 0,
      config: null,
      disconnects: 0,
      start: null,
      finish: null,
      restartedAt: null,
      sent: null,
    };
  }
}

class PauseOnGroup extends OnGroupTask {
  protected async act(task: RefTask, _model: Reference, { h, top }: Real): Promise<void> {
    const below = SUBGROUPS.map((one) => top + one).filter((one) => `${one}.`.startsWith(`${task.group!}.`));
    const group = below[this.number % below.length]!;
    const stored = await h.service.get(task.id);
    if (task.pausedGroups.includes(group)) await h.service.ofGroups.resume(stored, { group });
    else await h.service.ofGroups.pause(stored, { group }, OPERATOR);
    const others = task.pausedGroups.filter((one) => one !== group);
    task.pausedGroups = others.length === task.pausedGroups.length ? [...others, group] : others;
  }
}

class Move implements Step {
  constructor(readonly subgroups: readonly string[]) {}

  check(): boolean {
    return true;
  }

  async run(model: Reference, { h, cpe, top }: Real): Promise<void> {
    model.groups = this.subgroups.map((one) => top + one);
    await h.join(cpe, ...model.groups);
  }

  toString(): string {
    return `Move(${this.subgroups.join(' ')})`;
  }
}

class TimePasses implements Step {
  constructor(readonly hours: number) {}

  check(): boolean {
    return true;
  }

  run(_model: Reference, { h }: Real): Promise<void> {
    h.clock.advance(this.hours * 3_600_000);
    return Promise.resolve();
  }

  toString(): string {
    return `TimePasses(${this.hours})`;
  }
}

/** What an operator may do while a task of the list runs. */
const MEANWHILE = {
  toggles: (task: RefTask): void => {
    task.active = !task.active;
  },
  reprioritises: (task: RefTask): void => {
    task.priority = 1 - task.priority;
  },
  restarts: (task: RefTask, model: Reference, at: number): void => model.restart(task, at),
} as const;

interface Interference {
  at: number;
  what: keyof typeof MEANWHILE;
  /** Which of the tasks. */
  number: number;
}

const EVENTS = { periodic: '2 PERIODIC', boot: '1 BOOT', bootstrap: '0 BOOTSTRAP' } as const;

interface Listed {
  position: number | null;
  due: boolean;
  task: { id: string };
}

class Session implements Step {
  constructor(
    readonly event: SessionInput['event'],
    readonly refusing: boolean,
    readonly cut: Cut,
    readonly interference: Interference | null,
  ) {}

  check(): boolean {
    return true;
  }

  async run(model: Reference, real: Real): Promise<void> {
    const { h, nbi, cpe } = real;
    // What a session takes until its Inform, in the harness.
    const at = h.clock.now().getTime() + 60_000;
    const device = h.id(cpe);
    const path = `/devices/${encodeURIComponent(device)}/queue?at=${new Date(at).toISOString()}`;
    const { body } = await nbi.call<{ entries: Listed[] }>(path);
    const shown = body.entries
      .filter(({ position }) => position !== null)
      .map(({ task, due }) => ({ id: task.id, due }));
    expect(shown, 'the list that is shown').to.deep.equal(model.shown(at));

    const refused = new Set(this.refusing ? model.tasks.map(({ id }) => id) : []);
    let done: (() => Promise<unknown>) | null = null;
    const meanwhile: Meanwhile = this.interference && {
      at: this.interference.at,
      act: (running, now) => {
        const change = this.#interfere(model, running, now);
        done = change && (() => this.#really(change.task, real));
        // A task without report has nothing that could be restarted: it runs in each session, once (tasks.md §4.4).
        return change?.what === 'restarts' && change.task.report ? change.task : null;
      },
    };
    const expected = model.session({ at, event: this.event, refused, cut: this.cut, meanwhile });
    cpe.script = (request) => {
      if (request.method !== 'DeleteObject') return undefined;
      if (this.refusing) return new CpeFault(9002, 'Internal error');
      return { kind: 'response', response: { method: 'DeleteObject', status: 0 } };
    };
    const cut = this.cut && { at: this.cut.at, when: 'before' as const, how: this.cut.how };
    const before = cpe.asked.length;
    const tasks = await this.#tasksAsked(h, cpe, { cut, between: () => done?.() });
    const requests = tasks.map((task, index): Asked => {
      const request = cpe.asked[before + index];
      // The one that was cut off never reached the device.
      if (!request) return { task, config: expected[index]?.config ?? null };
      return { task, config: request.method === 'DeleteObject' ? request.objectName : null };
    });
    expect(requests, 'what the device is asked').to.deep.equal(expected);
    await this.#compareReports(model, h, device);
  }

  /** What the operator does, in the model; null = there is nothing that it could be done to. */
  #interfere(
    model: Reference,
    running: RefTask,
    now: number,
  ): { task: RefTask; what: keyof typeof MEANWHILE } | null {
    const { what, number: drawn } = this.interference!;
    const others = model.tasks.filter((task) => task !== running);
    const task = others[drawn % Math.max(1, others.length)];
    if (!task) return null;
    MEANWHILE[what](task, model, now);
    return { task, what };
  }

  async #really(task: RefTask, { h, cpe }: Real): Promise<void> {
    const { what } = this.interference!;
    const by = { actor: OPERATOR };
    if (what === 'restarts') await h.service.restart(task.id, { ...by, device: h.id(cpe) });
    else if (what === 'toggles') await h.service.edit(task.id, { active: task.active }, by);
    else await h.service.edit(task.id, { priority: task.priority }, by);
  }

  /** The tasks whose requests were sent, in order; `between` is called after the n-th answer. */
  async #tasksAsked(
    h: Harness,
    cpe: FakeCpe,
    plan: {
      cut: { at: number; when: 'before'; how: 'crash' | 'disconnected' } | null;
      between: () => Promise<unknown> | undefined;
    },
  ): Promise<string[]> {
    const seen: string[] = [];
    const unsubscribe = h.events.subscribe(({ type, data }) => {
      if (type === 'session.rpc' && data.from === 'acs' && typeof data.task === 'string')
        seen.push(data.task);
    });
    let answers = 0;
    const between = async (): Promise<void> => {
      answers += 1;
      if (answers === this.interference?.at) await plan.between();
    };
    try {
      await h.run(cpe, { events: [event(EVENTS[this.event])], between, ...(plan.cut && { cut: plan.cut }) });
    } finally {
      unsubscribe();
    }
    return seen;
  }

  async #compareReports(model: Reference, h: Harness, device: string): Promise<void> {
    for (const task of model.tasks) {
      const report = await h.reports.ofTask(task.id, device);
      const told = report && { status: report.status, run: report.run };
      const expected = task.report && { status: task.report.status, run: task.report.run };
      expect(told, `the report of ${task.id}`).to.deep.equal(expected);
    }
  }

  toString(): string {
    const cut = this.cut ? ` ${this.cut.how} at ${this.cut.at}` : '';
    const { interference } = this;
    const meanwhile = interference ? ` meanwhile ${JSON.stringify(interference)}` : '';
    return `Session(${this.event}${this.refusing ? ' refusing' : ''}${cut}${meanwhile})`;
  }
}

const newTask: fc.Arbitrary<NewTask> = fc.record({
  kind: fc.constantFrom('read', 'read', 'reboot'),
  subgroup: fc.constantFrom(null, ...SUBGROUPS),
  priority: fc.nat(1),
  bloodline: fc.constantFrom('', 'x'),
  automaticRestart: fc.boolean(),
  repeatOnBootstrap: fc.boolean(),
  transient: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
  appliesToSubgroups: fc.boolean(),
  minInterval: fc.constantFrom(0, 0, 3_600_000),
  hours: fc.constantFrom(null, null, [0, 12], [12, 24]),
  condition: fc.constantFrom('', '', '', 'yes', 'no', 'boot'),
  resume: fc.constantFrom(0, 0, 1),
} as const);

const cut: fc.Arbitrary<Cut> = fc.option(
  fc.record({ at: fc.integer({ min: 1, max: 3 }), how: fc.constantFrom('crash', 'disconnected') } as const),
  { freq: 3 },
);
const interference: fc.Arbitrary<Interference | null> = fc.option(
  fc.record({
    at: fc.integer({ min: 1, max: 3 }),
    what: fc.constantFrom('toggles', 'reprioritises', 'restarts'),
    number: fc.nat(11),
  } as const),
  { freq: 2 },
);
const session = fc
  .tuple(fc.constantFrom('periodic', 'periodic', 'boot', 'bootstrap'), fc.boolean(), cut, interference)
  .map(([kind, refusing, where, meanwhile]) => new Session(kind, refusing, where, meanwhile));
const number = fc.nat(11);

const add = newTask.map((given) => new Add(given));

/** What a world begins with. */
export const firstTasks: fc.Arbitrary<Step[]> = fc.array(add, { minLength: 3, maxLength: 6 });

/** Everything that may happen; sessions most often. */
export const anyCommands = (): fc.Arbitrary<Step>[] => [
  ...Array.from({ length: 8 }, () => session),
  add,
  add,
  number.map((one) => new Toggle(one)),
  number.map((one) => new Reconfigure(one)),
  number.map((one) => new Reprioritise(one)),
  number.map((one) => new Remove(one)),
  number.map((one) => new Restart(one)),
  number.map((one) => new Rerun(one)),
  number.map((one) => new RerunFailed(one)),
  number.map((one) => new PauseOnDevice(one)),
  number.map((one) => new PauseOnGroup(one)),
  fc.subarray([...SUBGROUPS]).map((groups) => new Move(groups)),
  fc.integer({ min: 1, max: 13 }).map((hours) => new TimePasses(hours)),
];
