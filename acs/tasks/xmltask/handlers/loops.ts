import type { XmlElement } from '../document.js';
import { failureAt } from '../failure.js';
import type { Handlers } from '../handler.js';
import type { Interpreter } from '../interpreter.js';
import { asObject } from '../keys.js';

/** Characters of all elements of one loop: they are kept with the state. */
const MAX_LIST = 1_048_576;

/** find, foreach and while (xmltask.md §4.6, §6.2). */
export const LOOP_HANDLERS: Handlers = {
  find: {
    flushes: true,
    run: (_machine, element) => ({ kind: 'query', node: element.id }),
    answered(machine, element, answer) {
      if (answer.kind !== 'keys') return;
      machine.setVariable(element, machine.text(element, 'output'), answer.keys.join(','));
      const inside = machine.flag(element, 'in');
      const [first] = answer.keys;
      if (inside && first === undefined) return;
      machine.open(element, inside && first !== undefined ? { prefix: asObject(first) } : {});
    },
  },
  foreach: {
    flushes: (_machine, element) => (element.attributes.get('query')?.value ?? '') !== '',
    run(machine, element) {
      if ((element.attributes.get('query')?.value ?? '') !== '') return { kind: 'query', node: element.id };
      const list = machine.value(element, 'list');
      begin(machine, element, Array.isArray(list) ? (list as string[]) : []);
      return null;
    },
    answered(machine, element, answer) {
      if (answer.kind === 'keys') begin(machine, element, answer.keys);
    },
    left(machine, element) {
      const frame = machine.frame;
      frame.index = (frame.index ?? 0) + 1;
      frame.child = 0;
      if (frame.index >= (frame.list?.length ?? 0)) machine.close();
      else enter(machine, element);
      return null;
    },
  },
  while: {
    run(machine, element) {
      if (condition(machine, element)) machine.open(element);
      return null;
    },
    left(machine) {
      machine.close(true);
      return null;
    },
  },
};

/** The list is as it is now; what the passes change has no effect on it. */
function begin(machine: Interpreter, element: XmlElement, list: readonly string[]): void {
  if (list.length === 0) return;
  if (list.reduce((sum, one) => sum + one.length, 0) > MAX_LIST)
    throw failureAt(element, 'the list of the loop is over 1 MiB');
  machine.open(element, { list: [...list], index: 0 });
  enter(machine, element);
}

function enter(machine: Interpreter, element: XmlElement): void {
  const frame = machine.frame;
  const current = frame.list?.[frame.index ?? 0] ?? '';
  // Evaluated outside its own prefix.
  delete frame.prefix;
  const inside = machine.flag(element, 'in');
  machine.setVariable(element, machine.text(element, 'iterator'), current);
  if (inside) frame.prefix = asObject(machine.path(current));
}

export function condition(machine: Interpreter, element: XmlElement): boolean {
  const value = machine.value(element, 'expr');
  if (typeof value !== 'boolean') throw failureAt(element, 'expression: expr is no truth value');
  return value;
}
