import { OutboundFailure } from '../../../../acs/tasks/ports/workflow-ports.js';

/** What a call says that failed as it may. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof OutboundFailure) return error.message;
    throw error;
  }
  throw new Error('It did not fail');
}
