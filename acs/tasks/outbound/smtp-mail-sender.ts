import type { Mail, MailSender } from '../ports/notifiers.js';
import { OutboundFailure } from '../ports/workflow-ports.js';

/** Milliseconds for the connection, its greeting, and each answer after that. */
const TIMEOUT = 10_000;
/** Receivers of one mail. */
const MAX_RECEIVERS = 50;
/** `name@host`, without what could begin another header or another receiver. */
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()\\]{1,255}$/;

export interface SmtpOptions {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the beginning; STARTTLS is used where it is offered. */
  url: string;
  from: string;
  /** Certificates to trust besides those of the system, PEM. */
  ca?: string;
}

/** Mails of workflows by the administrator's own SMTP server. */
export class SmtpMailSender implements MailSender {
  readonly #options: SmtpOptions;

  constructor(options: SmtpOptions) {
    this.#options = options;
  }

  async send({ to, cc, subject, text }: Mail): Promise<void> {
    const receivers = [...to, ...cc];
    if (to.length === 0) throw new OutboundFailure('the mail has no receiver');
    if (receivers.length > MAX_RECEIVERS)
      throw new OutboundFailure(`the mail has ${receivers.length} receivers, ${MAX_RECEIVERS} are allowed`);
    const wrong = receivers.find((address) => !ADDRESS.test(address));
    if (wrong !== undefined) throw new OutboundFailure(`${wrong.slice(0, 100)} is no mail address`);
    const { url, from, ca } = this.#options;
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      ...{ url, connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT },
      ...{ disableFileAccess: true, disableUrlAccess: true },
      ...(ca !== undefined && { tls: { ca } }),
    });
    try {
      await transport.sendMail({ from, to: [...to], cc: [...cc], subject, text });
    } catch (error) {
      throw new OutboundFailure(`the mail server did not take it (${reasonOf(error)})`);
    } finally {
      transport.close();
    }
  }
}

/** The code and the server's reply code; their texts may hold credentials. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const parts = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
  return parts.length === 0 ? 'unknown reason' : parts.join(' ');
}
