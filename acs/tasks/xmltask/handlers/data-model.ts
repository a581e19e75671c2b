import type { XmlElement } from '../document.js';
import type { CallArguments, Effect, InitialValue } from '../effects.js';
import type { Handlers } from '../handler.js';
import type { Interpreter } from '../interpreter.js';
import { asObject } from '../keys.js';
import { holdsSecret } from '../request-queue.js';

const plainType = (type: string): string => type.replace(/^xsd?:/, '');

/** xmltask.md §4, loops and queries apart. */
export const DATA_MODEL_HANDLERS: Handlers = {
  get: {
    run(machine, element) {
      const path = machine.path(machine.text(element, 'key'));
      const output = machine.text(element, 'output');
      const flush = machine.flag(element, 'flush');
      const known = machine.flag(element, 'fromCache') ? machine.world.known(path) : null;
      if (known === null) {
        const ignoreFaults = machine.flag(element, 'ignoreFaults');
        machine.enqueue({ kind: 'get', node: element.id, path, output, ignoreFaults }, flush);
        return null;
      }
      const value = typeof known === 'string' ? known : JSON.stringify(known);
      machine.setVariable(element, output, value, holdsSecret(path, value));
      if (flush) machine.flush();
      return null;
    },
  },
  set: {
    run(machine, element) {
      machine.enqueue(
        {
          ...{ kind: 'set', node: element.id, path: machine.path(machine.text(element, 'key')) },
          value: machine.text(element, 'value'),
          type: plainType(machine.text(element, 'type')),
          ignoreFaults: machine.flag(element, 'ignoreFaults'),
        },
        machine.flag(element, 'flush'),
      );
      return null;
    },
  },
  getParameters: {
    run(machine, element) {
      const key = machine.text(element, 'key');
      const path = key === '' ? machine.path('') : machine.path(key);
      machine.enqueue({ kind: 'names', node: element.id, path, ignoreFaults: false }, true);
      return null;
    },
  },
  add: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'add', node: element.id },
      table: asObject(machine.path(machine.text(element, 'parentKey'))),
      values: element.children
        .filter(({ name }) => name === 'with')
        .map((child): InitialValue => ({
          key: machine.text(child, 'key'),
          value: machine.text(child, 'value'),
          type: plainType(machine.text(child, 'type')),
        })),
      getChildren: machine.flag(element, 'getChildren'),
    }),
    answered(machine, element, answer) {
      if (answer.kind !== 'added') return;
      const output = machine.text(element, 'output');
      if (output !== '') machine.setVariable(element, output, answer.instance);
      machine.open(element, { prefix: answer.path });
    },
  },
  delete: {
    run(machine, element) {
      const path = asObject(machine.path(machine.text(element, 'key')));
      machine.enqueue(
        { kind: 'delete', node: element.id, path, ignoreFaults: false },
        machine.flag(element, 'flush'),
      );
      return null;
    },
  },
  in: {
    run(machine, element) {
      machine.open(element, { prefix: asObject(machine.path(machine.text(element, 'key'))) });
      return null;
    },
  },
  setParameterAttributes: {
    run(machine, element) {
      const changes = (name: string): boolean => machine.flag(element, name);
      const accessList = machine.text(element, 'accessList');
      machine.enqueue(
        {
          ...{
            kind: 'attributes',
            node: element.id,
            path: machine.path(machine.text(element, 'parameterName')),
          },
          notification: changes('notificationChange') ? machine.number(element, 'notification') : null,
          accessList: changes('accessListChange')
            ? accessList
                .split(',')
                .map((one) => one.trim())
                .filter((one) => one !== '')
            : null,
          ignoreFaults: changes('ignoreFaults'),
        },
        true,
      );
      return null;
    },
  },
  mapping: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'mapping' },
      args: {
        key: machine.path(machine.text(element, 'key')),
        target: machine.text(element, 'target'),
        forceRefresh: machine.flag(element, 'forceRefresh'),
      },
    }),
  },
  dataModelChanges: {
    flushes: true,
    run: (machine, element): Effect => ({
      ...{ kind: 'call', node: element.id, name: 'dataModelChanges' },
      args: { nodes: changesIn(machine, element, machine.path('')) },
    }),
  },
};

/** The tree of changes as a list, parents before children, keys as full paths. */
function changesIn(
  machine: Interpreter,
  element: XmlElement,
  prefix: string,
): Extract<CallArguments[string], unknown[]> {
  return element.children.flatMap((child) => {
    const object = child.name === 'object';
    const key = machine.text(child, 'key');
    // A key in an object is relative to it unless it is a full one.
    const full = machine.path(key) === key || key.startsWith('Root.');
    const path = full ? machine.path(key) : prefix + key;
    const change = {
      path: object ? asObject(path) : path,
      ...facts(machine, child, object),
    };
    return [change, ...(object ? changesIn(machine, child, asObject(path)) : [])];
  });
}

function facts(
  machine: Interpreter,
  element: XmlElement,
  object: boolean,
): Record<string, string | number | boolean | null> {
  const optionalFlag = (name: string): boolean | null => {
    const value = machine.value(element, name);
    return typeof value === 'boolean' ? value : null;
  };
  const shared = {
    writable: optionalFlag('writable'),
    retained: optionalFlag('retained') ?? false,
    deleted: machine.flag(element, 'deleted'),
  };
  return object
    ? {
        ...shared,
        refreshed: machine.flag(element, 'refreshed'),
        treeRefreshed: machine.flag(element, 'treeRefreshed'),
        valuesRefreshed: machine.flag(element, 'valuesRefreshed'),
      }
    : {
        ...shared,
        value: machine.optionalText(element, 'value'),
        type: plainType(machine.text(element, 'type')),
        notification: machine.number(element, 'notificationMode'),
      };
}
