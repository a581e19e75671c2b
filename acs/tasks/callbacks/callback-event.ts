import { createHmac } from 'node:crypto';
import type { TaskRecord } from '../../../store/models/task.js';
import type { RunEnd } from '../ports/run-ends.js';

/** Stands for the server in `source` of an event. */
const SOURCE = 'urn:provost';

/**
 * What a receiver is told of the end of a run: a CloudEvent 1.0 in JSON (northbound.md §7). Its id is the same at each try
 * and for each receiver, so that doubles can be dropped. Secrets never.
 */
export function callbackEvent(task: TaskRecord, end: RunEnd): string {
  const { execution, status, summary, fault, finishTime } = end;
  return JSON.stringify({
    specversion: '1.0',
    id: `${execution._id}-${execution.run}`,
    type: 'execution.finished',
    source: SOURCE,
    time: finishTime.toISOString(),
    subject: execution._id,
    domain: task.domain,
    datacontenttype: 'application/json',
    data: {
      task: task._id,
      name: task.name,
      taskType: task.type,
      device: execution.device,
      execution: execution._id,
      run: execution.run,
      status,
      summary,
      fault: fault && { code: fault.code, text: fault.text, method: fault.method },
      startTime: execution.startTime?.toISOString() ?? null,
      finishTime: finishTime.toISOString(),
      link: `/api/v1/executions/${execution._id}`,
    },
  });
}

/** `t=<seconds>,v1=<HMAC-SHA256 over "seconds.body" in hexadecimal digits>`. */
export function signature(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex');
  return `t=${seconds},v1=${mac}`;
}
