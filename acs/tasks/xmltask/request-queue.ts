import type { RecordedFault } from '../../../store/models/execution.js';
import { isSecretPath } from '../../devices/secret-paths.js';
import type { EffectAnswer } from './effects.js';
import { failureAt } from './failure.js';
import type { Interpreter } from './interpreter.js';
import type { QueuedRequest } from './state.js';

/** Kinds whose neighbours go in one request (xmltask.md §3). */
const MERGED: ReadonlySet<QueuedRequest['kind']> = new Set(['get', 'set']);

/** Takes the first request and the neighbours that go with it out of the queue; null = it is empty. */
export function takeGroup(queue: QueuedRequest[]): QueuedRequest[] | null {
  const [first] = queue;
  if (!first) return null;
  let count = 1;
  if (MERGED.has(first.kind)) while (queue[count]?.kind === first.kind) count += 1;
  return queue.splice(0, count);
}

/** Variables and data from what came of a group. Throws `Failure` for a fault that is not ignored. */
export function takeAnswers(
  machine: Interpreter,
  requests: readonly QueuedRequest[],
  answer: EffectAnswer,
): void {
  const [first] = requests;
  if (!first) return;
  const element = machine.elementOf(first.node);
  switch (answer.kind) {
    case 'failed':
      throw failureAt(element, answer.text);
    case 'fault':
      refused(machine, requests, answer.fault);
      return;
    case 'answered':
      requests.forEach((request, index) => {
        const fault = answer.faults?.[index];
        if (fault) refused(machine, [request], fault);
        else if (request.kind === 'get') store(machine, request, answer.values[index] ?? null);
      });
      return;
    default:
      throw new Error(`Requests were answered with ${answer.kind}`);
  }
}

/** A fault of a merged request is ignored only if all its members ignore faults (xmltask.md §3). */
function refused(machine: Interpreter, requests: readonly QueuedRequest[], fault: RecordedFault): void {
  const strict = requests.find(({ ignoreFaults }) => !ignoreFaults);
  const culprit = machine.elementOf((strict ?? requests[0])?.node ?? 0);
  const text = `fault ${fault.code} ${fault.text}`.trim();
  if (strict) throw failureAt(culprit, text, fault);
  machine.world.log('WARN', `${text} is ignored: <${culprit.name}> in line ${culprit.line}`);
  machine.setVariable(culprit, 'lastFault', `${fault.code} ${fault.text}`.trim());
  for (const request of requests)
    if (request.kind === 'get') machine.setVariable(machine.elementOf(request.node), request.output, null);
}

function store(
  machine: Interpreter,
  request: Extract<QueuedRequest, { kind: 'get' }>,
  value: string | null,
): void {
  const element = machine.elementOf(request.node);
  if (value === null && !request.ignoreFaults)
    throw failureAt(element, `not found: ${request.path} is missing in the device's answer`);
  machine.setVariable(element, request.output, value, value !== null && holdsSecret(request.path, value));
}

/** Of an object the value is JSON of relative path → value. */
export function holdsSecret(path: string, value: string): boolean {
  if (!path.endsWith('.')) return isSecretPath(path);
  const values = JSON.parse(value) as Record<string, string>;
  return Object.entries(values).some(([key, one]) => one !== '' && isSecretPath(path + key));
}
