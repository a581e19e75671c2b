import { TaskFailure } from '../outcome.js';
import type { ShellCommand, SnmpTarget } from '../ports/notifiers.js';
import { OutboundFailure } from '../ports/workflow-ports.js';
import type { TaskContext } from '../task-type.js';
import { flagOf, numberOf, required, rowsOf, textOf, type Call } from './call.js';
import { linearRegex } from './edit-text.js';
import type { CallArguments, CallName, CallResult } from './effects.js';

const addresses = (text: string): string[] =>
  text
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** xmltask.md §8. */
export const NOTIFICATION_CALLS = {
  /** Sent while the task goes on; that it fails is logged, not fatal. */
  mail(context, args) {
    const mail = required(context.ports.mail, 'mail', 'smtpUrl');
    const content = textOf(args, 'content');
    mail
      .send({
        to: addresses(textOf(args, 'to')),
        cc: addresses(textOf(args, 'cc')),
        subject: textOf(args, 'subject'),
        text: content === '' ? `Task ${context.task.id} of device ${context.device._id}` : content,
      })
      .catch((error: unknown) => {
        context.userActivity('WARN', `A mail was not sent: ${reasonOf(error)}`);
      });
    context.log('INFO', `A mail is sent to ${textOf(args, 'to')}`);
    return Promise.resolve({});
  },

  async trap(context, args) {
    const snmp = required(context.ports.snmp, 'SNMP', 'snmpHosts');
    const prefix = textOf(args, 'oidId');
    const values = rowsOf(args, 'oids').map(({ oid, value }) => ({
      oid: joined(prefix, String(oid ?? '')),
      value: String(value ?? ''),
    }));
    await outbound(context, args, () =>
      snmp.trap(targetOf(args, 162), prefix, values, { inform: flagOf(args, 'inform') }),
    );
    return {};
  },

  async snmpGet(context, args) {
    const snmp = required(context.ports.snmp, 'SNMP', 'snmpHosts');
    const oids = rowsOf(args, 'oids').map(({ oid }) => String(oid ?? ''));
    const values = await outbound(context, args, () => snmp.get(targetOf(args, 161), oids));
    return { values: values ?? oids.map(() => null) };
  },

  async snmpSet(context, args) {
    const snmp = required(context.ports.snmp, 'SNMP', 'snmpHosts');
    const values = rowsOf(args, 'values').map(({ oid, value, type }) => ({
      ...{ oid: String(oid ?? ''), value: String(value ?? ''), type: String(type ?? '') },
    }));
    await outbound(context, args, () => snmp.set(targetOf(args, 161), values));
    return {};
  },

  async sshCommand(context, args) {
    const ssh = required(context.ports.ssh, 'SSH', 'sshHosts');
    const host = {
      ...{ address: textOf(args, 'address'), port: numberOf(args, 'port') },
      ...{ username: textOf(args, 'username'), password: textOf(args, 'password') },
      ...{ privateKey: textOf(args, 'privatekey'), connectMs: numberOf(args, 'connect') },
      authenticateMs: numberOf(args, 'authenticate'),
    };
    return answerOf(args, await outbound(context, args, () => ssh.run(host, commandOf(args))));
  },

  async telnetCommand(context, args) {
    const telnet = required(context.ports.telnet, 'telnet', 'telnetHosts');
    const host = {
      ...{ address: textOf(args, 'address'), port: numberOf(args, 'port') },
      ...{ connectMs: numberOf(args, 'connect'), maxBufferSize: numberOf(args, 'maxBufferSize') },
    };
    return answerOf(args, await outbound(context, args, () => telnet.run(host, commandOf(args))));
  },
} satisfies Partial<Record<CallName, Call>>;

/** Null = it failed, and the tag ignores that. */
async function outbound<Result>(
  context: TaskContext<unknown>,
  args: CallArguments,
  work: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    if (!flagOf(args, 'ignoreFaults')) throw new TaskFailure(`technical: ${error.message}`);
    context.log('WARN', `${error.message} is ignored`);
    return null;
  }
}

function answerOf(args: CallArguments, output: string | null): CallResult {
  if (output === null) return { output: null };
  if (linearRegex(textOf(args, 'expected')).matcher(output).find()) return { output };
  if (flagOf(args, 'ignoreFaults')) return { output: null };
  throw new TaskFailure('technical: the output of the command does not match expectedRespRegex');
}

function commandOf(args: CallArguments): ShellCommand {
  return {
    command: textOf(args, 'command'),
    waitMs: numberOf(args, 'wait'),
    windowsEndline: flagOf(args, 'windowsEndline'),
  };
}

function targetOf(args: CallArguments, port: number): SnmpTarget {
  const match = /^udp:\/\/(\[[^\]]+\]|[^/:]+)(?:[:/](\d{1,5}))?\/?$/.exec(textOf(args, 'target'));
  if (!match) throw new TaskFailure(`expression: target ${textOf(args, 'target')} is no udp://host:port`);
  return {
    host: (match[1] ?? '').replace(/^\[|\]$/g, ''),
    port: match[2] === undefined ? port : Number(match[2]),
    version: textOf(args, 'snmpVersion') as SnmpTarget['version'],
    community: textOf(args, 'community'),
    user: textOf(args, 'user'),
    engineId: textOf(args, 'engineId'),
    securityLevel: textOf(args, 'securityLevel'),
    authenticationMethod: textOf(args, 'authenticationMethod'),
    authenticationPassword: textOf(args, 'authenticationPassword'),
    privacyProtocol: textOf(args, 'privacyProtocol'),
    privacyPassword: textOf(args, 'privacyPassword'),
    timeoutMs: numberOf(args, 'milliseconds'),
    retries: numberOf(args, 'retries'),
  };
}

function joined(prefix: string, oid: string): string {
  if (oid === '') return prefix;
  return oid.startsWith(`${prefix}.`) ? oid : `${prefix}.${oid.replace(/^\./, '')}`;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
