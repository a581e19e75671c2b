import type { XmlElement } from '../document.js';
import type { LineLevel } from '../effects.js';
import { Failure, failureAt } from '../failure.js';
import type { Handler, Handlers } from '../handler.js';
import type { Interpreter } from '../interpreter.js';
import { parseDuration } from '../literals.js';
import type { RunStatus } from '../state.js';
import { condition } from './loops.js';

const transparent: Handler = {
  run(machine, element) {
    machine.open(element);
    return null;
  },
};
const nothing: Handler = { run: () => null };

/** xmltask.md §6; loops and child tasks apart. */
export const FLOW_HANDLERS: Handlers = {
  config: transparent,
  defaults: transparent,
  comment: nothing,
  flush: {
    run(machine) {
      machine.flush();
      return null;
    },
  },
  else: transparent,
  if: {
    run(machine, element) {
      if (condition(machine, element)) machine.open(element);
      else {
        const otherwise = element.children.find(({ name }) => name === 'else');
        if (otherwise) machine.open(otherwise);
      }
      return null;
    },
  },
  wait: {
    flushes: true,
    run(machine, element) {
      const deadline = deadlineOf(machine, element);
      const timeoutMessage = machine.text(element, 'timeoutMessage');
      if (deadline !== null && deadline <= machine.world.now().getTime()) throw new Failure(timeoutMessage);
      const summary = machine.text(element, 'inProgressMessage');
      return {
        ...{ kind: 'park', node: element.id, blocking: machine.flag(element, 'blocking') },
        ...{ deadline, timeoutMessage: machine.variables.masked(timeoutMessage) },
        summary: machine.variables.masked(summary === '' ? 'waiting for the next session' : summary),
        othersFirst: machine.flag(element, 'executeOtherDuringCheck'),
      };
    },
    answered(machine, _element, _answer, effect) {
      if (effect.kind !== 'park' || effect.deadline === null) return;
      if (machine.world.now().getTime() > effect.deadline) throw new Failure(effect.timeoutMessage);
    },
  },
  finish: {
    flushes: true,
    run(machine, element) {
      machine.finish({
        status: machine.text(element, 'status') as RunStatus,
        summary: machine.variables.masked(machine.text(element, 'message')),
        blocking: machine.flag(element, 'blocking'),
      });
      return null;
    },
  },
  limiter: {
    flushes: true,
    run(machine, element) {
      const milliseconds = parseDuration(machine.text(element, 'executionExpirationTime'));
      const most = machine.number(element, 'maxConcurrentExecutions');
      if (milliseconds === null || most === null) throw failureAt(element, 'expression: a limit is missing');
      const domain = machine.text(element, 'domain');
      return {
        ...{ kind: 'call', node: element.id, name: 'takeSlot' },
        args: {
          name: machine.text(element, 'name'),
          domain: domain === '' ? machine.world.domain : domain,
          most,
          milliseconds,
          id: machine.newId(),
        },
      };
    },
    answered(machine, element, answer, effect) {
      if (effect.kind !== 'call' || effect.name !== 'takeSlot' || answer.kind !== 'result') return;
      const taken = answer.values.taken === true;
      const output = machine.text(element, 'acquired');
      if (output !== '') machine.setVariable(element, output, String(taken));
      if (!taken) return;
      const { domain, name, id } = effect.args as { domain: string; name: string; id: string };
      machine.open(element, { slot: { domain, name, id } });
    },
    left(machine, element) {
      if (machine.queue.length > 0) {
        machine.flush();
        return null;
      }
      const { slot } = machine.frame;
      machine.close();
      return slot ? { kind: 'call', node: element.id, name: 'freeSlot', args: { ...slot } } : null;
    },
  },
  log: {
    run(machine, element) {
      const text = machine.variables.masked(machine.text(element, 'message'));
      machine.world.log(machine.text(element, 'level') as LineLevel, `[log] ${text}`);
      return null;
    },
  },
  message: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'message' },
      args: {
        text: machine.variables.masked(machine.text(element, 'message')),
        level: machine.text(element, 'level'),
      },
    }),
  },
};

/** The earlier of the two; the relative one counts from now. */
function deadlineOf(machine: Interpreter, element: XmlElement): number | null {
  const seconds = machine.number(element, 'timeoutSeconds');
  const absolute = machine.date(element, 'deadline')?.getTime() ?? null;
  const relative = seconds === null ? null : machine.world.now().getTime() + seconds * 1000;
  if (relative === null || absolute === null) return relative ?? absolute;
  return Math.min(relative, absolute);
}
