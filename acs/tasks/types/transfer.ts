import type { ExecutionRecord, RecordedFault } from '../../../store/models/execution.js';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import { commandKeyOf } from '../execution-record.js';
import type { FileDesk, TransferTicket } from '../file-desk.js';
import { failure, parked, success, type Ended, type Outcome, type Parked } from '../outcome.js';
import { recordedFault } from '../recorded-fault.js';
import type { TransferSignal } from '../signal.js';
import { rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { schemeOf, withCredentials, type TransferConfig } from './transfer-config.js';
import {
  attemptDeadline,
  judgeAttempt,
  newTransferState,
  signalsOf,
  type TransferState,
  type Verdict,
  type VerdictRules,
} from './transfer-state.js';

type TransferRequest = AcsRequest<'Download'> | AcsRequest<'Upload'>;

/** One kind of transfer: what is sent for an attempt and what makes it a success. */
export interface TransferPlan {
  method: 'Download' | 'Upload';
  config: TransferConfig;
  rules: Pick<VerdictRules, 'verifyVersion' | 'versionTells'>;
  /** Upload: whether the file has come; null = nobody here can tell. */
  arrived: (commandKey: string) => Promise<boolean | null>;
  /** Before the first attempt: notes in the state what is transferred. An outcome ends the run without a transfer. */
  prepare: (state: TransferState) => Promise<Outcome | null>;
  /** The request of one attempt, with a fresh one-time URL. */
  request: (state: TransferState, order: AttemptOrder) => Promise<TransferRequest>;
  /** After success. */
  finish?: (state: TransferState, commandKey: string) => Promise<Ended | null>;
}

export interface AttemptOrder {
  commandKey: string;
  baseUrl: string;
  scheme?: 'http' | 'https';
  withCredentials: boolean;
  expiresAt: Date;
}

/** Do not repeat unchanged what the device does not know or cannot take (spec cwmp.md §8). */
const NOT_RETRIED: ReadonlySet<number> = new Set([9000, 9003]);
/** Milliseconds that a URL outlives its attempt: a CPE may be late by a little. */
const URL_GRACE = 300_000;

/**
 * Runs a transfer through its stages: prepare → sent (written before the request) → waiting for TransferComplete →
 * verifying; attempts that fail are repeated as often as `retryCount` allows (task-types.md §3.1).
 */
export async function* transfer(context: TaskContext<unknown>, plan: TransferPlan): TaskRun {
  const resumed = context.resumed;
  const state = resumed
    ? (structuredClone(resumed.state) as TransferState)
    : newTransferState(context.device.softwareVersion ?? '');
  if (resumed && resumed.stage !== 'prepare') {
    const verdict = await settle(context, plan, state);
    const outcome = await concluded(context, plan, state, verdict, { justSent: false });
    if (outcome) return outcome;
  } else if (state.attempt === 0) {
    const outcome = await plan.prepare(state);
    if (outcome) return outcome;
  }
  for (;;) {
    const waiting = await quotaWait(context, plan, state);
    if (waiting) return waiting;
    const verdict = yield* attempt(context, plan, state);
    const outcome = await concluded(context, plan, state, verdict, { justSent: true });
    if (outcome) return outcome;
  }
}

async function* attempt(
  context: TaskContext<unknown>,
  plan: TransferPlan,
  state: TransferState,
): AsyncGenerator<AcsRequest, Verdict, CpeResponse> {
  const { config } = plan;
  begin(state, context.now());
  const commandKey = context.commandKey(state.attempt);
  const deadline = attemptDeadline(state, config);
  const request = await plan.request(state, {
    commandKey,
    baseUrl: config.baseUrl,
    ...(config.protocol && { scheme: schemeOf(config.protocol) }),
    withCredentials: withCredentials(config.protocol),
    expiresAt: new Date(deadline.getTime() + URL_GRACE),
  });
  context.detail('url', withoutToken(request.url));
  await context.checkpoint('sent', state, { commandKey, deadline, blocking: config.blocking });
  context.log('INFO', `Attempt ${state.attempt}: ${plan.method} of "${request.fileType}"`);
  try {
    const response = request.method === 'Download' ? yield* rpc(request) : yield* rpc(request);
    if (response.status === 1) return { kind: 'waiting' };
    return await completedAtOnce(context, plan, state, response);
  } catch (error) {
    if (!(error instanceof CpeFault)) throw error;
    return { kind: 'failed', reason: error.message, fault: recordedFault(error, plan.method) };
  }
}

function begin(state: TransferState, now: Date): void {
  state.attempt += 1;
  state.counted += 1;
  state.informs = 0;
  state.complete = false;
  state.sentAt = now.toISOString();
  state.attempts.push({
    number: state.attempt,
    sentAt: state.sentAt,
    startTime: '',
    completeTime: '',
    endedAt: '',
    failure: '',
  });
}

/** Status 0: done and applied, no TransferComplete will follow (TR-069 A6 table 30). */
async function completedAtOnce(
  context: TaskContext<unknown>,
  plan: TransferPlan,
  state: TransferState,
  response: { startTime: string; completeTime: string },
): Promise<Verdict> {
  const signal: TransferSignal = {
    kind: 'transfer-complete',
    at: context.now(),
    session: context.session.id,
    faultCode: 0,
    faultString: '',
    startTime: response.startTime,
    completeTime: response.completeTime,
    keyed: true,
  };
  const arrived = await plan.arrived(context.commandKey(state.attempt));
  return judgeAttempt(state, [signal], context.now(), { ...rulesOf(plan), arrived });
}

/** How the attempt of an earlier session stands by now. */
async function settle(
  context: TaskContext<unknown>,
  plan: TransferPlan,
  state: TransferState,
): Promise<Verdict> {
  const arrived = await plan.arrived(context.commandKey(state.attempt));
  const verdict = judgeAttempt(state, context.signals, context.now(), { ...rulesOf(plan), arrived });
  if (verdict.kind === 'done' && verdict.note !== '') {
    context.detail('note', verdict.note);
    context.log('WARN', verdict.note);
  }
  return verdict;
}

/** What the verdict means for the run; null = send the next attempt now. */
async function concluded(
  context: TaskContext<unknown>,
  plan: TransferPlan,
  state: TransferState,
  verdict: Verdict,
  { justSent }: { justSent: boolean },
): Promise<Outcome | null> {
  switch (verdict.kind) {
    case 'waiting':
      return waitOf(context, plan, state, 'waiting', 'waiting for TransferComplete');
    case 'verifying':
      return waitOf(context, plan, state, 'verifying', 'waiting for the new software version');
    case 'again':
      context.log('INFO', 'The device was set back to its factory settings; the request is sent again');
      endAttempt(context, state, 'cut off by a bootstrap');
      state.counted -= 1;
      return null;
    case 'failed':
      endAttempt(context, state, verdict.reason);
      context.log('WARN', `Attempt ${state.attempt} failed: ${verdict.reason}`);
      if (!mayRetry(state, plan.config, verdict.fault)) {
        await reportTransfer(context, state);
        return failure(verdict.reason, verdict.fault ?? undefined);
      }
      // A device that has just refused is not pressed in the same session (spec cwmp.md §8).
      return justSent ? nextSession(context, plan, state) : null;
    case 'done': {
      endAttempt(context, state, '');
      await reportTransfer(context, state);
      return (await plan.finish?.(state, context.commandKey(state.attempt))) ?? success();
    }
  }
}

function mayRetry(state: TransferState, config: TransferConfig, fault: RecordedFault | null): boolean {
  return state.counted <= config.retryCount && !(fault && NOT_RETRIED.has(fault.code));
}

function waitOf(
  context: TaskContext<unknown>,
  plan: TransferPlan,
  state: TransferState,
  stage: 'waiting' | 'verifying',
  summary: string,
): Parked {
  return parked({
    stage,
    state,
    summary,
    blocking: plan.config.blocking,
    commandKey: context.commandKey(state.attempt),
    deadline: attemptDeadline(state, plan.config),
  });
}

function nextSession(context: TaskContext<unknown>, plan: TransferPlan, state: TransferState): Parked {
  context.log('INFO', 'The next attempt follows in the next session');
  return retryParked(plan.config, state);
}

function retryParked(config: TransferConfig, state: TransferState): Parked {
  return parked({
    stage: 'prepare',
    state,
    summary: `waiting for the next attempt: ${state.attempts.at(-1)?.failure ?? ''}`,
    blocking: config.blocking,
    commandKey: null,
    deadline: null,
  });
}

/** The claim is written first and counted then, so that two runs at once can never both take the last place. */
async function quotaWait(
  context: TaskContext<unknown>,
  plan: TransferPlan,
  state: TransferState,
): Promise<Parked | null> {
  if (!plan.config.useQuota || state.quotaClaim) return null;
  state.quotaClaim = context.now();
  await context.checkpoint('prepare', state);
  if (await context.quota.mayTransfer(context.execution.id)) return null;
  delete state.quotaClaim;
  return parked({
    stage: 'prepare',
    state,
    summary: 'waiting for quota',
    blocking: false,
    commandKey: null,
    deadline: null,
  });
}

function endAttempt(context: TaskContext<unknown>, state: TransferState, reason: string): void {
  const attempt = state.attempts.at(-1);
  if (!attempt) return;
  attempt.endedAt = context.now().toISOString();
  attempt.failure = reason;
}

async function reportTransfer(context: TaskContext<unknown>, state: TransferState): Promise<void> {
  context.detail('attempts', state.attempts.length);
  for (const attempt of state.attempts) {
    const { number, sentAt, startTime, completeTime, endedAt } = attempt;
    const words = [`sent ${sentAt}`, `ended ${endedAt}`];
    if (startTime !== '') words.push(`started ${startTime}`);
    if (completeTime !== '') words.push(`completed ${completeTime}`);
    context.detail(`attempt ${number}`, [...words, attempt.failure || 'success'].join('; '));
  }
  if (state.resource !== '') context.detail('resource', state.resource);
  if (state.resourceName !== '') context.detail('resourceName', state.resourceName);
  const seen = await context.files.transferState(context.commandKey(state.attempt));
  if (!seen) return;
  context.detail('bytes', seen.bytes);
  context.detail('fileRequests', seen.requests);
}

/** When a deadline passes while no session comes: what has come but was not looked at counts, then the next attempt. */
export async function overdueTransfer(
  execution: ExecutionRecord,
  config: TransferConfig,
  now: Date,
  rules: Pick<VerdictRules, 'method' | 'verifyVersion' | 'versionTells'>,
  files: FileDesk,
): Promise<Outcome> {
  const { checkpoint } = execution;
  if (!checkpoint) return failure('the time limit is over');
  const state = structuredClone(checkpoint.state) as TransferState;
  // Where they differ, the clock was set back and the wait began anew: the deadline of the report counts.
  const late = attemptDeadline(state, config).getTime() - (execution.deadline ?? now).getTime();
  if (late > 0) state.sentAt = new Date(new Date(state.sentAt).getTime() - late).toISOString();
  const key = commandKeyOf(execution, state.attempt);
  const arrived = rules.method === 'Upload' && (await files.transferState(key))?.completedAt ? true : null;
  const verdict = judgeAttempt(state, signalsOf(execution), now, {
    ...rules,
    config,
    arrived,
  });
  if (verdict.kind === 'failed' && !mayRetry(state, config, verdict.fault))
    return failure(verdict.reason, verdict.fault ?? undefined);
  const attempt = state.attempts.at(-1);
  if (attempt && verdict.kind === 'failed') {
    attempt.endedAt = now.toISOString();
    attempt.failure = verdict.reason;
    return retryParked(config, state);
  }
  // Good or still open: the next session concludes it, from the signals that stay in the report.
  return parked({
    stage: execution.stage ?? 'waiting',
    state: checkpoint.state,
    summary: execution.summary,
    blocking: execution.blocking,
    commandKey: execution.commandKey,
    deadline: null,
  });
}

function rulesOf(plan: TransferPlan): Omit<VerdictRules, 'arrived'> {
  return { config: plan.config, method: plan.method, ...plan.rules };
}

/** Scheme, host and file name; the token between them is a secret. */
function withoutToken(url: string): string {
  return url.replace(/^(\w+:\/\/[^/]+)\/.*\/([^/]*)$/, '$1/…/$2');
}

/** The fields of a Download, in the order of the protocol, from a ticket of the file server. */
export function downloadRequest(
  order: AttemptOrder,
  ticket: TransferTicket,
  details: { fileType: string; targetFileName: string; delaySeconds: number },
): AcsRequest<'Download'> {
  return {
    method: 'Download',
    commandKey: order.commandKey,
    fileType: details.fileType,
    url: ticket.url,
    username: ticket.username,
    password: ticket.password,
    fileSize: ticket.size,
    targetFileName: details.targetFileName,
    delaySeconds: details.delaySeconds,
    successUrl: '',
    failureUrl: '',
  };
}
