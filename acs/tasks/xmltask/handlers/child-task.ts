import { childText } from '../child-config.js';
import type { XmlElement } from '../document.js';
import type { EffectAnswer } from '../effects.js';
import { failureAt } from '../failure.js';
import type { Handler, Handlers } from '../handler.js';
import type { Interpreter } from '../interpreter.js';
import type { StoredVariable } from '../state.js';

/** A child that reads the whole data model, as its own type does. */
const reload: Handler = {
  flushes: true,
  run: (_machine, element) => ({
    ...{ kind: 'child', node: element.id, type: 'RefreshDataModel', template: null },
    ...{ config: { useQuota: true }, xml: null, inputs: [], defaults: [] },
  }),
  answered: (_machine, element, answer) => assertWell(element, answer),
};

/** xmltask.md §6.6. */
export const TASK_HANDLERS: Handlers = {
  reloadDialect: reload,
  task: {
    flushes: true,
    run(machine, element) {
      const type = machine.text(element, 'class');
      const template = machine.text(element, 'template');
      const config = element.children.find(({ name }) => name === 'config');
      return {
        ...{ kind: 'child', node: element.id },
        type: type === '' ? null : type,
        template: template === '' ? null : template,
        config: {},
        xml: config ? childText(machine.document, config) : null,
        inputs: inputsOf(machine, element),
        defaults: machine.defaultsAt(element),
      };
    },
    answered(machine, element, answer) {
      if (answer.kind !== 'child') return;
      takeOutputs(machine, element, answer.outputs);
      if (answer.status !== 'ERROR') {
        if (answer.status === 'WARNING') machine.world.log('WARN', `child ${answer.type}: ${answer.summary}`);
        return;
      }
      if (!machine.flag(element, 'ignoreError')) assertWell(element, answer);
      machine.world.log('WARN', `child ${answer.type}: ${answer.summary} is ignored`);
    },
  },
};

function assertWell(element: XmlElement, answer: EffectAnswer): void {
  if (answer.kind === 'child' && answer.status === 'ERROR')
    throw failureAt(element, `child ${answer.type}: ${answer.summary}`);
}

function inputsOf(machine: Interpreter, element: XmlElement): StoredVariable[] {
  return element.children
    .filter(({ name }) => name === 'input')
    .flatMap((input) => {
      const name = machine.text(input, 'var');
      const value = machine.variable(name);
      if (value === null) return [];
      const alias = machine.text(input, 'alias');
      return [{ name: alias === '' ? name : alias, value, secret: machine.variables.isSecret(name) }];
    });
}

/** Those that the child has set; the others stay as they were here. */
function takeOutputs(machine: Interpreter, element: XmlElement, outputs: readonly StoredVariable[]): void {
  const found = new Map(outputs.map((one) => [one.name, one]));
  for (const output of element.children.filter(({ name }) => name === 'output')) {
    const one = found.get(machine.text(output, 'var'));
    const alias = machine.text(output, 'alias');
    if (one) machine.setVariable(element, alias === '' ? one.name : alias, one.value, one.secret);
  }
}
