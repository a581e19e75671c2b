import type { AcsRequest } from '../../cwmp/messages.js';
import type { UploadTarget } from '../file-desk.js';
import type { TaskContext } from '../task-type.js';
import type { TransferPlan } from './transfer.js';
import type { TransferConfig } from './transfer-config.js';

/** What differs between the tasks that let the CPE send a file. */
export interface UploadWish {
  fileType: string;
  category: UploadTarget['category'];
  /** Begins the name of the resource: `backup`, `log` … */
  prefix: string;
  extension: string;
  /** Null = the file becomes a resource of ours. */
  external: { url: string; username: string; password: string } | null;
  finish?: TransferPlan['finish'];
  prepare?: TransferPlan['prepare'];
}

/** The plan of an Upload by the CPE. */
export function uploadPlan(context: TaskContext<TransferConfig>, wish: UploadWish): TransferPlan {
  const seen = (commandKey: string): ReturnType<typeof context.files.transferState> =>
    context.files.transferState(commandKey);
  return {
    method: 'Upload',
    config: context.config,
    rules: { verifyVersion: false, versionTells: false },
    async arrived(commandKey) {
      if (wish.external) return null;
      const state = await seen(commandKey);
      return Boolean(state?.completedAt && state.resource);
    },
    prepare: wish.prepare ?? (() => Promise.resolve(null)),
    async request(_state, order): Promise<AcsRequest<'Upload'>> {
      const { delaySeconds } = context.config;
      const common = {
        method: 'Upload',
        commandKey: order.commandKey,
        fileType: wish.fileType,
        delaySeconds,
      } as const;
      if (wish.external) return { ...common, ...wish.external };
      const name = `${wish.prefix}-${context.device._id}-${order.commandKey}`;
      const ticket = await context.files.expectUpload({
        device: context.device._id,
        task: context.task.id,
        execution: context.execution.id,
        fileType: wish.fileType,
        category: wish.category,
        name,
        fileName: `${wish.prefix}-${context.device.serialNumber.replace(/[^\w.-]/g, '_') || 'device'}.${wish.extension}`,
        domain: context.device.domain,
        version: context.device.softwareVersion ?? '',
        ...order,
      });
      return { ...common, url: ticket.url, username: ticket.username, password: ticket.password };
    },
    async finish(state, commandKey) {
      const resource = wish.external ? null : ((await seen(commandKey))?.resource ?? null);
      if (resource !== null) context.detail('resource', resource);
      return (await wish.finish?.(state, commandKey)) ?? null;
    },
  };
}

/** The file type of an Upload with the instance that types 3 and 4 name (spec cwmp.md §9). */
export function uploadFileType(fileType: string, instance: number | undefined): string {
  return instance === undefined || /\d$/.test(fileType) ? fileType : `${fileType} ${instance}`;
}
