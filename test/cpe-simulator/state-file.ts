import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type EventEntry } from './codec/messages.js';
import { type ModelState } from './model/data-model.js';
import { type TransferRecord } from './transfer/transfers.js';

export interface ScheduledInform {
  readonly commandKey: string;
  /** Device time, milliseconds. */
  readonly dueAt: number;
}

/** What a device remembers without power. */
export interface CpeState {
  readonly version: 1;
  readonly model: ModelState;
  readonly events: readonly EventEntry[];
  readonly transfers: readonly TransferRecord[];
  readonly scheduledInforms: readonly ScheduledInform[];
  /** ACS that has confirmed 0 BOOTSTRAP. */
  readonly bootstrappedUrl: string | undefined;
  /** Values of notified parameters that the ACS knows. */
  readonly reported: Readonly<Record<string, string>>;
  readonly connectionRequest: { readonly port: number; readonly path: string };
  readonly firmware: string;
}

/** Reads a device's state; undefined when there is none. Throws when the file is not one. */
export function readState(path: string): CpeState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const state = JSON.parse(text) as Partial<CpeState>;
  if (state.version !== 1 || !state.model) throw new Error(`${path} is no state of a simulated CPE`);
  return state as CpeState;
}

/** Writes a device's state; a crash leaves the old file or the new one. */
export function writeState(path: string, state: CpeState): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(state));
  renameSync(`${path}.new`, path);
}
