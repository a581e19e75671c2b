import type { Task } from '../api/types.js';
import { count } from '../format/values.js';
import { wholeSeconds } from '../format/time.js';
import { soundsSecret } from './task-draft.js';

/** What a task does, in a sentence and the values that it is about. */
export interface TaskSentence {
  text: string;
  rows: { name: string; value: string | null }[];
}

type Item = Record<string, unknown>;
type Writer = (config: Record<string, unknown>) => TaskSentence;

const list = (config: Record<string, unknown>, name: string): Item[] => {
  const value = config[name];
  if (Array.isArray(value)) return value as Item[];
  return typeof value === 'object' && value !== null ? [value as Item] : [];
};
const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
/** Over the shoulder nobody reads a password here; who may see it finds it in the advanced view. */
const shown = (name: string, value: unknown): string => (soundsSecret(name) ? '••••••' : word(value));
const is = (value: unknown): boolean => value === true || value === 'true' || value === '1';

const WRITERS: Record<string, Writer> = {
  SetValues: (config) => {
    const params = list(config, 'param');
    return {
      text: `Sets ${count(params.length, 'parameter')} on this device, all or nothing`,
      rows: params.map((one) => ({ name: word(one.name), value: shown(word(one.name), one.value) })),
    };
  },
  UndoSetValues: (config) => ({
    text: `Puts back the values that ${word(config.task)} has replaced on this device`,
    rows: [],
  }),
  GetValues: (config) => {
    const names = list(config, 'parameter');
    return {
      text: `Reads ${count(names.length, 'parameter or branch', 'parameters or branches')}`,
      rows: names.map((one) => ({ name: word(one.name) || 'the whole model', value: null })),
    };
  },
  GetNames: (config) => ({
    text: `Reads the structure of ${word(config.objectName) || 'the whole data model'}${is(config.recursive) ? ', level by level' : ''}`,
    rows: [],
  }),
  AddObject: (config) => ({
    text: `Adds an instance to ${word(config.objectName)}`,
    rows: list(config, 'with').map((one) => ({
      name: word(one.key),
      value: shown(word(one.key), one.value),
    })),
  }),
  DeleteObject: (config) => ({ text: `Deletes ${word(config.objectName)}`, rows: [] }),
  RefreshDataModel: () => ({ text: 'Reads the whole data model, names and values', rows: [] }),
  Reboot: () => ({ text: 'Restarts the device and waits until it is back', rows: [] }),
  FactoryReset: () => ({
    text: 'Resets the device to its factory settings and waits until it is back',
    rows: [],
  }),
  BackupConfiguration: (config) => ({
    text: `Lets the device send its configuration${
      word(config.intervalTime) === '0' ? '' : `, at most once in ${word(config.intervalTime) || '168'} hours`
    }, and keeps ${word(config.backupNumber) || '5'} backups`,
    rows: [],
  }),
  RestoreConfiguration: (config) => ({
    text: word(config.resourceId)
      ? `Lets the device restore the file ${word(config.resourceId)}`
      : 'Lets the device restore its newest backup',
    rows: [],
  }),
  FirmwareUpgrade: (config) => ({
    text: `Lets the device install the firmware ${word(config.resourceId)}${
      is(config.versionChangeVerification) ? ', and waits for a new software version' : ''
    }`,
    rows: [],
  }),
};

export function taskSentence(task: Pick<Task, 'type' | 'config'>): TaskSentence {
  const writer = WRITERS[task.type];
  return writer ? writer(task.config) : { text: `Runs ${task.type}`, rows: [] };
}

/** How often it runs. */
export function repetition(task: Task): string {
  const parts: string[] = [];
  if (task.transientReport) parts.push('in every session, without a report');
  else if (task.automaticRestart) parts.push('again in each session');
  else parts.push('once');
  if (task.repeatOnBootstrap) parts.push('again after a bootstrap');
  if (task.minInterval > 0) parts.push(`at least ${wholeSeconds(task.minInterval)} apart`);
  return parts.join(', ');
}

/** Its name, or the word that stands for none. */
export function taskName(task: Pick<Task, 'anonymous' | 'name'>): string {
  return task.anonymous || task.name === '' ? 'anonymous' : task.name;
}

/** The part of the id that people say. */
export function taskSuffix(id: string): string {
  return id.split(':').at(-1) ?? id;
}

/** The id without the identity of a device, which stands beside it: `d:…:7`. */
export function shortTaskId(id: string): string {
  return id.startsWith('d:') ? `d:…:${taskSuffix(id)}` : id;
}
