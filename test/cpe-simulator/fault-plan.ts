/** When a fault strikes. */
export type FaultTrigger =
  /** At that request of the ACS. */
  | { readonly rpc: string }
  /** After the n-th message from the ACS in a session (the InformResponse is 1); 0 is before anything was answered. */
  | { readonly message: number }
  /** While a transfer runs. */
  | { readonly transfer: 'Download' | 'Upload' };

/** What the CPE does instead of what it should. */
export type FaultAction =
  /** Breaks the TCP connection off. */
  | 'drop'
  /** Sends something that is not XML. */
  | 'garbage'
  /** Never answers; ends its session after its own time-out. */
  | 'silence'
  /** Restarts at once. */
  | 'reboot'
  /** Answers with an empty POST. */
  | 'empty'
  /** Milliseconds before it goes on as usual. */
  | { readonly delay: number }
  /** Answers with that fault; in a transfer: reports it in TransferComplete. */
  | { readonly fault: number; readonly text?: string };

export interface FaultRule {
  readonly after: FaultTrigger;
  readonly do: FaultAction;
  /** How often it strikes; once if not given, `Infinity` for always. */
  readonly times?: number;
}

interface ArmedRule {
  readonly rule: FaultRule;
  left: number;
}

/** The faults that a CPE is told to commit; rules can be added and taken away at any time. */
export class FaultPlan {
  #armed: ArmedRule[] = [];

  constructor(rules: readonly FaultRule[] = []) {
    for (const rule of rules) this.add(rule);
  }

  /** Adds a rule; the function returned takes it away. */
  add(rule: FaultRule): () => void {
    const armed = { rule, left: rule.times ?? 1 };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  get rules(): readonly FaultRule[] {
    return this.#armed.map((armed) => armed.rule);
  }

  #strike(matches: (trigger: FaultTrigger) => boolean): FaultAction | undefined {
    const armed = this.#armed.find((candidate) => matches(candidate.rule.after));
    if (!armed) return undefined;
    armed.left -= 1;
    if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
    return armed.rule.do;
  }

  /** The action for a request of the ACS or for the message number, if a rule names it. */
  forMessage(received: number, rpc: string | undefined): FaultAction | undefined {
    return this.#strike(
      (trigger) =>
        ('message' in trigger && trigger.message === received) ||
        ('rpc' in trigger && rpc !== undefined && trigger.rpc === rpc),
    );
  }

  forTransfer(kind: 'Download' | 'Upload'): FaultAction | undefined {
    return this.#strike((trigger) => 'transfer' in trigger && trigger.transfer === kind);
  }
}
