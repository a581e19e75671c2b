import { ValidationError } from '../../common/errors.js';
import type { TaskType } from './task-type.js';
import { addObject } from './types/add-object.js';
import { backupConfiguration } from './types/backup-configuration.js';
import { deleteObject } from './types/delete-object.js';
import { download } from './types/download.js';
import { factoryReset } from './types/factory-reset.js';
import { firmwareUpgrade } from './types/firmware-upgrade.js';
import { getNames } from './types/get-names.js';
import { getValues } from './types/get-values.js';
import { reboot } from './types/reboot.js';
import { refreshDataModel } from './types/refresh-data-model.js';
import { restoreConfiguration } from './types/restore-configuration.js';
import { setValues } from './types/set-values.js';
import { upload } from './types/upload.js';

/** Every type of task there is, in the order of the editor's tree. */
export const TASK_TYPES: readonly TaskType[] = [
  setValues,
  getValues,
  getNames,
  addObject,
  deleteObject,
  refreshDataModel,
  reboot,
  factoryReset,
  backupConfiguration,
  restoreConfiguration,
  firmwareUpgrade,
  download,
  upload,
];

const byName = new Map(TASK_TYPES.map((type) => [type.name.toLowerCase(), type]));

/** A type by its short name, with or without `Task` or the package of an imported definition; null = there is none. */
export function findTaskType(name: string): TaskType | null {
  const short = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return byName.get(short) ?? byName.get(short.replace(/task$/, '')) ?? null;
}

export function taskTypeNamed(name: string, pointer = '/type'): TaskType {
  const type = findTaskType(name);
  if (type) return type;
  const known = TASK_TYPES.map((one) => one.name).join(', ');
  throw ValidationError.of(pointer, `There is no task type ${name}; there are ${known}`, 'unknown-type');
}
