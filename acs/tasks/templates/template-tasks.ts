import { ConflictError } from '../../../common/errors.js';
import type { SealedSecret } from '../../../common/secret-box.js';
import type { TaskProperty, TaskRecord } from '../../../store/models/task.js';
import type { TemplateParameter, TemplateRecord } from '../../../store/models/template.js';
import type { Store } from '../../../store/store.js';
import type { TaskInput, TaskSettings } from '../task-input.js';
import type { Actor, TaskService } from '../task-service.js';
import { parameterProperties, type References } from './parameter-values.js';

/** Exactly one of the two. */
export type TemplateTarget = { device: string } | { group: string };

/** What a task is made of besides the template (templates-quickfixes.md §3). */
export interface TemplateUseInput {
  target: TemplateTarget;
  /** By parameter name. */
  values: Readonly<Record<string, unknown>>;
  /** Settings that the user changes; what is not named is the template's. */
  overrides?: TaskSettings & { config?: unknown };
}

export interface TemplateTasksOptions {
  store: Store;
  tasks: TaskService;
  /** Secrets are never stored as they are typed. */
  seal: (plain: string) => SealedSecret;
  /** Evaluates defaults that are expressions, for one device; by parameter name. */
  evaluateDefaults: (
    parameters: readonly TemplateParameter[],
    device: string,
  ) => Promise<ReadonlyMap<string, string>>;
}

/** Makes tasks from templates: by the editor, by integrators and by the buttons of quick fixes. */
export class TemplateTasks {
  readonly #options: TemplateTasksOptions;

  constructor(options: TemplateTasksOptions) {
    this.#options = options;
  }

  /**
   * The task as it would be created: the type's defaults, then the template's settings and configuration, then the
   * parameters' values, then what the user changes. Throws `ValidationError` before anything is created.
   */
  async input(
    template: TemplateRecord,
    { target, values, overrides = {} }: TemplateUseInput,
    references: References,
  ): Promise<TaskInput> {
    const properties = await this.#properties(template, target, values, references);
    return {
      type: template.type,
      config: template.config,
      ...(template.settings as TaskSettings),
      ...given(overrides),
      properties: [...properties, ...(overrides.properties ?? [])],
      template: template._id,
      ...target,
    };
  }

  /**
   * Presses a quick fix: a new task, or, where the quick fix prefers it, the one of the last time with the template as it
   * is now and the new values, restarted in its old place (templates-quickfixes.md §5).
   */
  async press(
    template: TemplateRecord,
    use: TemplateUseInput,
    { actor, references }: { actor: Actor; references: References },
  ): Promise<{ task: TaskRecord; restarted: boolean }> {
    if (!template.quickFix) throw new ConflictError(`Template ${template.name} is no quick fix`);
    const { tasks } = this.#options;
    const input = await this.input(template, use, references);
    const last = template.quickFix.preferRestart ? await this.#last(template, use.target) : null;
    if (!last) return { task: await tasks.create(input, actor), restarted: false };
    const FIXED: readonly string[] = ['type', 'device', 'group', 'template'];
    const patch = Object.fromEntries(Object.entries(input).filter(([name]) => !FIXED.includes(name)));
    await tasks.edit(last._id, patch, { actor });
    const device = 'device' in use.target ? { device: use.target.device } : {};
    return { task: await tasks.restart(last._id, { actor, ...device }), restarted: true };
  }

  async #properties(
    template: TemplateRecord,
    target: TemplateTarget,
    values: Readonly<Record<string, unknown>>,
    references: References,
  ): Promise<TaskProperty[]> {
    const { parameters } = template;
    const defaults = parameters.filter(
      (one) => !Object.hasOwn(values, one.name) && one.default.includes('${'),
    );
    const evaluated =
      'device' in target && defaults.length > 0
        ? await this.#options.evaluateDefaults(defaults, target.device)
        : null;
    const properties = await parameterProperties(parameters, {
      values,
      pointer: '/parameters',
      evaluateDefault: ({ name }) => (evaluated ? (evaluated.get(name) ?? '') : null),
      references,
    });
    return properties.map((property) =>
      property.secret ? { ...property, value: this.#options.seal(property.value) } : property,
    );
  }

  /** The newest task that was made from the template for the target. */
  #last(template: TemplateRecord, target: TemplateTarget): Promise<TaskRecord | null> {
    return this.#options.store.tasks
      .findOne({ ...target, template: template._id })
      .sort({ createdAt: -1 })
      .lean<TaskRecord>();
  }
}

function given<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
