import { z } from 'zod';
import type { ProblemCode } from '../problem-types.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * Who may call an operation. `public` needs no credential. A key of administration.md §3 is the functional
 * permission; of several, one is enough. `null` asks for a credential alone. Callers by token need `api.<resource>.<verb>`
 * besides, which follows from method and path (see `apiPermission`).
 */
export type Access = 'public' | null | PermissionKey | readonly [PermissionKey, ...PermissionKey[]];

/** A dotted key; holding a node (`devices`) gives its leaves (`devices.read`). */
export type PermissionKey = `${string}.${string}`;

export interface ResponseSpec {
  description: string;
  /** Schema of the JSON body; absent = no body, unless `media` says otherwise. */
  schema?: z.ZodType;
  example?: unknown;
  /** Bodies that are no JSON: media type → what it holds. */
  media?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
}

/** One operation of the NBI as data: the only source of its validation, its permission and its documentation. */
export interface Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
> {
  /** Unique; names the operation in the OpenAPI document and in the audit. */
  readonly id: string;
  readonly method: Method;
  /** Below the base path, with `{name}` for parameters. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** How the body comes; `none` refuses one. `multipart` is read by the handler as a stream. */
  readonly bodyType: 'none' | 'json' | 'form' | 'multipart';
  readonly bodyRequired: boolean;
  readonly bodyExample?: unknown;
  /** Query names that begin so are gathered in the field of that name: `property.mac=…` → `{ property: { mac: … } }`. */
  readonly queryGroups: readonly string[];
  /** Whether `If-Match` is honoured, or asked for (428 without). */
  readonly ifMatch: 'none' | 'optional' | 'required';
  /** Whether `Prefer: wait=N` is honoured. */
  readonly wait: boolean;
  /** Whether each success is written to the audit; reads and log-ins that only look are not. */
  readonly audited: boolean;
  readonly responses: Readonly<Record<number, ResponseSpec>>;
  /** Problems beyond those that every operation may answer. */
  readonly problems: readonly ProblemCode[];
}

/** No parameters at all. */
type Empty = Readonly<Record<string, never>>;

interface OperationInput<P extends z.ZodRawShape, Q extends z.ZodRawShape, B extends z.ZodType> {
  id: string;
  tag: string;
  summary: string;
  description?: string;
  access: Access;
  params?: P;
  query?: Q;
  body?: B;
  bodyType?: 'json' | 'form' | 'multipart';
  bodyRequired?: boolean;
  bodyExample?: unknown;
  queryGroups?: readonly string[];
  ifMatch?: 'optional' | 'required';
  wait?: boolean;
  audited?: boolean;
  responses: Readonly<Record<number, ResponseSpec>>;
  problems?: readonly ProblemCode[];
}

/** Defines an operation; unknown parameters and fields are errors unless the body's own schema says otherwise. */
export function operation<
  P extends z.ZodRawShape = Empty,
  Q extends z.ZodRawShape = Empty,
  B extends z.ZodType = z.ZodUndefined,
>(
  method: Method,
  path: string,
  input: OperationInput<P, Q, B>,
): Operation<z.ZodObject<P, z.core.$strict>, z.ZodObject<Q, z.core.$strict>, B> {
  const body: z.ZodType = input.body ?? z.undefined();
  return {
    method,
    path,
    id: input.id,
    tag: input.tag,
    summary: input.summary,
    ...(input.description === undefined ? {} : { description: input.description }),
    access: input.access,
    // Without a shape the defaults of P and Q hold: the empty one.
    params: z.strictObject(input.params ?? ({} as unknown as P)),
    query: z.strictObject(input.query ?? ({} as unknown as Q)),
    body: body as B,
    bodyType: input.body === undefined ? 'none' : (input.bodyType ?? 'json'),
    bodyRequired: input.bodyRequired ?? input.body !== undefined,
    ...(input.bodyExample === undefined ? {} : { bodyExample: input.bodyExample }),
    queryGroups: input.queryGroups ?? [],
    ifMatch: input.ifMatch ?? 'none',
    wait: input.wait ?? false,
    audited: input.audited ?? method !== 'get',
    responses: input.responses,
    problems: input.problems ?? [],
  };
}

/** `api.<resource>.<verb>`: the path without its parameters, and the method; `GET /devices/{id}/queue` → `api.devices.queue.get`. */
export function apiPermission(route: Pick<Operation, 'method' | 'path'>): string {
  const resource = route.path
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('{'))
    .join('.');
  return `api.${resource}.${route.method}`;
}
