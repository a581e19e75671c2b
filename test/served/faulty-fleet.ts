import type { Cpe } from '../cpe-simulator/index.js';
import type { ServedSystem } from './served-system.js';

const AT_ONCE = 16;

/** Many CPEs, of which every fifth answers a GetParameterNames with a fault. */
export class FaultyFleet {
  readonly cpes: readonly Cpe[];

  constructor(system: ServedSystem, count: number) {
    this.cpes = Array.from({ length: count }, (_, index) =>
      system.cpe({
        model: 'tr181',
        serialNumber: `WAVE${String(index).padStart(5, '0')}`,
        connectionRequest: false,
        http: { connection: 'shared' },
        traceLimit: 0,
        sessionLimit: 1,
        faults:
          index % 5 === 0
            ? [{ after: { rpc: 'GetParameterNames' }, do: { fault: 9002 }, times: Infinity }]
            : [],
      }),
    );
  }

  /** Switches all on; resolves when each has had its first session. */
  async start(): Promise<void> {
    await this.#each(async (cpe) => {
      await cpe.start();
      await cpe.sessionWith(() => true);
    });
  }

  /** Each calls in once. */
  async callIn(): Promise<void> {
    await this.#each(async (cpe) => {
      await cpe.inform('2 PERIODIC');
    });
  }

  async #each(act: (cpe: Cpe) => Promise<void>): Promise<void> {
    const left = [...this.cpes];
    const work = async (): Promise<void> => {
      for (let cpe = left.shift(); cpe; cpe = left.shift()) await act(cpe);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}
