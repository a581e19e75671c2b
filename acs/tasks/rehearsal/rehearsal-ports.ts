import type { WorkflowPorts } from '../ports/workflow-ports.js';

/**
 * What a workflow reaches besides its device, as far as this server has it switched on: looked up for real where that
 * changes nothing, and said in words where it would. Answers of other machines are empty.
 */
export function rehearsalPorts(
  real: Pick<WorkflowPorts, 'views'> & Partial<WorkflowPorts>,
  act: (text: string) => void,
): WorkflowPorts {
  const would = (text: string): Promise<void> => {
    act(text);
    return Promise.resolve();
  };
  const shell = (kind: string) => ({
    run: (host: { address: string }): Promise<string> =>
      would(`a command would be run on ${host.address} by ${kind}`).then(() => ''),
  });
  const { resources, groups, services } = real;
  return {
    views: real.views,
    ...(real.template && { template: real.template }),
    alerts: {
      put: ({ type, target, raised }) =>
        would(`the alert ${type} of ${target} would be ${raised ? 'raised' : 'lowered'}`),
    },
    limiter: {
      take: ({ name }) =>
        would(`a place of the limiter ${name} would be taken, if one is free`).then(() => true),
      free: () => Promise.resolve(),
    },
    neighbours: {
      property: (device, name, reach) =>
        real.neighbours?.property(device, name, reach) ?? Promise.resolve(null),
      setDomain: (_device, domain) => would(`the device would be moved to the domain ${domain}`),
      relate: ({ name }, _device, target) =>
        would(
          target === null
            ? `the relation ${name} would be removed`
            : `the relation ${name} to ${target} would be kept`,
        ),
    },
    ...(real.connections && {
      connections: {
        schedule: (_device, at) => would(`a connection request would be planned for ${at.toISOString()}`),
      },
    }),
    ...(groups && {
      groups: {
        exists: (name) => groups.exists(name),
        join: (_device, group) => would(`the device would join ${group}`).then(() => null),
        leave: (_device, group) => would(`the device would leave ${group}`).then(() => null),
      },
    }),
    ...(resources && {
      resources: {
        read: (idOrName, domain) => resources.read(idOrName, domain),
        overwrite: (id) => would(`the file ${id} would be changed`),
        create: ({ name }) => would(`the file ${name} would be made`).then(() => true),
        remove: (id) => would(`the file ${id} would be deleted`),
      },
    }),
    ...(services && {
      services: {
        find: (key, domain) => services.find(key, domain),
        begun: () => Promise.resolve(),
        ended: (_device, key, { state, failed }) =>
          would(`the service ${key} would be ${failed ? 'marked as failed' : state}`),
      },
    }),
    ...(real.rest && {
      rest: {
        call: ({ method, url }) =>
          would(`${method} ${url} would be called`).then(() => ({ status: 200, text: '' })),
      },
    }),
    ...(real.mail && { mail: { send: ({ to }) => would(`a mail would be sent to ${to.join(', ')}`) } }),
    ...(real.snmp && {
      snmp: {
        get: ({ host }, oids) => would(`${host} would be asked by SNMP`).then(() => oids.map(() => null)),
        set: ({ host }) => would(`${host} would be set by SNMP`),
        trap: ({ host }) => would(`a trap would be sent to ${host}`),
      },
    }),
    ...(real.ssh && { ssh: shell('SSH') }),
    ...(real.telnet && { telnet: shell('Telnet') }),
  };
}
