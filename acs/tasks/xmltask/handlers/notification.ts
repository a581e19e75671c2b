import type { XmlElement } from '../document.js';
import type { CallArguments, CallName } from '../effects.js';
import { failureAt } from '../failure.js';
import type { Handler, Handlers } from '../handler.js';
import type { Interpreter } from '../interpreter.js';
import { unsupported } from './network.js';

const session: Handler = {
  run(machine, element) {
    machine.open(element);
    return null;
  },
};

const SECURITY = [
  'engineId',
  'community',
  'user',
  'snmpVersion',
  'securityLevel',
  'authenticationMethod',
  'authenticationPassword',
  'privacyProtocol',
  'privacyPassword',
] as const;

const texts = (machine: Interpreter, element: XmlElement, names: readonly string[]): CallArguments =>
  Object.fromEntries(names.map((name) => [name, machine.text(element, name)]));

function around(element: XmlElement, name: string): XmlElement {
  for (let outer = element.parent; outer; outer = outer.parent) if (outer.name === name) return outer;
  throw failureAt(element, `there is no <${name}> around it`);
}

const children = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** A command of a session; the session's attributes are evaluated with it, so that nothing of them is kept. */
function command(
  call: CallName,
  tag: string,
  sessionArguments: (machine: Interpreter, element: XmlElement) => CallArguments,
): Handler {
  return {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: call },
      args: {
        ...sessionArguments(machine, around(element, tag)),
        command: machine.text(element, 'command'),
        wait: (machine.number(element, 'waitBeforeResponse') ?? 1) * 1_000,
        expected: machine.text(element, 'expectedRespRegex'),
        ignoreFaults: machine.flag(element, 'ignoreFaults'),
      },
    }),
    answered(machine, element, answer) {
      if (answer.kind !== 'result') return;
      const { output } = answer.values;
      machine.setVariable(
        element,
        machine.text(element, 'output'),
        typeof output === 'string' ? output : null,
      );
    },
  };
}

const snmp = (machine: Interpreter, element: XmlElement): CallArguments => ({
  ...texts(machine, element, ['target', ...SECURITY]),
  milliseconds: machine.number(element, 'snmpTimeoutMs') ?? 5_000,
  retries: machine.number(element, 'snmpRetries') ?? 2,
});

/** xmltask.md §8. */
export const NOTIFICATION_HANDLERS: Handlers = {
  mail: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'mail' },
      args: texts(machine, element, ['subject', 'to', 'cc', 'template', 'content']),
    }),
  },
  sms: unsupported('this server has no way to send short messages (sms)'),
  cli: unsupported('this server has no command line of devices (cli); use sshSession or telnetSession'),
  trap: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'trap' },
      args: {
        ...texts(machine, element, ['target', 'oidId', ...SECURITY]),
        inform: machine.flag(element, 'notification'),
        milliseconds: (machine.number(element, 'notificationTimeout') ?? 5) * 1_000,
        oids: children(element, 'oid').map((one) => ({
          oid: machine.text(one, 'oidId'),
          value: machine.text(one, 'value'),
        })),
      },
    }),
  },
  snmpSession: session,
  snmpGet: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'snmpGet' },
      args: {
        ...snmp(machine, around(element, 'snmpSession')),
        oids: children(element, 'oid').map((one) => ({ oid: machine.text(one, 'oid') })),
        ignoreFaults: machine.flag(element, 'ignoreFaults'),
      },
    }),
    answered(machine, element, answer) {
      if (answer.kind !== 'result') return;
      const { values } = answer.values;
      children(element, 'oid').forEach((one, index) => {
        const value = Array.isArray(values) ? (values[index] ?? null) : null;
        machine.setVariable(element, machine.text(one, 'var'), value);
      });
    },
  },
  snmpSet: {
    flushes: true,
    run: (machine, element) => ({
      ...{ kind: 'call', node: element.id, name: 'snmpSet' },
      args: {
        ...snmp(machine, around(element, 'snmpSession')),
        values: children(element, 'value').map((one) => ({
          oid: machine.text(one, 'oid'),
          value: machine.text(one, 'val'),
          type: machine.text(one, 'type'),
        })),
        ignoreFaults: machine.flag(element, 'ignoreFaults'),
      },
    }),
  },
  sshSession: session,
  sshCommand: command('sshCommand', 'sshSession', (machine, element) => ({
    ...texts(machine, element, ['address', 'username', 'password', 'publickey', 'privatekey']),
    port: machine.number(element, 'port') ?? 22,
    connect: (machine.number(element, 'connTimeout') ?? 5) * 1_000,
    authenticate: (machine.number(element, 'authTimeout') ?? 10) * 1_000,
    windowsEndline: machine.flag(element, 'windowsEndline'),
  })),
  telnetSession: session,
  telnetCommand: command('telnetCommand', 'telnetSession', (machine, element) => ({
    address: machine.text(element, 'address'),
    port: machine.number(element, 'port') ?? 23,
    connect: (machine.number(element, 'connTimeout') ?? 5) * 1_000,
    windowsEndline: machine.flag(element, 'windowsEndline'),
    maxBufferSize: machine.number(element, 'maxBufferSize') ?? 32_768,
  })),
};
