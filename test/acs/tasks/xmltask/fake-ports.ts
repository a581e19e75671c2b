import type { ConnectionDesk } from '../../../../acs/tasks/ports/connection-desk.js';
import type { GroupDesk } from '../../../../acs/tasks/ports/group-desk.js';
import type { Mail, ShellCommand, SnmpTarget } from '../../../../acs/tasks/ports/notifiers.js';
import type {
  NewResourceText,
  ResourceDesk,
  ResourceText,
} from '../../../../acs/tasks/ports/resource-desk.js';
import type { RestAnswer, RestRequest } from '../../../../acs/tasks/ports/rest-client.js';
import { OutboundFailure, type WorkflowPorts } from '../../../../acs/tasks/ports/workflow-ports.js';
import { TaskFailure } from '../../../../acs/tasks/outcome.js';

/** What workflows reach, as plain objects that remember what was asked of them. */
export class FakePorts {
  readonly calls: { device: string; at: Date }[] = [];
  readonly requests: RestRequest[] = [];
  readonly mails: Mail[] = [];
  readonly commands: ShellCommand[] = [];
  readonly snmp: { target: SnmpTarget; what: string }[] = [];
  readonly texts = new Map<string, ResourceText & { properties?: Readonly<Record<string, string>> }>();
  readonly joined = new Set<string>();
  /** Null = no answer. */
  answer: (request: RestRequest) => RestAnswer | null = () => ({ status: 200, text: '{}' });
  output = 'ok';

  get all(): Partial<WorkflowPorts> {
    return {
      connections: this.#connections(),
      groups: this.#groups(),
      resources: this.#resources(),
      rest: { call: (request) => this.#call(request) },
      mail: {
        send: (mail) => {
          this.mails.push(mail);
          return Promise.resolve();
        },
      },
      ssh: { run: (_host, command) => this.#run(command) },
      telnet: { run: (_host, command) => this.#run(command) },
      snmp: {
        get: (target, oids) => {
          this.snmp.push({ target, what: `get ${oids.join(' ')}` });
          return Promise.resolve(oids.map((oid) => `value of ${oid}`));
        },
        set: (target, values) => {
          this.snmp.push({
            target,
            what: `set ${values.map(({ oid, value }) => `${oid}=${value}`).join(' ')}`,
          });
          return Promise.resolve();
        },
        trap: (target, oid, values) => {
          this.snmp.push({
            target,
            what: `trap ${oid} ${values.map((one) => `${one.oid}=${one.value}`).join(' ')}`,
          });
          return Promise.resolve();
        },
      },
    };
  }

  #connections(): ConnectionDesk {
    return {
      schedule: (device, at) => {
        this.calls.push({ device, at });
        return Promise.resolve();
      },
    };
  }

  #groups(): GroupDesk {
    return {
      exists: (name) => Promise.resolve(name.startsWith('root')),
      join: (_device, group) => {
        if (!group.startsWith('root')) throw new TaskFailure(`not found: there is no group ${group}`);
        this.joined.add(group);
        return Promise.resolve({ groups: [...this.joined], domain: '/' });
      },
      leave: (_device, group, { subgroups }) => {
        for (const one of this.joined)
          if (one === group || (subgroups && one.startsWith(`${group}.`))) this.joined.delete(one);
        return Promise.resolve(null);
      },
    };
  }

  #resources(): ResourceDesk {
    return {
      read: (name) => Promise.resolve(this.texts.get(name) ?? null),
      overwrite: (id, text) => {
        const found = this.texts.get(id);
        if (found) this.texts.set(id, { ...found, text });
        return Promise.resolve();
      },
      create: ({ name, text, device, properties }: NewResourceText) => {
        if (this.texts.has(name)) return Promise.resolve(false);
        this.texts.set(name, { id: name, name, text, device, properties });
        return Promise.resolve(true);
      },
      remove: (id) => {
        this.texts.delete(id);
        return Promise.resolve();
      },
    };
  }

  #call(request: RestRequest): Promise<RestAnswer> {
    this.requests.push(request);
    const answer = this.answer(request);
    return answer ? Promise.resolve(answer) : Promise.reject(new OutboundFailure('the host does not answer'));
  }

  #run(command: ShellCommand): Promise<string> {
    this.commands.push(command);
    return Promise.resolve(this.output);
  }
}
