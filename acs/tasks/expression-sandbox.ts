import type { Clock } from '../../common/clock.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import { TASK_DEFAULTS, type TaskRecord } from '../../store/models/task.js';
import type { ParameterTree } from '../devices/parameter-tree.js';
import type { ParameterTrees } from '../devices/parameter-trees.js';
import {
  check,
  compile,
  complete,
  evaluateInSandbox,
  maskSecrets,
  type CsvTable,
  type Environment,
  type Place,
  type SandboxResult,
  type Suggestion,
  type Uses,
} from '../expressions/index.js';
import type { ExpressionViews } from './expression-conditions.js';
import { isCurrent } from './queue.js';
import { propertiesOf, taskReportView, taskView } from './task-views.js';

/** Whom and what an expression is tried on; everything may be missing. */
export interface SandboxSubject {
  device: DeviceRecord | null;
  /** Whose setting values count where there is no device. */
  group: string | null;
  task: TaskRecord | null;
  /** Of the task on the device. */
  execution: ExecutionRecord | null;
  variables: ReadonlyMap<string, string>;
}

/** Of a subject, what the caller may look at besides the device itself. */
export interface SandboxSight {
  /** Names whose values are masked. */
  isSecret: (name: string) => boolean;
  mask: string;
  /** The stored data model. */
  dataModel: boolean;
}

/** What a subject's parameters that were read are worth: when the device told them. */
export type DatedRead = Extract<SandboxResult, { kind: 'value' }>['reads'][number] & { readAt: Date | null };
export type SandboxAnswer =
  | (Omit<Extract<SandboxResult, { kind: 'value' }>, 'reads'> & { readonly reads: readonly DatedRead[] })
  | (Omit<Extract<SandboxResult, { kind: 'failed' }>, 'reads'> & { readonly reads: readonly DatedRead[] })
  | Extract<SandboxResult, { kind: 'invalid' }>;

export interface ExpressionSandboxOptions {
  clock: Clock;
  trees: Pick<ParameterTrees, 'load'>;
  views: ExpressionViews;
  /** The same with every sealed value masked. */
  masked: ExpressionViews;
}

/** Tries expressions on what is stored (expressions.md §8): nothing is changed, no device is asked. */
export class ExpressionSandbox {
  readonly #options: ExpressionSandboxOptions;

  constructor(options: ExpressionSandboxOptions) {
    this.#options = options;
  }

  /**
   * The value of a text at a place. Secrets are masked before it is evaluated, so that no comparison tells them; `revealed`
   * leaves them as they are.
   */
  async evaluate(
    text: string,
    place: Place,
    subject: SandboxSubject,
    sight: SandboxSight,
    revealed = false,
  ): Promise<SandboxAnswer> {
    const issues = check(text, place);
    if (issues.length > 0) return { kind: 'invalid', issues };
    const { uses } = compile(text, place);
    const { environment, tree } = await this.#environment(uses, subject, sight, revealed);
    const result = evaluateInSandbox(text, place, environment);
    if (result.kind === 'invalid') return result;
    const reads = result.reads.map((read) => ({ ...read, readAt: tree?.get(read.name)?.readAt ?? null }));
    return { ...result, reads };
  }

  /** What may stand at an offset of a text; with a device also the names of its data. */
  async complete(
    text: string,
    offset: number,
    place: Place,
    subject: SandboxSubject,
    sight: SandboxSight,
  ): Promise<Suggestion[]> {
    const named = new Set([...place.contexts].filter((name) => text.includes(name)));
    if (/\b(InternetGatewayDevice|Device)\b/.test(text) && place.contexts.has('dm')) named.add('dm');
    const uses = { contexts: named, resources: new Set<string>() };
    const { environment } = await this.#environment(uses, subject, sight, false);
    const { device, group, variables } = subject;
    const { views } = this.#options;
    const sv = named.has('sv') ? ((await views.svNames?.(device ?? groupAlone(group))) ?? []) : [];
    return complete(text, offset, place, {
      ...environment,
      names: { variables: [...variables.keys()], sv },
    });
  }

  async #environment(
    { contexts, resources }: Pick<Uses, 'contexts' | 'resources'>,
    { device, group, task, execution, variables }: SandboxSubject,
    sight: SandboxSight,
    revealed: boolean,
  ): Promise<{ environment: Environment; tree: ParameterTree | null }> {
    const { clock, trees } = this.#options;
    const views = revealed ? this.#options.views : this.#options.masked;
    const { zone } = views;
    const now = clock.now();
    const properties = contexts.has('task') && task !== null;
    const dynamic = properties && task.properties.some(({ expression }) => expression === true);
    const [shown, sv, tree, tables] = await Promise.all([
      device && (dynamic || contexts.has('device')) ? views.device(device) : null,
      dynamic || contexts.has('sv') ? views.sv(device ?? groupAlone(group)) : null,
      device && sight.dataModel && contexts.has('dm') ? trees.load(device) : null,
      device && contexts.has('res') ? views.tables?.(resources, device.domain) : null,
    ]);
    const seen: Environment = {
      ...{ now, zone, variables: (name) => variables.get(name) ?? null },
      ...(shown && { device: shown }),
      ...(sv && (device !== null || group !== null) && { sv }),
      ...(tree && device && { dm: views.dataModel(tree, device.root) }),
      ...(device && device.root !== '' && { root: `${device.root}.` }),
      ...(contexts.has('res') && tablesView(tables ?? null)),
    };
    const environment: Environment = {
      ...seen,
      ...(task && { task: taskView(task, propertiesOf(task, views, properties ? seen : null)) }),
      ...(task &&
        device && {
          taskReport: taskReportView(
            task,
            device._id,
            execution && isCurrent(task, execution) ? execution : null,
          ),
        }),
    };
    return {
      environment: revealed ? environment : maskSecrets(environment, sight.isSecret, sight.mask),
      tree,
    };
  }
}

const tablesView = (
  tables: ReadonlyMap<string, CsvTable> | null,
): { res: (alias: string) => CsvTable | null } => ({ res: (alias) => tables?.get(alias) ?? null });

/** What a direct member of a group has that has nothing of its own. */
function groupAlone(group: string | null): Pick<DeviceRecord, 'groups' | 'properties'> {
  return { groups: group === null ? [] : [group], properties: {} };
}

/** A task that is not stored, as expressions see it: its properties, otherwise what a new one has. */
export function draftTask(
  properties: Readonly<Record<string, string>>,
  { device, group, now }: { device: DeviceRecord | null; group: string | null; now: Date },
): TaskRecord {
  return {
    ...TASK_DEFAULTS,
    ...{
      _id: 'draft',
      device: device?._id ?? null,
      group: device ? null : group,
      pausedGroups: [],
      alerts: [],
    },
    ...{ type: '', config: {}, active: true, anonymous: true, name: '', comment: '', tags: [] },
    ...{ automaticRestart: false, repeatOnBootstrap: false, transientReport: false, logLevel: 'INFO' },
    ...{ priority: 10, minInterval: 0, domain: device?.domain ?? '/', user: '' },
    properties: Object.entries(properties).map(([name, value]) => ({ name, value })),
    ...{ createdAt: now, editedAt: now, version: 1 },
  };
}
