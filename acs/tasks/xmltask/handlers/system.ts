import type { XmlElement } from '../document.js';
import type { CallArguments, CallName, Effect } from '../effects.js';
import { failureAt } from '../failure.js';
import type { Handler, Handlers } from '../handler.js';
import type { Interpreter } from '../interpreter.js';

const SEVERITIES: Readonly<Record<string, number>> = { DEBUG: 0, INFO: 500, WARN: 1_000, ERROR: 2_000 };

const call = (element: XmlElement, name: CallName, args: CallArguments): Effect => ({
  ...{ kind: 'call', node: element.id, name, args },
});

/** A call whose arguments are attributes of the tag. */
const calls = (name: CallName, texts: readonly string[], flags: readonly string[] = []): Handler => ({
  flushes: true,
  run: (machine, element) =>
    call(element, name, {
      ...Object.fromEntries(texts.map((one) => [one, machine.text(element, one)])),
      ...Object.fromEntries(flags.map((one) => [one, machine.flag(element, one)])),
    }),
});

/** xmltask.md §5. */
export const SYSTEM_HANDLERS: Handlers = {
  alert: {
    flushes: true,
    run: (machine, element) =>
      call(element, 'alert', {
        type: machine.text(element, 'type'),
        caption: machine.variables.masked(machine.text(element, 'caption')),
        description: machine.variables.masked(machine.text(element, 'description')),
        raised: machine.flag(element, 'raised'),
        severity: severityOf(machine, element),
        target: machine.text(element, 'target'),
      }),
  },
  copyDeviceProperty: calls(
    'copyDeviceProperty',
    ['sourceIdentity', 'sourcePropName', 'targetPropName'],
    ['skipNonExisting'],
  ),
  removeProperty: {
    flushes: true,
    run: (machine, element) =>
      call(element, 'deviceProperty', { name: machine.text(element, 'target'), value: null }),
  },
  store: {
    flushes: (machine, element) => machine.text(element, 'type') !== 'var',
    run(machine, element) {
      const type = machine.text(element, 'type');
      const target = machine.text(element, 'target');
      const value = machine.optionalText(element, 'value');
      if (type === 'var') {
        machine.setVariable(element, target, value, machine.isSecret(element, 'value'));
        return null;
      }
      if (type === 'devProp') return call(element, 'deviceProperty', { name: target, value });
      if (value === null) throw failureAt(element, 'expression: value is null');
      return call(element, 'history', { name: target, value, at: machine.world.now().getTime() });
    },
  },
  join: calls('join', ['group']),
  leave: calls('leave', ['group'], ['leaveSubgroups']),
  setDomain: calls('setDomain', ['domain']),
  deviceRelation: {
    flushes: true,
    run: (machine, element) =>
      call(element, 'deviceRelation', {
        name: machine.text(element, 'name'),
        related: machine.flag(element, 'condition'),
        target: machine.text(element, 'target'),
        condition: element.attributes.get('condition')?.value ?? '',
        targetText: element.attributes.get('target')?.value ?? '',
      }),
  },
  requestConnection: {
    flushes: true,
    run(machine, element) {
      const date = machine.date(element, 'date');
      if (!date) throw failureAt(element, 'expression: date is null');
      return call(element, 'requestConnection', { at: date.getTime() });
    },
  },
};

function severityOf(machine: Interpreter, element: XmlElement): number {
  const text = machine.text(element, 'severity').trim();
  const named = SEVERITIES[text.toUpperCase()];
  if (named !== undefined) return named;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw failureAt(element, `expression: severity must be ${Object.keys(SEVERITIES).join(', ')} or a number`);
}
