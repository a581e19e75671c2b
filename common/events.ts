/** What happened, for whoever watches: the console's live stream now, webhooks later (northbound.md §7). */
export interface ProvostEvent {
  /** Grows; the `Last-Event-ID` of the stream. */
  id: string;
  /** `device.created`, `execution.finished` … */
  type: string;
  time: Date;
  /** The device or object it is about. */
  subject: string;
  domain: string;
  /** Small: identity, what changed. Never a secret. */
  data: Record<string, unknown>;
}

export interface EventBus {
  publish(type: string, subject: string, data?: Record<string, unknown>, domain?: string): void;
  /** Returns its own undo. The listener must not throw. */
  subscribe(listener: (event: ProvostEvent) => void): () => void;
  /** Events after the one of this id that are still kept; null when it is too old to continue from. */
  since(id: string): readonly ProvostEvent[] | null;
  /** Where `since` goes on from now: the id of the newest event, or what stands for it before the first. */
  latest(): string;
}
