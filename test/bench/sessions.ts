import type { Introduction, LoadOrder, LoadResult, Scenario } from './load-worker.js';
import { cpuOf, median, Worker } from './worker.js';

export interface ScenarioFigures {
  /** What the session does. */
  title: string;
  /** CPU of the ACS worker, milliseconds per session; median of the rounds. */
  acs: number;
  /** CPU of the store's process, milliseconds per session; null where it cannot be measured. */
  store: number | null;
  /** CPU of a bare node:http server for the same exchanges, milliseconds per session. */
  bare: number;
  /** acs / bare. */
  ratio: number;
  target: number;
  /** Sessions a second that the ACS served during the rounds, all processes sharing the machine. */
  rate: number;
  /** Bytes of the bodies of one session, in order. */
  requests: number[];
  replies: number[];
}

export interface SessionBench {
  devices: number;
  parameters: number;
  rounds: number;
  concurrency: number;
  scenarios: Record<Scenario, ScenarioFigures>;
}

export interface SessionBenchOptions {
  devices?: number;
  parameters?: number;
  rounds?: number;
  warmUp?: number;
  concurrency?: number;
  /** Folder for CPU profiles of the ACS worker in one more round of each scenario. */
  profile?: string | null;
}

const SCENARIOS: readonly { name: Scenario; title: string; target: number }[] = [
  { name: 'idle', title: 'periodic Inform, nothing to do', target: 15 },
  { name: 'set', title: 'periodic Inform, one SetValues', target: 25 },
];

/** The bare server does the same so many times more often in a round: what it uses for one session is hard to measure. */
const BARE_FACTOR = 4;

interface Round {
  acs: number;
  store: number | null;
  bare: number;
  rate: number;
}

/** CPU per session of the ACS worker, beside that of a bare server under the same load in the same run. */
export async function runSessionBench(options: SessionBenchOptions = {}): Promise<SessionBench> {
  const { devices = 300, parameters = 1_000, rounds = 7, warmUp = 5, concurrency = 8 } = options;
  const profile = options.profile ?? null;
  const acs = new Worker('./acs-worker.ts');
  const bare = new Worker('./bare-worker.ts');
  const load = new Worker('./load-worker.ts');
  try {
    const place = (await acs.ask('prepare', { devices, parameters })) as {
      port: number;
      storePid: number | null;
    };
    const barePort = (await bare.ask('prepare')) as number;
    const run = async (order: Omit<LoadOrder, 'devices' | 'concurrency'>): Promise<LoadResult> =>
      (await load.ask('run', { ...order, devices, concurrency })) as LoadResult;

    await load.ask('introduce', { port: place.port, devices } satisfies Introduction);

    const measured: Record<Scenario, Round[]> = { idle: [], set: [] };
    const sizes: Record<Scenario, Pick<LoadResult, 'requests' | 'replies'>> = {
      idle: { requests: [], replies: [] },
      set: { requests: [], replies: [] },
    };
    for (let round = 0; round < warmUp + rounds; round += 1)
      for (const { name } of SCENARIOS) {
        if (name === 'set') await acs.ask('plan', { devices, round });
        const before = { acs: await acs.cpu(), store: cpuOf(place.storePid) };
        const result = await run({ port: place.port, scenario: name, passes: 1, replies: null });
        const done = (await acs.ask('settle')) as number;
        const after = { acs: await acs.cpu(), store: cpuOf(place.storePid) };
        if (name === 'set' && done !== devices)
          throw new Error(`Only ${done} of ${devices} tasks were executed`);
        sizes[name] = result;

        const bareBefore = await bare.cpu();
        const { replies } = result;
        const same = await run({ port: barePort, scenario: name, passes: BARE_FACTOR, replies });
        const bareAfter = await bare.cpu();
        if (round < warmUp) continue;
        measured[name].push({
          acs: (after.acs - before.acs) / result.sessions,
          store:
            before.store === null || after.store === null
              ? null
              : (after.store - before.store) / result.sessions,
          bare: (bareAfter - bareBefore) / same.sessions,
          rate: (result.sessions / result.duration) * 1_000,
        });
      }
    for (const { name } of profile === null ? [] : SCENARIOS) {
      if (name === 'set') await acs.ask('plan', { devices, round: warmUp + rounds });
      await acs.ask('startProfile');
      await run({ port: place.port, scenario: name, passes: 1, replies: null });
      await acs.ask('settle');
      await acs.ask('stopProfile', { folder: profile, name });
    }
    const figures = SCENARIOS.map(({ name, title, target }): [Scenario, ScenarioFigures] => {
      const all = measured[name];
      const stores = all.flatMap(({ store }) => (store === null ? [] : [store]));
      const [acsCpu, bareCpu] = [median(all.map((one) => one.acs)), median(all.map((one) => one.bare))];
      return [
        name,
        {
          ...{ title, target, acs: acsCpu, bare: bareCpu, ratio: acsCpu / bareCpu },
          store: stores.length === 0 ? null : median(stores),
          rate: median(all.map((one) => one.rate)),
          requests: sizes[name].requests,
          replies: sizes[name].replies,
        },
      ];
    });
    const scenarios = Object.fromEntries(figures) as Record<Scenario, ScenarioFigures>;
    return { devices, parameters, rounds, concurrency, scenarios };
  } finally {
    await Promise.all([acs.stop(), bare.stop(), load.stop()]);
  }
}
