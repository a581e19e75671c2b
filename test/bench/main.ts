import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { runSessionBench, type SessionBench } from './sessions.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** CPU profiles of the ACS worker are written into this folder, one for each kind of session. */
    profile: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    devices: { type: 'string', default: '300' },
    /** Only the sessions. */
    'sessions-only': { type: 'boolean', default: false },
  },
});

interface Part {
  title: string;
  file: string;
  /** The function that the file exports. */
  name: string;
}

const PARTS: readonly Part[] = [
  { title: 'Store', file: './store.ts', name: 'runStoreBench' },
  { title: 'Codec', file: './codec.ts', name: 'runCodecBench' },
  { title: 'Parameter tree', file: './tree.ts', name: 'runTreeBench' },
  { title: 'List of tasks', file: './queue.ts', name: 'runQueueBench' },
];

/** The figures of the parts that are there. */
async function runParts(): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {};
  for (const { file, name } of PARTS) {
    const url = new URL(file, import.meta.url);
    if (!existsSync(url)) continue;
    const part = (await import(url.href)) as Record<string, (() => unknown) | undefined>;
    figures[name.replace(/^run|Bench$/g, '').toLowerCase()] = await part[name]?.();
  }
  return figures;
}

function printSessions(bench: SessionBench): void {
  console.log(
    `Sessions of ${bench.devices} devices with ${bench.parameters} known parameters, ${bench.concurrency} at once, median of ${bench.rounds} rounds`,
  );
  console.table(
    Object.fromEntries(
      Object.values(bench.scenarios).map((figures) => [
        figures.title,
        {
          'ACS ms': round(figures.acs, 3),
          'bare node:http ms': round(figures.bare, 4),
          ratio: round(figures.ratio, 1),
          target: `≤ ${figures.target}`,
          met: figures.ratio <= figures.target ? 'yes' : 'NO',
          'store ms': figures.store === null ? '–' : round(figures.store, 3),
          'sessions/s': Math.round(figures.rate),
        },
      ]),
    ),
  );
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Nested figures as rows; a list of objects is a table of its own. */
function printFigures(title: string, figures: unknown): void {
  if (typeof figures !== 'object' || figures === null) return;
  if (Array.isArray(figures)) {
    console.log(`\n${title}`);
    console.table(shownDeep(figures));
    return;
  }
  const plain: Record<string, unknown> = {};
  const nested: [string, unknown][] = [];
  for (const [name, value] of Object.entries(figures as Record<string, unknown>))
    if (typeof value === 'object' && value !== null) nested.push([name, value]);
    else plain[name] = shown(value);
  console.log(`\n${title}`);
  if (Object.keys(plain).length > 0) console.table(plain);
  for (const [name, value] of nested) {
    console.log(name);
    console.table(shownDeep(value));
  }
}

const shown = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);

function shownDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownDeep);
  if (typeof value !== 'object' || value === null) return shown(value);
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([name, one]) => [name, shownDeep(one)]),
  );
}

const sessions = await runSessionBench({
  rounds: Number(values.rounds),
  devices: Number(values.devices),
  profile: values.profile ?? null,
});
const parts = values['sessions-only'] ? {} : await runParts();
const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model ?? '' };
if (values.json) console.log(JSON.stringify({ machine, sessions, ...parts }, null, 2));
else {
  console.log(`Node ${machine.node}, ${machine.cpus} CPUs (${machine.model})\n`);
  printSessions(sessions);
  for (const { title, name } of PARTS) {
    const figures = parts[name.replace(/^run|Bench$/g, '').toLowerCase()];
    if (figures !== undefined) printFigures(title, figures);
  }
}
