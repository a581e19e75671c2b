import type { Clock } from '../../../common/clock.js';
import { ConflictError } from '../../../common/errors.js';
import { TASK_DEFAULTS, type TaskRecord } from '../../../store/models/task.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { ParameterTrees } from '../../devices/parameter-trees.js';
import type { ConfigEnvironments } from '../ports/config-environments.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { UndoDesk } from '../ports/undo-desk.js';
import type { TemplateTexts } from '../ports/template-texts.js';
import { newDefinition, type TaskInput } from '../task-input.js';
import { taskTypeNamed } from '../task-types.js';
import type { LookedUp } from './rehearsal-files.js';
import { rehearse, type Rehearsal, type RehearsalScope } from './rehearse.js';

export interface RehearsalsOptions {
  clock: Clock;
  trees: Pick<ParameterTrees, 'load'>;
  files: LookedUp;
  templates: TemplateTexts | null;
  environments: ConfigEnvironments | null;
  undo: UndoDesk;
  ports: Pick<WorkflowPorts, 'views'> & Partial<WorkflowPorts>;
}

/** Plays tasks on devices as they are stored: a dry run of what would be sent now, or the whole of it. */
export class Rehearsals {
  readonly #options: RehearsalsOptions;

  constructor(options: RehearsalsOptions) {
    this.#options = options;
  }

  /** Of a stored task, its own device's or that of a group. Throws `ConflictError` for a device of which nothing is known. */
  async ofTask(task: TaskRecord, device: DeviceRecord, scope: RehearsalScope): Promise<Rehearsal> {
    const { clock, trees, ...parts } = this.#options;
    const tree = await trees.load(device);
    if (tree.parameterCount === 0)
      throw new ConflictError(
        `Nothing is known of the data model of ${device._id} yet; read it before a rehearsal`,
      );
    const type = taskTypeNamed(task.type);
    return rehearse({ ...parts, type, task, device, tree, now: clock.now(), scope });
  }

  /** Of a task that is not stored. Throws `ValidationError` as its creation would. */
  async ofDraft(
    input: Omit<TaskInput, 'device' | 'group'>,
    device: DeviceRecord,
    scope: RehearsalScope,
  ): Promise<Rehearsal> {
    const now = this.#options.clock.now();
    const task: TaskRecord = {
      ...TASK_DEFAULTS,
      ...newDefinition({ ...input, device: device._id }, device.domain, now),
      ...{ _id: 'draft', device: device._id, group: null, pausedGroups: [] },
      ...{ user: '', createdAt: now, editedAt: now, version: 1 },
    };
    return this.ofTask(task, device, scope);
  }
}
