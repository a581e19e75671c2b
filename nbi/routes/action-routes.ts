import type { TaskConfig } from '../../store/models/task.js';
import * as actions from '../api/actions.js';
import type { NbiRequest, Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Services } from '../services.js';
import { createAndRun, type Connect } from './task-runner.js';

interface Settings {
  connect?: Connect | undefined;
  priority?: number | undefined;
  comment?: string | undefined;
}

type ActionRequest = NbiRequest<{ id: string }, { onTimeout?: 'keep' | 'delete' | undefined }, Settings>;

/** Every shortcut is a task in the device's list like any other. */
async function add(
  type: string,
  config: TaskConfig,
  request: ActionRequest,
  services: Services,
): Promise<Reply> {
  const { connect, priority, comment } = request.body;
  const input = {
    device: request.params.id,
    type,
    config,
    ...(priority === undefined ? {} : { priority }),
    ...(comment === undefined ? {} : { comment }),
  };
  return await createAndRun(input, { connect, ...request.query }, request, services);
}

const named = (names: readonly string[]): TaskConfig => ({ parameter: names.map((name) => ({ name })) });

/** Only what was given: the types have their own defaults. */
const given = (fields: Record<string, unknown>): TaskConfig =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export const actionRoutes = [
  implement(actions.getParameters, (request, services) =>
    add('GetValues', named(request.body.names), request, services),
  ),
  implement(actions.setParameters, (request, services) =>
    add('SetValues', { param: request.body.parameters.map(given) }, request, services),
  ),
  implement(actions.addObject, (request, services) => {
    const { objectName, values } = request.body;
    return add('AddObject', given({ objectName, with: values?.map(given) }), request, services);
  }),
  implement(actions.deleteObject, (request, services) =>
    add('DeleteObject', { objectName: request.body.objectName }, request, services),
  ),
  implement(actions.reboot, (request, services) => add('Reboot', {}, request, services)),
  implement(actions.factoryReset, (request, services) => add('FactoryReset', {}, request, services)),
  implement(actions.refresh, (request, services) => {
    const { paths } = request.body;
    return paths === undefined
      ? add('RefreshDataModel', { useQuota: false }, request, services)
      : add('GetValues', named(paths), request, services);
  }),
  implement(actions.download, (request, services) => {
    const { resource, fileType } = request.body;
    return add('Download', given({ resourceId: resource, fileType }), request, services);
  }),
  implement(actions.upload, (request, services) => {
    const fileType = request.body.fileType ?? '1 Vendor Configuration File';
    return add('Upload', { fileType }, request, services);
  }),
  // An interval of 0: this backup is made whatever others there are.
  implement(actions.backup, (request, services) =>
    add('BackupConfiguration', { intervalTime: 0 }, request, services),
  ),
  implement(actions.restore, (request, services) =>
    add('RestoreConfiguration', given({ resourceId: request.body.resource }), request, services),
  ),
  implement(actions.firmwareUpgrade, (request, services) => {
    const { resource, verifyVersion } = request.body;
    const config = given({ resourceId: resource, versionChangeVerification: verifyVersion });
    return add('FirmwareUpgrade', config, request, services);
  }),
];
