import { expect } from 'chai';
import fc from 'fast-check';
import { CpeFault } from '../../../../acs/cwmp/cpe-fault.js';
import { weekMapOf } from '../../../../acs/tasks/schedules/week-map.js';
import type { AcsRequest } from '../../../../acs/cwmp/messages.js';
import { event, type FakeCpe } from '../fake-cpe.js';
import { OPERATOR, type Harness } from '../harness.js';
import type { Cut, Reference, RefTask, SessionInput } from './reference.js';

export interface Real {
  h: Harness;
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
> & { subgroup: (typeof SUBGROUPS)[number] | null };

class Add implements Step {
  constructor(readonly given: NewTask) {}

  check(model: Readonly<Reference>): boolean {
    return model.tasks.length < 8;
  }

  async run(model: Reference, { h, cpe, top }: Real): Promise<void> {
    const { kind, subgroup, hours, condition, minInterval, transient, ...rest } = this.given;
    const transientReport = transient && kind === 'read';
    const group = subgroup === null ? null : top + subgroup;
    const number = model.tasks.length + Math.floor(h.clock.now().getTime() / SECOND);
    const settings = {
      ...rest,
      transientReport,
      minInterval: minInterval / SECOND,
      executionCondition: condition === '' ? '' : `\${${condition}}`,
      schedule: hours && {
        zone: 'UTC',
        map: weekMapOf(() => [{ from: hours[0] * 4, to: hours[1] * 4 }]),
      },
    };
    const config = kind === 'read' ? { objectName: `Device.T${number}.1.` } : { commandKey: `k${number}` };
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

const EVENTS = { periodic: '2 PERIODIC', boot: '1 BOOT', bootstrap: '0 BOOTSTRAP' } as const;

class Session implements Step {
  constructor(
    readonly event: SessionInput['event'],
    readonly refusing: boolean,
    readonly cut: Cut,
  ) {}

  check(): boolean {
    return true;
  }

  async run(model: Reference, { h, cpe }: Real): Promise<void> {
    // What a session takes until its Inform, in the harness.
    const at = h.clock.now().getTime() + 60_000;
    const device = h.id(cpe);
    const { entries } = await h.service.queue(device, { at: new Date(at) });
    const shown = entries
      .filter(({ position }) => position !== null)
      .map(({ task, due }) => ({ id: task._id, due }));
    expect(shown, 'the list that is shown').to.deep.equal(model.shown(at));

    const refused = new Set(this.refusing ? model.tasks.map(({ id }) => id) : []);
    const expected = model.session({ at, event: this.event, refused, cut: this.cut });
    const asked: AcsRequest[] = [];
    cpe.script = (request) => {
      asked.push(request);
      if (request.method !== 'DeleteObject') return undefined;
      if (this.refusing) return new CpeFault(9002, 'Internal error');
      return { kind: 'response', response: { method: 'DeleteObject', status: 0 } };
    };
    const cut = this.cut && { at: this.cut.at, when: 'before' as const, how: this.cut.how };
    const seen: string[] = [];
    const requests = await this.#requests(h, cpe, cut, seen);
    expect(requests, 'what the device is asked').to.deep.equal(expected);
    await this.#compareReports(model, h, device);
  }

  /** The tasks whose requests were sent, in order. */
  async #requests(
    h: Harness,
    cpe: FakeCpe,
    cut: { at: number; when: 'before'; how: 'crash' | 'disconnected' } | null,
    seen: string[],
  ): Promise<string[]> {
    const unsubscribe = h.events.subscribe(({ type, data }) => {
      if (type === 'session.rpc' && data.from === 'acs' && typeof data.task === 'string')
        seen.push(data.task);
    });
    try {
      await h.run(cpe, { events: [event(EVENTS[this.event])], ...(cut && { cut }) });
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
    return `Session(${this.event}${this.refusing ? ' refusing' : ''}${cut})`;
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
} as const);

const cut: fc.Arbitrary<Cut> = fc.option(
  fc.record({ at: fc.integer({ min: 1, max: 3 }), how: fc.constantFrom('crash', 'disconnected') } as const),
  { freq: 3 },
);
const session = fc
  .tuple(fc.constantFrom('periodic', 'periodic', 'boot', 'bootstrap'), fc.boolean(), cut)
  .map(([kind, refusing, where]) => new Session(kind, refusing, where));
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
