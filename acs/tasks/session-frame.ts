import type { DeviceRecord } from '../../store/models/device.js';
import type { EngineParts } from './engine-options.js';
import type { ExecutionWriter } from './execution-writer.js';
import type { SessionTree } from './session-tree.js';
import type { Quotas } from './task-type.js';

/** What a session and the runs in it share. */
export interface SessionFrame {
  readonly parts: EngineParts;
  /** As it was when the session began. */
  readonly device: DeviceRecord;
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly writer: ExecutionWriter;
  readonly tree: SessionTree;
  readonly quota: Quotas;
  /** Says that tasks and reports must be read again. */
  stale(): void;
}
