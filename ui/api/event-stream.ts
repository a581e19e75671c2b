/** One message of a `text/event-stream`. */
export interface StreamMessage {
  id: string | null;
  event: string;
  data: string;
}

/**
 * Reads server-sent events from text that comes in any pieces (HTML Living Standard §9.2.6).
 * `retry` and comments are left out: the console has its own back-off.
 */
export class EventStreamReader {
  #rest = '';
  #id: string | null = null;
  #event = '';
  #data: string[] = [];

  push(piece: string): StreamMessage[] {
    this.#rest += piece;
    const messages: StreamMessage[] = [];
    for (;;) {
      const end = this.#rest.search(/\r\n|\n|\r(?=.)/s);
      if (end < 0) return messages;
      const line = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + (this.#rest.startsWith('\r\n', end) ? 2 : 1));
      const message = this.#line(line);
      if (message !== null) messages.push(message);
    }
  }

  #line(line: string): StreamMessage | null {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return null;
  }

  #dispatch(): StreamMessage | null {
    const message =
      this.#data.length === 0
        ? null
        : { id: this.#id, event: this.#event === '' ? 'message' : this.#event, data: this.#data.join('\n') };
    this.#data = [];
    this.#event = '';
    return message;
  }
}
