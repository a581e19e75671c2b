import type { EffectAnswer, Effect } from '../../../../acs/tasks/xmltask/effects.js';
import { Interpreter, type World } from '../../../../acs/tasks/xmltask/interpreter.js';
import type { MachineState } from '../../../../acs/tasks/xmltask/state.js';
// The table of types, which children of workflows are looked up in.
import '../../../../acs/tasks/task-types.js';
import { parseXmlTask } from '../../../../acs/tasks/xmltask/validate.js';
import { ManualClock } from '../../../../common/clock.js';

export interface ExpressionAnswer {
  status: string;
  summary: string;
  /** Effects that were asked for. */
  executed: number;
  state: MachineState;
  lines: string[];
}

/** A world of plain values; each look at the time costs `tick` milliseconds, of which there are 10,000. */
export function pureWorld({ clock = new ManualClock(), tick = 0 } = {}): World & { lines: string[] } {
  const started = clock.now().getTime();
  const lines: string[] = [];
  return {
    lines,
    root: 'Device.',
    properties: new Map(),
    domain: '/',
    execution: 'e',
    environment: ({ variables, prefix }) => ({
      now: clock.now(),
      zone: 'UTC',
      variables,
      prefix,
      root: 'Device.',
    }),
    now: () => clock.now(),
    overtime: () => {
      clock.advance(tick);
      return clock.now().getTime() - started > 10_000;
    },
    known: () => null,
    log: (level, text) => void lines.push(`${level} ${text}`),
  };
}

/** What is well for every effect. */
export function goodAnswer(effect: Effect): EffectAnswer {
  switch (effect.kind) {
    case 'requests':
      return {
        kind: 'answered',
        values: effect.requests.map((request) =>
          request.kind === 'get' && request.path.endsWith('.') ? '{}' : '1',
        ),
      };
    case 'query':
      return { kind: 'keys', keys: ['Device.A.1.', 'Device.A.2.'] };
    case 'add':
      return { kind: 'added', instance: '3', path: `${effect.table}3.` };
    case 'child':
      return { kind: 'child', type: 'X', status: 'SUCCESS', summary: '', outputs: [] };
    case 'call':
      return {
        kind: 'result',
        values: { taken: true, text: 'text', status: '200', out: [], output: 'ok', values: [] },
      };
    default:
      return { kind: 'resumed' };
  }
}

/** Runs a workflow without anything around it. */
export function runPure(xml: string, options: { clock?: ManualClock; tick?: number } = {}): ExpressionAnswer {
  const world = pureWorld(options);
  const machine = new Interpreter(parseXmlTask(xml), world);
  let effect = machine.step();
  let executed = 0;
  for (; effect.kind !== 'end'; executed += 1) effect = machine.step(goodAnswer(effect));
  return {
    status: effect.status,
    summary: effect.summary,
    executed,
    state: machine.state,
    lines: world.lines,
  };
}
