import type {
  Answer,
  ConductedSession,
  Conductor,
  Contact,
  SessionEnd,
} from '../../../acs/cwmp/conductor.js';
import type { AcsRequest, CpeRequest } from '../../../acs/cwmp/messages.js';

/** One session as the Conductor saw it. */
export class ConductedTrace implements ConductedSession {
  readonly deviceId: string;
  readonly contact: Contact;
  readonly received: CpeRequest[] = [];
  readonly answers: (Answer | null)[] = [];
  end: SessionEnd | null = null;
  currentTask: string | null = null;
  /** Calls that were running at once; more than one is a fault of the session. */
  overlaps = 0;
  readonly #owner: FakeConductor;
  #running = 0;

  constructor(contact: Contact, owner: FakeConductor) {
    this.contact = contact;
    this.deviceId = contact.inform.deviceId.serialNumber;
    this.#owner = owner;
  }

  receive(request: CpeRequest): Promise<void> {
    return this.#alone(async () => {
      this.received.push(request);
      await this.#owner.onReceive(request);
    });
  }

  next(answer: Answer | null): Promise<AcsRequest | null> {
    return this.#alone(async () => {
      this.answers.push(answer);
      const request = await this.#owner.onNext(answer, this);
      this.currentTask = request ? 'd:test:1' : null;
      return request;
    });
  }

  close(end: SessionEnd): Promise<void> {
    return this.#alone(async () => {
      if (this.end) throw new Error('closed twice');
      this.end = end;
      await this.#owner.onClose();
    });
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    if (this.#running > 1) this.overlaps += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}

/** A Conductor that plays a script: the requests of `script` in order, then nothing. */
export class FakeConductor implements Conductor {
  readonly sessions: ConductedTrace[] = [];
  script: AcsRequest[] = [];
  onOpen: (contact: Contact) => Promise<void> = () => Promise.resolve();
  onReceive: (request: CpeRequest) => Promise<void> = () => Promise.resolve();
  onNext: (answer: Answer | null, session: ConductedTrace) => Promise<AcsRequest | null> = (_, session) =>
    Promise.resolve(this.script[session.answers.length - 1] ?? null);
  onClose: () => Promise<void> = () => Promise.resolve();

  async open(contact: Contact): Promise<ConductedSession> {
    await this.onOpen(contact);
    const session = new ConductedTrace(contact, this);
    this.sessions.push(session);
    return session;
  }

  get last(): ConductedTrace {
    const session = this.sessions.at(-1);
    if (!session) throw new Error('No session was opened');
    return session;
  }
}
