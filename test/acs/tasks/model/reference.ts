/**
 * The rules of tasks.md §2–§6 once more, written from the text and as plainly as can be: no index, no cache, no store. The
 * engine is held against it.
 */
export type Status = 'NOT_STARTED' | 'IN_PROGRESS' | 'SUCCESS' | 'WARNING' | 'ERROR';

export interface RefTask {
  id: string;
  group: string | null;
  kind: 'read' | 'reboot';
  created: number;
  priority: number;
  bloodline: string;
  active: boolean;
  automaticRestart: boolean;
  repeatOnBootstrap: boolean;
  transient: boolean;
  appliesToSubgroups: boolean;
  /** Milliseconds. */
  minInterval: number;
  /** Hours of the day (UTC) in which it may begin; null = always. */
  hours: [from: number, to: number] | null;
  condition: '' | 'yes' | 'no' | 'boot';
  /** Lost connections after which a run goes on in the next session. */
  resume: number;
  /** Stands for the configuration: the object that its request names. */
  config: string;
  pausedOnDevice: boolean;
  pausedGroups: string[];
  rerunAt: number | null;
  rerunFailedAt: number | null;
  report: RefReport | null;
}

export interface RefReport {
  status: Status;
  run: number;
  /** Of the run: an edit of the task does not touch one that has begun. */
  config: string | null;
  disconnects: number;
  start: number | null;
  finish: number | null;
  restartedAt: number | null;
  /** A reboot that was sent: when, and what the Informs since then said. */
  sent: { at: number; informs: number; unread: boolean[] } | null;
}

/** What an operator does while the answer to the n-th request is on its way. */
export type Meanwhile = { at: number; act: (running: RefTask, now: number) => RefTask | null } | null;

/** A request that the device gets; `config` null = not looked at. */
export interface Asked {
  task: string;
  config: string | null;
}

export type Cut = { at: number; how: 'crash' | 'disconnected' } | null;

export interface SessionInput {
  at: number;
  event: 'periodic' | 'boot' | 'bootstrap';
  /** Tasks whose request the device refuses. */
  refused: ReadonlySet<string>;
  cut: Cut;
  meanwhile: Meanwhile;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** What one request takes in the test. */
const RPC = 100;
/** A reboot is waited for so long, and for so many Informs (task-types.md §2.1). */
const REBOOT = 900_000;
const INFORMS = 3;

export class Reference {
  tasks: RefTask[] = [];
  groups: string[] = [];
  readonly groupPriority = new Map<string, number>();

  find(id: string): RefTask {
    return this.tasks.find((task) => task.id === id)!;
  }

  /** §2.1–§2.4, without the holder's pin. */
  ordered(): RefTask[] {
    const candidates = this.tasks.filter((task) => this.isCandidate(task));
    const kept = candidates.filter((task) => task.active && !this.isPaused(task));
    const survivors = kept.filter(
      (task) =>
        task.bloodline === '' ||
        kept.every(
          (other) => other === task || other.bloodline !== task.bloodline || this.beats(task, other),
        ),
    );
    return survivors.sort((a, b) => a.priority - b.priority || a.created - b.created);
  }

  /** §2.4: as shown, the holder first. */
  shown(at: number): { id: string; due: boolean }[] {
    const order = this.ordered();
    const holder = order.find((task) => this.holds(task));
    const list = holder ? [holder, ...order.filter((task) => task !== holder)] : order;
    return list.map((task) => ({
      id: task.id,
      due: holder ? task === holder : this.isDue(task, at, null),
    }));
  }

  /** §6.1. Answers the requests that the device gets, in order. */
  session(input: SessionInput): Asked[] {
    const { at, event, cut, meanwhile } = input;
    for (const task of this.tasks)
      if (task.report?.status === 'IN_PROGRESS' && task.report.sent && this.isCurrent(task))
        task.report.sent.unread.push(event !== 'periodic');
    if (event === 'bootstrap')
      for (const task of this.tasks)
        if (task.repeatOnBootstrap && this.isCandidate(task) && this.isCurrent(task)) this.reset(task);
    // Runs of groups that the device has left are ended if what came says so (task-types.md §3.6).
    for (const task of this.tasks)
      if (!this.isCandidate(task) && task.report?.sent?.unread.length) this.look(task, at);

    const asked: Asked[] = [];
    const ran = new Set<string>();
    let now = at;
    for (;;) {
      const order = this.ordered();
      const holder = order.find((task) => this.holds(task));
      if (holder && ran.has(holder.id)) return asked;
      const next = holder ?? order.find((task) => !ran.has(task.id) && this.isDue(task, at, event));
      if (!next) return asked;
      ran.add(next.id);
      if (this.resumes(next) && next.report?.sent) {
        const waits = this.look(next, now);
        if (waits && !next.automaticRestart) return asked;
        continue;
      }
      const report = this.begin(next, now);
      const config = next.kind === 'read' ? (report?.config ?? next.config) : null;
      asked.push({ task: next.id, config });
      if (next.kind === 'reboot' && report) report.sent = { at: now, informs: 0, unread: [] };
      if (cut?.at === asked.length) {
        if (report && next.kind === 'read' && cut.how === 'disconnected') this.lose(report, next, now);
        return asked;
      }
      now += RPC;
      if (meanwhile?.at === asked.length) {
        const again = meanwhile.act(next, now);
        if (again && again !== next) ran.delete(again.id);
      }
      if (next.kind === 'reboot') return asked;
      if (report) this.end(report, input.refused.has(next.id) ? 'ERROR' : 'SUCCESS', now);
    }
  }

