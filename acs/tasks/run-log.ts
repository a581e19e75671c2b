import type { LogLineRecord } from '../../store/models/log-line.js';
import { LOG_LEVELS, type LogLevel } from '../../store/models/task.js';

export type LineLevel = Exclude<LogLevel, 'OFF'>;
export type LogLine = Omit<LogLineRecord, '_id'>;

export interface RunLogOptions {
  /** Empty for a transient task, whose lines belong to the device alone (tasks.md §4.4). */
  execution: string;
  task: string;
  device: string;
  run: number;
  /** Lines below it are not kept. */
  level: LogLevel;
  /** What the run has written in earlier sessions. */
  logged: { lines: number; bytes: number };
  maxLines: number;
  maxBytes: number;
  retentionDays: number;
}

const DAY = 86_400_000;
/** Characters of one line; longer ones are cut. */
const MAX_TEXT = 10_000;

/** The log lines of one run, gathered until they are stored; bounded in number and size (tasks.md §10). */
export class RunLog {
  readonly #options: RunLogOptions;
  readonly #threshold: number;
  #pending: LogLine[] = [];
  #lines: number;
  #bytes: number;

  constructor(options: RunLogOptions) {
    this.#options = options;
    this.#threshold = LOG_LEVELS.indexOf(options.level);
    this.#lines = options.logged.lines;
    this.#bytes = options.logged.bytes;
  }

  get logged(): { lines: number; bytes: number } {
    return { lines: this.#lines, bytes: this.#bytes };
  }

  add(at: Date, level: LineLevel, text: string): void {
    const { maxLines, maxBytes } = this.#options;
    if (LOG_LEVELS.indexOf(level) < this.#threshold || this.#lines > maxLines) return;
    const kept = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
    const bytes = Buffer.byteLength(kept);
    if (this.#lines === maxLines || this.#bytes + bytes > maxBytes) {
      this.#push(at, 'WARN', 'truncated');
      // One beyond the limit says that it was reached, in later sessions too.
      this.#lines = maxLines + 1;
      return;
    }
    this.#bytes += bytes;
    this.#push(at, level, kept);
  }

  /** The lines since the last call, for the store. */
  take(): LogLine[] {
    const lines = this.#pending;
    this.#pending = [];
    return lines;
  }

  /** Lines that were taken and could not be stored. */
  putBack(lines: readonly LogLine[]): void {
    this.#pending.unshift(...lines);
  }

  #push(at: Date, level: LineLevel, text: string): void {
    const { execution, task, device, run, retentionDays } = this.#options;
    this.#lines += 1;
    const expiresAt = new Date(at.getTime() + retentionDays * DAY);
    this.#pending.push({ execution, task, device, run, line: this.#lines, at, level, text, expiresAt });
  }
}
