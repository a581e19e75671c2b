import type { DeviceRecord } from '../../store/models/device.js';
import type { Inform } from '../cwmp/messages.js';
import type { DeviceTasks } from './device-tasks.js';
import type { EngineParts } from './engine-options.js';
import type { ExecutionWriter } from './execution-writer.js';
import type { SessionTree } from './session-tree.js';
import type { Quotas } from './task-type.js';

/** What a session and the runs in it share. */
export interface SessionFrame {
  readonly parts: EngineParts;
  /** As it was when the session began, but for groups and domain. */
  readonly device: DeviceRecord;
  readonly sessionId: string;
  readonly startedAt: Date;
  /** Of the lease that the session holds. */
  readonly fence: number;
  readonly writer: ExecutionWriter;
  readonly tasks: DeviceTasks;
  readonly tree: SessionTree;
  readonly contact: {
    readonly inform: Pick<Inform, 'events' | 'parameters'>;
  };
  readonly quota: Quotas;
  /** False = the server is being shut down: a pause ends. Throws `SessionSupersededError` when a newer session has begun. */
  mayPause(): boolean;
  /** Says that tasks and reports must be read again. */
  stale(): void;
}