  /** §7.5, §7.6. */
  restart(task: RefTask, now: number): void {
    if (!task.report) return;
    this.reset(task);
    task.report.finish = null;
    task.report.restartedAt = now;
  }

  status(task: RefTask): Status | null {
    return task.report && this.isCurrent(task) ? task.report.status : null;
  }

  isCandidate({ group, appliesToSubgroups }: RefTask): boolean {
    if (group === null || this.groups.includes(group)) return true;
    return appliesToSubgroups && this.groups.some((one) => one.startsWith(`${group}.`));
  }

  private isPaused(task: RefTask): boolean {
    const inside = (group: string): boolean =>
      this.groups.some((one) => one === group || one.startsWith(`${group}.`));
    return task.pausedOnDevice || task.pausedGroups.some(inside);
  }

  /** §2.3. */
  private beats(one: RefTask, other: RefTask): boolean {
    if ((one.group === null) !== (other.group === null)) return one.group === null;
    if (one.group !== null && other.group !== null) {
      const priorities = [one.group, other.group].map((group) => this.groupPriority.get(group) ?? 0);
      if (priorities[0] !== priorities[1]) return priorities[0]! > priorities[1]!;
      const depths = [one.group, other.group].map((group) => group.split('.').length);
      if (depths[0] !== depths[1]) return depths[0]! > depths[1]!;
    }
    if (one.priority !== other.priority) return one.priority < other.priority;
    return one.created > other.created;
  }

  /** §6.1, holding. */
  private holds(task: RefTask): boolean {
    return this.resumes(task) && task.report?.sent !== null && !task.automaticRestart && !task.transient;
  }

  private resumes(task: RefTask): boolean {
    return !task.transient && task.report?.status === 'IN_PROGRESS' && this.isCurrent(task);
  }

  /** §7, last paragraph. */
  private isCurrent({ report, rerunAt, rerunFailedAt }: RefTask): boolean {
    if (!report) return true;
    if (rerunAt !== null && report.start !== null && report.start < rerunAt) return false;
    const failed = report.status === 'ERROR' && report.finish !== null;
    return !(failed && rerunFailedAt !== null && report.finish! < rerunFailedAt);
  }

  /** §2.5; `event` null = a forecast. */
  private isDue(task: RefTask, at: number, event: SessionInput['event'] | null): boolean {
    if (this.resumes(task)) return true;
    const report = task.transient || !this.isCurrent(task) ? null : task.report;
    const finished = report && ['SUCCESS', 'WARNING', 'ERROR'].includes(report.status);
    if (finished && !task.automaticRestart) return false;
    if (task.hours) {
      const hour = Math.floor((at % DAY) / HOUR);
      if (hour < task.hours[0] || hour >= task.hours[1]) return false;
    }
    if (report && report.finish !== null && at < report.finish + task.minInterval) {
      const restarted = [report.restartedAt, task.rerunAt].some(
        (time) => time !== null && time >= report.finish!,
      );
      if (!restarted) return false;
    }
    if (task.condition === 'no') return false;
    return task.condition !== 'boot' || event === 'boot';
  }

  /** A new run, or the same once more from the top; null = a transient one leaves no trace. */
  private begin(task: RefTask, now: number): RefReport | null {
    if (task.transient) return null;
    if (this.resumes(task)) return task.report;
    task.report = {
      status: 'IN_PROGRESS',
      run: (task.report?.run ?? 0) + 1,
      config: task.config,
      disconnects: 0,
      start: now,
      finish: null,
      restartedAt: task.report?.restartedAt ?? null,
      sent: null,
    };
    return task.report;
  }

  /** What the Informs say to a reboot that was sent; true = it goes on waiting. */
  private look({ report }: RefTask, now: number): boolean {
    const sent = report!.sent!;
    for (const boot of sent.unread) {
      if (boot) return this.end(report!, 'SUCCESS', now);
      sent.informs += 1;
      if (sent.informs >= INFORMS) return this.end(report!, 'WARNING', now);
    }
    sent.unread = [];
    return now > sent.at + REBOOT ? this.end(report!, 'ERROR', now) : true;
  }

  /** §6.3: a lost connection ends a run, unless it may go on in the next session. */
  private lose(report: RefReport, { resume }: RefTask, now: number): void {
    if (report.disconnects >= resume) this.end(report, 'ERROR', now);
    else report.disconnects += 1;
  }

  private end(report: RefReport, status: Status, now: number): false {
    Object.assign(report, { status, finish: now, sent: null });
    return false;
  }

  /** A reset report keeps its finish, from which min. interval counts. */
  private reset({ report }: RefTask): void {
    if (!report || report.status === 'NOT_STARTED') return;
    Object.assign(report, { status: 'NOT_STARTED', start: null, sent: null });
  }
}
