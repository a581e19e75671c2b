import type { GroupServices } from '../acs/devices/groups/group-services.js';
import { isDeviceType, nameFault, parentOf, SYSTEM_GROUPS } from '../acs/devices/groups/group-name.js';
import { ResourceTexts } from '../acs/files/resource-texts.js';
import type { Resources } from '../acs/files/resources.js';
import type { ExpressionViews } from '../acs/tasks/expression-conditions.js';
import { AddressGuard } from '../acs/tasks/outbound/address-guard.js';
import { GuardedRestClient } from '../acs/tasks/outbound/guarded-rest-client.js';
import { GuardedSnmpClient } from '../acs/tasks/outbound/guarded-snmp-client.js';
import { GuardedSshClient } from '../acs/tasks/outbound/guarded-ssh-client.js';
import { SmtpMailSender } from '../acs/tasks/outbound/smtp-mail-sender.js';
import { TelnetClient } from '../acs/tasks/outbound/telnet-client.js';
import { TaskFailure } from '../acs/tasks/outcome.js';
import type { ConnectionDesk } from '../acs/tasks/ports/connection-desk.js';
import type { GroupDesk } from '../acs/tasks/ports/group-desk.js';
import type { ServiceDesk } from '../acs/tasks/ports/service-desk.js';
import type { TemplateOffer, WorkflowPorts } from '../acs/tasks/ports/workflow-ports.js';
import type { TemplateService } from '../acs/tasks/templates/template-service.js';
import { NotFoundError } from '../common/errors.js';
import { listOf, type Config } from '../config.js';

export interface WorkflowPortsOptions {
  config: Config;
  groups: GroupServices;
  resources: Resources;
  views: ExpressionViews;
  services: ServiceDesk;
  /** Asked for when they are needed: they are made after the engine. */
  connections: () => ConnectionDesk;
  templates: () => Pick<TemplateService, 'named'>;
}

/** What workflows reach besides their device; what the administrator has not switched on is not there. */
export function workflowPorts(options: WorkflowPortsOptions): Partial<WorkflowPorts> {
  const { config } = options;
  const privateNetworks = listOf(config.outboundPrivateNetworks);
  const rest = listOf(config.restHosts);
  const telnet = listOf(config.telnetHosts);
  const snmp = listOf(config.snmpHosts);
  const ssh = listOf(config.sshHosts);
  return {
    views: options.views,
    groups: groupDesk(options.groups),
    services: options.services,
    resources: new ResourceTexts(options.resources),
    template: (name, domain) => templateNamed(options.templates(), name, domain),
    connections: {
      schedule: (device, at, by) => options.connections().schedule(device, at, by),
    },
    ...(rest.length > 0 && {
      rest: new GuardedRestClient(new AddressGuard({ hosts: rest, privateNetworks })),
    }),
    ...(telnet.length > 0 && {
      telnet: new TelnetClient(new AddressGuard({ hosts: telnet, privateNetworks })),
    }),
    ...(snmp.length > 0 && {
      snmp: new GuardedSnmpClient(new AddressGuard({ hosts: snmp, privateNetworks })),
    }),
    ...(ssh.length > 0 && {
      ssh: new GuardedSshClient({
        guard: new AddressGuard({ hosts: ssh, privateNetworks }),
        ...{ knownHosts: config.sshKnownHosts, keys: config.sshKeys },
      }),
    }),
    ...(config.smtpUrl !== '' && {
      mail: new SmtpMailSender({ url: config.smtpUrl, from: config.mailFrom }),
    }),
  };
}

/** Null = there is none of the name in reach: of the domain, or of one above it. */
async function templateNamed(
  templates: Pick<TemplateService, 'named'>,
  name: string,
  domain: string,
): Promise<TemplateOffer | null> {
  try {
    const template = await templates.named(name);
    const { type, config, parameters } = template;
    return domain.startsWith(template.domain) ? { type, config, parameters } : null;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** Groups as `join` and `leave` of a workflow use them (xmltask.md §5). */
function groupDesk({ cache, groups, memberships }: GroupServices): GroupDesk {
  return {
    exists: async (name) => (await cache.current()).tree.has(name),
    async join(device, group, { task, domain }) {
      const fault = nameFault(group);
      if (fault !== null) throw new TaskFailure(`not found: ${fault}: ${group.slice(0, 100)}`);
      if (isDeviceType(group))
        throw new TaskFailure(`${group} is a device type, which only the device decides`);
      const { tree } = await cache.current();
      const known = tree.get(group);
      const parent = parentOf(group);
      if (!known && (parent === null || !tree.has(parent)))
        throw new TaskFailure(`not found: there is no group ${parent ?? group}`);
      if (known && !known.domain.startsWith(domain) && !domain.startsWith(known.domain))
        throw new TaskFailure(`not found: there is no group ${group}`);
      await groups.ensure([group], { by: `task ${task}`, domain });
      return memberships.join(device, [group], { actor: 'task', id: task });
    },
    async leave(device, group, { task, subgroups }) {
      if (isDeviceType(group) || SYSTEM_GROUPS.includes(group))
        throw new TaskFailure(`${group} is kept by the server and cannot be left`);
      return memberships.leave(device, [group], { actor: 'task', id: task }, { subgroups });
    },
  };
}
