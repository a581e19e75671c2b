import type { ExecutionRecord } from '../../../store/models/execution.js';
import { plainConfig } from '../config-expressions.js';
import type { FileDesk } from '../file-desk.js';
import { failure, type Outcome } from '../outcome.js';
import { findTaskType } from '../type-registry.js';
import type { ChildState } from './run-state.js';

/** How a child ends, or goes on waiting, when its deadline passed without a session; its own type judges. */
export async function overdueChild(
  parkedRun: ExecutionRecord,
  child: ChildState,
  now: Date,
  files: FileDesk,
): Promise<Outcome> {
  const type = findTaskType(child.type);
  const desk = withKey(files, parkedRun.commandKey ?? '');
  return (
    (await type?.overdue?.(asChild(parkedRun, child), plainConfig(type.schema, child.config), now, desk)) ??
    failure('the time limit is over')
  );
}

/** The report as a child's own type would see it. */
export function asChild(parkedRun: ExecutionRecord, child: ChildState): ExecutionRecord {
  return {
    ...parkedRun,
    stage: child.stage,
    checkpoint: child.stage === null ? null : { stage: child.stage, state: child.state },
  };
}

/** A child counts its attempts from its own first; its key is the one that the report awaits. */
function withKey(files: FileDesk, commandKey: string): FileDesk {
  return {
    findResource: (idOrName) => files.findResource(idOrName),
    newestBackup: (device, from, to) => files.newestBackup(device, from, to),
    backups: (device, task) => files.backups(device, task),
    deleteResource: (id) => files.deleteResource(id),
    readText: (idOrName) => files.readText(idOrName),
    storeTemporary: (file) => files.storeTemporary(file),
    removeTemporary: (id) => files.removeTemporary(id),
    offerDownload: (order) => files.offerDownload(order),
    expectUpload: (order) => files.expectUpload(order),
    transferState: () => files.transferState(commandKey),
  };
}
