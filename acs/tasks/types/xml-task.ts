import { z } from 'zod';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import { text } from '../config-fields.js';
import { failure, parked, type Outcome } from '../outcome.js';
import type { FileDesk } from '../file-desk.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { findTaskType } from '../type-registry.js';
import { XML_TASK } from '../xmltask/child-config.js';
import type { XmlTaskDocument } from '../xmltask/document.js';
import { asChild, overdueChild } from '../xmltask/overdue-child.js';
import { MAX_BYTES, parseXml } from '../xmltask/parse.js';
import { CHILD, WAITING, type ChildState, type RunState } from '../xmltask/run-state.js';
import { runWorkflow } from '../xmltask/run-workflow.js';
import { parseXmlTask } from '../xmltask/validate.js';
import { describeIssue, XmlTaskError } from '../xmltask/xml-task-error.js';

const config = z.strictObject({
  xml: text(MAX_BYTES)
    .min(1, 'is required')
    .superRefine((xml, refinement) => {
      for (const message of problems(xml)) refinement.addIssue({ code: 'custom', message });
    })
    .meta({ title: 'Workflow', description: 'The whole <config>, as it is written' }),
});
type Config = z.infer<typeof config>;

/** Issues shown for one workflow; more help nobody. */
const MAX_ISSUES = 100;

/** Runs a workflow written in the XMLTask language (xmltask.md). */
export const xmlTask = defineTaskType<Config>({
  name: XML_TASK,
  title: 'Workflow',
  description: 'A workflow of tags: reads, writes, conditions, loops, waits, other tasks.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: {
    xml: '<config>\n  <get key="Root.DeviceInfo.UpTime" output="up"/>\n  <log message="${#up}"/>\n</config>',
  },
  transientAllowed: true,
  remembers: true,
  fromXml: (xml) => ({ xml }),
  toXml: ({ xml }) => xml,
  awaitsTransfer: (parkedRun) => {
    const { child, type } = childIn(parkedRun);
    if (!child || !type) return false;
    return type.transfers === true || (type.awaitsTransfer?.(asChild(parkedRun, child)) ?? false);
  },
  yieldsTurn: (parkedRun) => {
    const { child, type } = childIn(parkedRun);
    if (child) return type?.yieldsTurn?.(asChild(parkedRun, child)) ?? false;
    return parkedRun.stage === WAITING && parkedRun.checkpoint?.state.othersFirst === true;
  },
  run,
  overdue,
});

/** Each with line and column. */
function problems(xml: string): string[] {
  if (documents.has(xml)) return [];
  try {
    remember(xml, parseXmlTask(xml));
    return [];
  } catch (error) {
    if (error instanceof XmlTaskError) return error.issues.slice(0, MAX_ISSUES).map(describeIssue);
    throw error;
  }
}

/** Workflows that were found valid lately, by their text: group tasks run the same one on many devices. */
const documents = new Map<string, XmlTaskDocument>();
const MAX_DOCUMENTS = 50;

function remember(xml: string, document: XmlTaskDocument): void {
  const [oldest] = documents.keys();
  if (documents.size >= MAX_DOCUMENTS && oldest !== undefined) documents.delete(oldest);
  documents.set(xml, document);
}

function run(context: TaskContext<Config>): TaskRun {
  const { xml } = context.config;
  return runWorkflow(context, documents.get(xml) ?? parseXml(xml));
}

/** A wait whose time is over ends the run; a child that waits judges for itself, and the next session goes on from that. */
async function overdue(
  parkedRun: ExecutionRecord,
  _config: Config,
  now: Date,
  files: FileDesk,
): Promise<Outcome> {
  const state = parkedRun.checkpoint?.state as unknown as RunState | undefined;
  const effect = state?.machine.pending;
  if (effect?.kind === 'park') return failure(effect.timeoutMessage);
  const { child, type } = childIn(parkedRun);
  if (!state || !child || !type) return failure('the time limit is over');
  const outcome = await overdueChild(parkedRun, child, now, files);
  const next: ChildState =
    outcome.kind === 'parked'
      ? { ...child, stage: outcome.stage, state: outcome.state }
      : {
          ...child,
          ended: outcome.kind === 'ended' ? outcome : { status: 'WARNING', summary: outcome.summary },
        };
  const waits = outcome.kind === 'parked';
  return parked({
    stage: CHILD,
    state: { ...state, child: next },
    summary: waits ? outcome.summary : `${child.type}: ${outcome.summary}`,
    blocking: waits && outcome.blocking,
    commandKey: waits ? outcome.commandKey : null,
    deadline: waits ? outcome.deadline : null,
  });
}

function childIn({ stage, checkpoint }: ExecutionRecord): {
  child: ChildState | null;
  type: ReturnType<typeof findTaskType>;
} {
  const child =
    stage === CHILD ? ((checkpoint?.state as unknown as RunState | undefined)?.child ?? null) : null;
  return { child, type: child && findTaskType(child.type) };
}
