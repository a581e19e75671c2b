import type { ParameterTree } from '../../devices/parameter-tree.js';
import { isSecretPath } from '../../devices/secret-paths.js';
import type { CsvTable, DeviceView, Environment, TaskReportView, TaskView } from '../../expressions/index.js';
import { cwmpView, propertiesOf, taskReportView, taskView } from '../task-views.js';
import type { TaskContext } from '../task-type.js';
import { compileAttribute } from './attribute-expressions.js';
import type { XmlTaskDocument } from './document.js';
import type { World } from './interpreter.js';
import { attributeOf, defaultNamed, tagNamed } from './tags.js';

/** A world that looks at the device again when something changed it. */
export interface RefreshedWorld extends World {
  refresh(): Promise<void>;
}

/** What was read before the workflow runs, since expressions read nothing themselves. */
interface Loaded {
  tree: ParameterTree | null;
  device: DeviceView;
  sv: (name: string) => string | null;
  tables: ReadonlyMap<string, CsvTable>;
}

/** Everything that the expressions of a workflow may look at; loads only what some expression names. */
export async function worldOf(
  context: TaskContext<unknown>,
  document: XmlTaskDocument,
): Promise<RefreshedWorld> {
  const needs = needsOf(document);
  // What the task's own properties name is loaded too.
  const dynamic = context.sights.task.properties.some(({ expression }) => expression === true);
  const { views } = context.ports;
  const [tree, tables, device, sv] = await Promise.all([
    needs.tree || dynamic ? context.tree() : null,
    needs.aliases.size > 0 ? views.tables?.(needs.aliases, context.task.domain) : undefined,
    views.device(context.device),
    needs.profile || dynamic ? views.sv(context.device) : () => null,
  ]);
  return new WorkflowWorld(context, { tree, device, sv, tables: tables ?? new Map() }, needs.profile);
}

/** Contexts and resources that the expressions of a document name. */
function needsOf(document: XmlTaskDocument): { tree: boolean; profile: boolean; aliases: Set<string> } {
  const contexts = new Set<string>();
  const aliases = new Set<string>();
  let cached = false;
  for (const element of document.elements) {
    const tag = tagNamed(element.name);
    for (const { name, value } of element.attributes.values()) {
      if (/^(get\.)?fromCache$/.test(name) && value !== 'false') cached = true;
      const spec = tag && (attributeOf(tag, name) ?? defaultNamed(name)?.attribute);
      if (!value.includes('${') || spec?.fixed) continue;
      const { uses } = compileAttribute(spec ?? { name, type: 'text', doc: '', nullCounts: true }, value);
      for (const one of uses.contexts) contexts.add(one);
      for (const one of uses.resources) aliases.add(one);
    }
  }
  return { tree: cached || contexts.has('dm'), profile: contexts.has('sv'), aliases };
}

class WorkflowWorld implements RefreshedWorld {
  readonly root: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly domain: string;
  readonly execution: string;
  readonly secrets: readonly string[];
  readonly variables: NonNullable<World['variables']>;
  readonly defaults: NonNullable<World['defaults']>;
  readonly #context: TaskContext<unknown>;
  readonly #loaded: Loaded;
  readonly #profile: boolean;
  readonly #task: TaskView;
  readonly #report: TaskReportView;

  constructor(context: TaskContext<unknown>, loaded: Loaded, profile: boolean) {
    this.#context = context;
    this.#loaded = loaded;
    this.#profile = profile;
    this.root = context.root;
    this.domain = context.task.domain;
    const { id, run } = context.execution;
    // A run without a report is named by its session, of which a device has one at a time.
    this.execution = context.sights.execution ? `${id}.${run}` : context.session.id;
    // Nothing but what was handed over is shared with a child.
    const { task, execution } = context.sights;
    const { views } = context.ports;
    const ofTask = propertiesOf(task, views, {
      ...{ now: context.now(), zone: views.zone, device: loaded.device, sv: loaded.sv },
      ...(loaded.tree && { dm: views.dataModel(loaded.tree, context.device.root) }),
    });
    const given = context.parent?.properties ?? null;
    const properties = given ? new Map(given.map(({ name, value }) => [name, value])) : ofTask;
    this.properties = context.parent && !given ? new Map() : properties;
    this.secrets = [
      ...secretsOf(context, ofTask),
      ...(given ?? []).filter(({ secret }) => secret).map(({ value }) => value),
    ];
    this.variables = context.parent?.variables ?? [];
    this.defaults = context.parent?.defaults ?? [];
    this.#task = { ...taskView(task, properties), parent: context.parent?.task ?? null };
    this.#report = taskReportView(task, context.device._id, execution);
  }

  /** Expressions see what was changed earlier in the same session (expressions.md §6.1). */
  async refresh(): Promise<void> {
    const { views } = this.#context.ports;
    this.#loaded.device = await views.device(this.#context.device);
    if (this.#profile) this.#loaded.sv = await views.sv(this.#context.device);
  }

  environment(scope: Parameters<World['environment']>[0]): Environment {
    const { device, sv, tables, tree } = this.#loaded;
    const context = this.#context;
    const { views } = context.ports;
    return {
      ...{ now: context.now(), zone: views.zone, device, sv },
      ...{ task: this.#task, taskReport: this.#report },
      ...(tree && { dm: views.dataModel(tree, context.device.root) }),
      res: (alias) => tables.get(alias) ?? null,
      cwmp: cwmpView({
        events: context.sights.events,
        startedAt: context.session.startedAt,
        parameters: context.sights.informParameters,
      }),
      ...{ variables: scope.variables, prefix: scope.prefix, root: context.root },
    };
  }

  now(): Date {
    return this.#context.now();
  }

  overtime(): boolean {
    return this.#context.timeLeft() <= 0;
  }

  known(path: string): string | Record<string, string> | null {
    const { tree } = this.#loaded;
    if (!tree) return null;
    if (!path.endsWith('.')) return tree.value(path);
    const below = [...tree.values(path)].map(({ path: full, value }) => [full.slice(path.length), value]);
    return below.length === 0 ? null : (Object.fromEntries(below) as Record<string, string>);
  }

  log(...[level, text]: Parameters<World['log']>): void {
    this.#context.log(level, text);
  }
}

/** What must be seen nowhere: the values of secret properties. */
function secretsOf({ sights }: TaskContext<unknown>, properties: ReadonlyMap<string, string>): string[] {
  return sights.task.properties
    .filter(({ name, secret }) => secret === true || isSecretPath(name))
    .map(({ name }) => properties.get(name) ?? '');
}
