import { TaskFailure } from '../outcome.js';
import { OutboundFailure } from '../ports/workflow-ports.js';
import type { RestRequest } from '../ports/rest-client.js';
import type { TaskContext } from '../task-type.js';
import { flagOf, numberOf, required, rowsOf, textOf } from './call.js';
import type { CallArguments, CallResult } from './effects.js';

/** xmltask.md §7: any status is a result; only that there is no answer, or no JSON where it is needed, is a failure. */
export async function callRest(
  context: TaskContext<unknown>,
  args: CallArguments,
  { repeated }: { repeated: boolean },
): Promise<CallResult> {
  const client = required(context.ports.rest, 'rest', 'restHosts');
  const request = requestOf(context, args);
  context.log('INFO', `${request.method} ${shownUrl(request.url)}`);
  if (repeated && request.method !== 'GET')
    context.log('WARN', 'The server was interrupted here; the call may have been made already');
  const out = rowsOf(args, 'out');
  const none = (): CallResult => ({ status: null, out: out.map(({ default: preset }) => asText(preset)) });
  try {
    const { status, text } = await client.call(request);
    context.log('INFO', `Answer: ${status}, ${text.length} characters`);
    const document = out.length > 0 ? parsedJson(text) : null;
    if (document === undefined && out.some((one) => one.default === null || one.default === undefined))
      throw new TaskFailure('technical: the answer is no JSON');
    return {
      status: String(status),
      out: out.map(({ from, default: preset }) => valueAt(document, String(from)) ?? asText(preset)),
    };
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    if (!flagOf(args, 'ignoreFaults')) throw new TaskFailure(`technical: ${error.message}`);
    context.log('WARN', `${error.message} is ignored`);
    return none();
  }
}

function requestOf(context: TaskContext<unknown>, args: CallArguments): RestRequest {
  const content = args.content;
  const tokenUrl = textOf(args, 'tokenUrl');
  const method = textOf(args, 'method') as RestRequest['method'];
  return {
    ...{ url: textOf(args, 'url'), method },
    headers: [
      ...rowsOf(args, 'headers').map(({ name, value }) => ({
        name: String(name),
        value: String(value ?? ''),
      })),
      // The same when a call is made again after a crash, so that the receiver can tell.
      { name: 'Idempotency-Key', value: textOf(args, 'id') },
    ],
    body: typeof content === 'string' && (method === 'POST' || method === 'PUT') ? content : null,
    user: textOf(args, 'user'),
    password: textOf(args, 'pass'),
    authorization: textOf(args, 'authorization'),
    oauth:
      tokenUrl === ''
        ? null
        : {
            tokenUrl,
            clientId: textOf(args, 'clientId'),
            clientSecret: textOf(args, 'clientSecret'),
            scope: textOf(args, 'scope'),
            grant: textOf(args, 'grant') as NonNullable<RestRequest['oauth']>['grant'],
            refreshToken: textOf(args, 'refreshToken'),
          },
    timeoutMs: Math.min(numberOf(args, 'milliseconds'), Math.max(0, context.timeLeft())),
  };
}

/** Without the query, in which tokens are often sent. */
function shownUrl(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//');
}

/** Undefined = it is none. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value at an absolute path such as `resp.items.0.id`; objects and lists as JSON; null = there is none. */
export function valueAt(document: unknown, path: string): string | null {
  const names = path.split('.').filter((name) => name !== '');
  // The document itself may be called `resp`, unless it has a field of that name.
  if (names[0] === 'resp' && !hasOwn(document, 'resp')) names.shift();
  let value = document;
  for (const name of names) {
    if (!hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function hasOwn(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
