import type { Clock } from '../../common/clock.js';
import type { SessionRpc } from '../../store/models/session.js';
import { summariseAcsMessage, summariseCpeMessage, type MessageSummary } from './about.js';
import type { AcsMessage, CpeMessage } from './soap/envelope.js';

/** Beyond this only the bytes are counted: a session has some ten messages, a runaway one must not fill the memory. */
const RPCS_KEPT = 2_000;
const WARNINGS_KEPT = 100;

/** What happened in one session, as its record shows it. */
export class SessionJournal {
  readonly rpcs: SessionRpc[] = [];
  bytesIn = 0;
  bytesOut = 0;
  readonly #clock: Clock;
  readonly #begin: number;
  readonly #warnings = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begin = clock.elapsed();
  }

  get warnings(): string[] {
    return [...this.#warnings];
  }

  fromCpe(message: CpeMessage, bytes: number, task: string | null): void {
    this.bytesIn += bytes;
    this.#add('cpe', summariseCpeMessage(message), bytes, task);
  }

  fromAcs(message: AcsMessage, bytes: number, task: string | null): void {
    this.bytesOut += bytes;
    this.#add('acs', summariseAcsMessage(message), bytes, task);
  }

  /** The empty answer that ends the session. */
  end(): void {
    this.#add('acs', { message: 'end', about: '', fault: null }, 0, null);
  }

  warn(text: string): void {
    if (this.#warnings.size < WARNINGS_KEPT) this.#warnings.add(text);
  }

  #add(from: 'cpe' | 'acs', summary: MessageSummary, bytes: number, task: string | null): void {
    if (this.rpcs.length >= RPCS_KEPT) {
      this.warn(`more than ${RPCS_KEPT} messages; the later ones are not listed`);
      return;
    }
    const { message, about, fault } = summary;
    const offset = Math.round(this.#clock.elapsed() - this.#begin);
    this.rpcs.push({ offset, from, message, about, bytes, task, fault });
  }
}
