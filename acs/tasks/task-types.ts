import { ValidationError } from '../../common/errors.js';
import type { TaskType } from './task-type.js';
import { findTaskType, registerTaskTypes } from './type-registry.js';
import { addObject } from './types/add-object.js';
import { backupConfiguration } from './types/backup-configuration.js';
import { bestEffortRefresh } from './types/best-effort-refresh.js';
import { deleteObject } from './types/delete-object.js';
import { deployConfigurationTemplate } from './types/deploy-configuration-template.js';
import {
  atmLoopbackDiagnostics,
  downloadDiagnostics,
  ipPingDiagnostics,
  nsLookupDiagnostics,
  traceRouteDiagnostics,
  uploadDiagnostics,
  voipDiagnostic,
} from './types/diagnostics-types.js';
import { download } from './types/download.js';
import { factoryReset } from './types/factory-reset.js';
import { firmwareUpgrade } from './types/firmware-upgrade.js';
import { getNames } from './types/get-names.js';
import { getRpcMethods } from './types/get-rpc-methods.js';
import { getValues } from './types/get-values.js';
import { ipTracker } from './types/ip-tracker.js';
import { liveTouch } from './types/live-touch.js';
import { parameterValueTracer } from './types/parameter-value-tracer.js';
import { portMappingBackup } from './types/port-mapping-backup.js';
import { portMappingRestore } from './types/port-mapping-restore.js';
import { reboot } from './types/reboot.js';
import { refreshDataModel } from './types/refresh-data-model.js';
import { refurbish } from './types/refurbish.js';
import { restoreConfiguration } from './types/restore-configuration.js';
import { scheduleInform } from './types/schedule-inform.js';
import { serviceManagement } from './types/service-management.js';
import { setParameterAttributes } from './types/set-parameter-attributes.js';
import { setValues } from './types/set-values.js';
import { undoSetValues } from './types/undo-set-values.js';
import { upload } from './types/upload.js';
import { xmlTask } from './types/xml-task.js';

/** Every type of task there is, in the order of the editor's tree. */
export const TASK_TYPES: readonly TaskType[] = [
  setValues,
  undoSetValues,
  getValues,
  getNames,
  addObject,
  deleteObject,
  setParameterAttributes,
  refreshDataModel,
  bestEffortRefresh,
  reboot,
  factoryReset,
  refurbish,
  scheduleInform,
  getRpcMethods,
  backupConfiguration,
  restoreConfiguration,
  firmwareUpgrade,
  download,
  upload,
  deployConfigurationTemplate,
  portMappingBackup,
  portMappingRestore,
  serviceManagement,
  parameterValueTracer,
  liveTouch,
  ipPingDiagnostics,
  traceRouteDiagnostics,
  downloadDiagnostics,
  uploadDiagnostics,
  nsLookupDiagnostics,
  atmLoopbackDiagnostics,
  voipDiagnostic,
  ipTracker,
  xmlTask,
];

registerTaskTypes(TASK_TYPES);

export { findTaskType };

export function taskTypeNamed(name: string, pointer = '/type'): TaskType {
  const type = findTaskType(name);
  if (type) return type;
  const known = TASK_TYPES.map((one) => one.name).join(', ');
  throw ValidationError.of(pointer, `There is no task type ${name}; there are ${known}`, 'unknown-type');
}
