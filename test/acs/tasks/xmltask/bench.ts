import type { ExecutionRecord } from '../../../../store/models/execution.js';
import type { TaskInput } from '../../../../acs/tasks/task-service.js';
import type { TaskRecord } from '../../../../store/models/task.js';
import { FakeCpe } from '../fake-cpe.js';
import { Harness, type SessionPlan } from '../harness.js';
import { FakePorts } from './fake-ports.js';

/** A server, a device and what workflows reach, for tests of single tags. */
export class Bench {
  readonly harness: Harness;
  readonly ports: FakePorts;
  cpe: FakeCpe;
  #devices = 0;

  private constructor(harness: Harness) {
    this.harness = harness;
    this.ports = new FakePorts();
    this.cpe = new FakeCpe();
    harness.ports = this.ports.all;
    harness.crash();
  }

  static async open(): Promise<Bench> {
    return new Bench(await Harness.open());
  }

  close(): Promise<void> {
    return this.harness.close();
  }

  /** A device that is new to the test. */
  async newDevice(prepare: (cpe: FakeCpe) => void = () => undefined): Promise<FakeCpe> {
    this.#devices += 1;
    this.cpe = new FakeCpe('Device', `X${this.#devices}`);
    prepare(this.cpe);
    await this.harness.meet(this.cpe);
    return this.cpe;
  }

  get device(): string {
    return this.harness.id(this.cpe);
  }

  /** The content of `<config>` as a task of the device. */
  add(content: string, settings: Partial<TaskInput> = {}): Promise<TaskRecord> {
    return this.harness.add(this.cpe, 'XmlTask', `<config>\n${content}\n</config>`, settings);
  }

  /** Runs it in a session of its own. */
  async run(content: string, plan: SessionPlan & { settings?: Partial<TaskInput> } = {}): Promise<Ran> {
    const task = await this.add(content, plan.settings);
    const methods = await this.harness.run(this.cpe, plan);
    return this.look(task, methods);
  }

  async look(task: TaskRecord, methods: string[] = []): Promise<Ran> {
    const report = await this.harness.report(task);
    const { status, summary, details } = report;
    const variables = Object.fromEntries(details.map(({ name, value }) => [name, value]));
    return { task, report, status, summary, variables, methods, lines: await this.harness.lines(task) };
  }

  async properties(): Promise<Record<string, string>> {
    return (await this.harness.store.devices.findById(this.device).lean())?.properties ?? {};
  }
}

export interface Ran {
  task: TaskRecord;
  report: ExecutionRecord;
  status: string;
  summary: string;
  variables: Record<string, string>;
  methods: string[];
  lines: string[];
}
