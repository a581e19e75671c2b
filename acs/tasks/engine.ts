import type { Conductor, ConductedSession, Contact } from '../cwmp/conductor.js';
import type { ContactFacts } from '../devices/contacts.js';
import {
  DEFAULT_LIMITS,
  DEFAULT_RETENTION,
  type EngineParts,
  type TaskEngineOptions,
} from './engine-options.js';
import { StoredQuotas } from './quotas.js';
import { storedPorts } from './stored-ports.js';
import { SessionRun } from './session-run.js';
import { SharedDefinitions } from './shared-definitions.js';
import { SessionRecords } from './session-records.js';
import type { Quotas } from './task-type.js';

export type { TaskEngineOptions } from './engine-options.js';

/** Decides what each session does: works off the device's list of tasks in its order (tasks.md §6). */
export class TaskEngine implements Conductor {
  readonly #parts: EngineParts;
  readonly #quota: Quotas;
  /** By device; at most one each, the newest. */
  readonly #sessions = new Map<string, SessionRun>();
  #stopping = false;

  constructor(options: TaskEngineOptions) {
    this.#parts = {
      ...options,
      ports: { ...storedPorts(options), ...options.ports },
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      retention: { ...DEFAULT_RETENTION, ...options.retention },
      records: new SessionRecords(options.store),
      definitions: new SharedDefinitions(options.store, options.clock),
    };
    this.#quota = new StoredQuotas(options.store, this.#parts.limits, options.clock);
  }

  /** Sessions that are open in this process. */
  get openSessions(): number {
    return this.#sessions.size;
  }

  async open(contact: Contact): Promise<ConductedSession> {
    const [opened, definitionRevision] = await Promise.all([
      this.#parts.contacts.open(factsOf(contact)),
      this.#parts.definitions.revision(),
    ]);
    const older = this.#sessions.get(opened.device._id);
    const session = new SessionRun({
      parts: this.#parts,
      contact,
      opened,
      definitionRevision,
      quota: this.#quota,
      stopping: () => this.#stopping,
      ended: (ending) => {
        if (this.#sessions.get(ending.deviceId) === ending) this.#sessions.delete(ending.deviceId);
      },
    });
    this.#sessions.set(session.deviceId, session);
    try {
      // Its open request is lost; that is written down before the reports are read for the new session.
      await older?.supersede();
      await session.settleInform();
    } catch (error) {
      if (this.#sessions.get(session.deviceId) === session) this.#sessions.delete(session.deviceId);
      throw error;
    }
    this.#parts.events.publish(
      'session.started',
      session.deviceId,
      {
        device: session.deviceId,
        session: session.sessionId,
        events: contact.inform.events.map(({ code }) => code),
      },
      session.device.domain,
    );
    return session;
  }

  /** From now on sessions end after the task at hand; what has not begun waits for another session. */
  drain(): void {
    this.#stopping = true;
  }
}

function factsOf({ inform, ...contact }: Contact): ContactFacts {
  return {
    ...contact,
    deviceId: inform.deviceId,
    events: inform.events,
    retryCount: inform.retryCount,
    maxEnvelopes: inform.maxEnvelopes,
    currentTime: inform.currentTime,
    parameters: inform.parameters,
  };
}
