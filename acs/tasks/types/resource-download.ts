import type { FileDesk, FileOffer } from '../file-desk.js';
import { failure, type Ended } from '../outcome.js';
import type { TaskContext } from '../task-type.js';
import { downloadRequest, type TransferPlan } from './transfer.js';
import type { TransferConfig } from './transfer-config.js';
import type { TransferState } from './transfer-state.js';

/** What differs between the tasks that let the CPE fetch a resource. */
export interface DownloadWish {
  fileType: string;
  rules: TransferPlan['rules'];
  /** The resource to be fetched; a text says why there is none. */
  find: (files: FileDesk) => Promise<FileOffer | string>;
  /** Looks at the resource before the first attempt; may end the run. */
  check?: (offer: FileOffer) => Ended | null;
  finish?: TransferPlan['finish'];
}

/** The plan of a Download of a resource. */
export function downloadPlan(context: TaskContext<TransferConfig>, wish: DownloadWish): TransferPlan {
  let offer: FileOffer | null = null;
  const resourceOf = async (state: TransferState): Promise<FileOffer> => {
    offer ??= await context.files.findResource(state.resource);
    // Deleted between two attempts.
    if (!offer) throw new Error(`The resource ${state.resource} is gone`);
    return offer;
  };
  return {
    method: 'Download',
    config: context.config,
    rules: wish.rules,
    arrived: () => Promise.resolve(null),
    async prepare(state) {
      const found = await wish.find(context.files);
      if (typeof found === 'string') return failure(found);
      offer = found;
      state.resource = found.id;
      state.resourceName = found.name;
      return wish.check?.(found) ?? null;
    },
    async request(state, order) {
      const resource = await resourceOf(state);
      const ticket = await context.files.offerDownload({
        device: context.device._id,
        task: context.task.id,
        execution: context.execution.id,
        fileType: wish.fileType,
        resource: resource.id,
        ...order,
      });
      return downloadRequest(order, ticket, {
        fileType: wish.fileType,
        targetFileName: resource.fileName,
        delaySeconds: context.config.delaySeconds,
      });
    },
    ...(wish.finish && { finish: wish.finish }),
  };
}
