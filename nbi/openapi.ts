import type { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiMediaTypeObject,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { OPERATIONS } from './api/index.js';
import { apiPermission, type Operation, type ResponseSpec } from './api/operation.js';
import { PROBLEM_TYPES, problemType, type ProblemCode } from './problem-types.js';
import { problem, type ProblemJson } from './schemas/common.js';

export const BASE_PATH = '/api/v1';

export interface OpenApiOptions {
  version: string;
  /** Base address as clients see it; default relative to the document. */
  server?: string;
}

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The OpenAPI 3.1 document of the NBI, from the same schemas that validate. */
export function openApiDocument(
  options: OpenApiOptions,
  operations: readonly Operation[] = OPERATIONS,
): OpenApiDocument {
  const paths: NonNullable<ZodOpenApiObject['paths']> = {};
  for (const operation of operations) {
    const item = (paths[operation.path] ??= {});
    item[operation.method] = operationObject(operation);
  }
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'Provost northbound interface', version: options.version, description: DESCRIPTION },
      servers: [{ url: options.server ?? BASE_PATH }],
      tags: TAGS,
      security: [{ token: [] }, { session: [] }],
      paths,
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'API token, or access token of the password grant',
          },
          session: { type: 'apiKey', in: 'cookie', name: 'provost_session', description: 'Console session' },
        },
        parameters: HEADER_PARAMETERS,
        examples: Object.fromEntries(
          codes().map((code) => [code, { summary: PROBLEM_TYPES[code].title, value: problemExample(code) }]),
        ),
      },
    },
    { override: loosenOutput },
  );
}

/** Clients must ignore unknown fields of answers (northbound.md §1), so answers are not closed. */
function loosenOutput(context: {
  jsonSchema: { additionalProperties?: unknown };
  io: 'input' | 'output';
}): void {
  if (context.io === 'output' && context.jsonSchema.additionalProperties === false)
    delete context.jsonSchema.additionalProperties;
}

const DESCRIPTION = [
  'Everything that the console does, and more: inventory, tasks, reports, files and events of the ACS.',
  '',
  'Identities and task ids in paths are percent-encoded once more, since they contain `%`. Unknown fields of requests are errors;',
  'unknown fields of answers must be ignored. Callers by token need `api.<resource>.<verb>` besides the permission that an',
  'operation names; holding a node of a key (`api.devices`) gives its leaves.',
].join('\n');

const TAGS = [
  { name: 'Access', description: 'Log-in, users, API tokens' },
  { name: 'Devices', description: 'Inventory, parameters, sessions' },
  { name: 'Groups', description: 'The group tree, memberships, migration rules, profiles' },
  { name: 'Actions', description: 'Shortcuts that add a task to a device' },
  { name: 'Tasks', description: 'The ordered list of each device' },
  { name: 'Expressions', description: 'Trying, checking and completing what computes values' },
  { name: 'Executions', description: 'Reports and logs of tasks' },
  { name: 'Resources', description: 'Firmware, configurations, backups' },
  { name: 'Events', description: 'What happens, live' },
  { name: 'System', description: 'Health, jobs, audit' },
];

const HEADER_PARAMETERS = {
  IfMatch: headerParameter(
    'If-Match',
    'ETag of the version that is to be changed; 412 when it is another one',
  ),
  IfNoneMatch: headerParameter('If-None-Match', 'ETag of the version at hand; 304 when it is still the same'),
  IdempotencyKey: headerParameter(
    'Idempotency-Key',
    'Kept 24 hours: the same key and body give the same answer, another body 422',
  ),
  Prefer: headerParameter('Prefer', '`wait=N`: wait up to N seconds (at most 300) for the end'),
  RequestId: headerParameter('X-Request-Id', 'Comes back in the answer and in the audit'),
} as const;

function headerParameter(name: string, description: string) {
  return { name, in: 'header' as const, required: false, description, schema: { type: 'string' as const } };
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { body, params, query } = operation;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: [operation.description, accessText(operation)].filter(Boolean).join('\n\n'),
    ...(operation.access === 'public' ? { security: [] } : {}),
    requestParams: { path: params as z.ZodObject, query: query as z.ZodObject },
    parameters: headersOf(operation).map((name) => ({ $ref: `#/components/parameters/${name}` as const })),
    ...(operation.bodyType === 'none'
      ? {}
      : {
          requestBody: {
            required: operation.bodyRequired,
            content: { [BODY_TYPES[operation.bodyType]]: bodyContent(operation, body) },
          },
        }),
    responses: { ...successResponses(operation), ...problemResponses(operation) },
  };
}

const BODY_TYPES = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
} as const;

function bodyContent(operation: Operation, body: z.ZodType): ZodOpenApiMediaTypeObject {
  if (operation.bodyType === 'multipart')
    return {
      schema: (body as z.ZodObject).extend({}).meta({
        override: (context: {
          jsonSchema: { properties?: Record<string, unknown>; required?: string[] };
        }) => {
          context.jsonSchema.properties = {
            ...context.jsonSchema.properties,
            file: { type: 'string', contentMediaType: 'application/octet-stream', description: 'The bytes' },
          };
          context.jsonSchema.required = [...(context.jsonSchema.required ?? []), 'file'];
        },
      }),
    };
  return { schema: body, ...(operation.bodyExample === undefined ? {} : { example: operation.bodyExample }) };
}

function accessText(operation: Operation): string {
  const { access } = operation;
  if (access === 'public') return 'Needs no credential.';
  const functional = access === null ? [] : typeof access === 'string' ? [access] : access;
  const needs = functional.map((key) => `\`${key}\``).join(' or ');
  return `Permission: ${needs === '' ? 'none but a credential' : needs}; by token also \`${apiPermission(operation)}\`.`;
}

function headersOf(operation: Operation): (keyof typeof HEADER_PARAMETERS)[] {
  const names: (keyof typeof HEADER_PARAMETERS)[] = ['RequestId'];
  if (operation.ifMatch !== 'none') names.push('IfMatch');
  if (operation.responses[304]) names.push('IfNoneMatch');
  if (takesIdempotencyKey(operation)) names.push('IdempotencyKey');
  if (operation.wait) names.push('Prefer');
  return names;
}

/** Log-ins are no creation: their answers hold secrets that must not be stored. */
export function takesIdempotencyKey(operation: Operation): boolean {
  return operation.method === 'post' && operation.access !== 'public' && operation.audited;
}

function successResponses(operation: Operation): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, spec] of Object.entries(operation.responses)) {
    const content = contentOf(spec);
    responses[status as '200'] = {
      description: spec.description,
      ...(content === null ? {} : { content }),
      ...(spec.headers === undefined
        ? {}
        : {
            headers: Object.fromEntries(
              Object.entries(spec.headers).map(([name, description]) => [
                name,
                { description, schema: { type: 'string' as const } },
              ]),
            ),
          }),
    };
  }
  return responses;
}

function contentOf(spec: ResponseSpec): Record<string, ZodOpenApiMediaTypeObject> | null {
  const content: Record<string, ZodOpenApiMediaTypeObject> = {};
  if (spec.schema)
    content['application/json'] = {
      schema: spec.schema,
      ...(spec.example === undefined ? {} : { example: spec.example }),
    };
  for (const [type, description] of Object.entries(spec.media ?? {}))
    content[type] = { schema: { type: 'string', description } };
  return Object.keys(content).length === 0 ? null : content;
}

/** Problems of an operation: its own, and those that follow from what it takes. */
export function problemCodes(operation: Operation): ProblemCode[] {
  const found = new Set<ProblemCode>([
    'bad-request',
    ...operation.problems,
    'rate-limited',
    'internal',
    'overloaded',
  ]);
  if (operation.access !== 'public') found.add('unauthenticated').add('forbidden');
  if (operation.bodyType !== 'none') found.add('validation').add('too-large').add('media-type');
  if (takesIdempotencyKey(operation)) found.add('idempotency-mismatch').add('conflict');
  if (operation.ifMatch !== 'none') found.add('stale');
  if (operation.ifMatch === 'required') found.add('precondition-required');
  return codes().filter((code) => found.has(code));
}

function problemResponses(operation: Operation): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemCodes(operation)) {
    const { status } = PROBLEM_TYPES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, list] of byStatus) {
    const problemContent: ZodOpenApiMediaTypeObject = {
      schema: problem,
      examples: Object.fromEntries(list.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    };
    const own = operation.responses[status];
    responses[String(status) as '400'] = {
      description: [own?.description, ...list.map((code) => PROBLEM_TYPES[code].title)]
        .filter(Boolean)
        .join('; '),
      content: { ...(own ? contentOf(own) : {}), 'application/problem+json': problemContent },
    };
  }
  return responses;
}

function codes(): ProblemCode[] {
  return Object.keys(PROBLEM_TYPES) as ProblemCode[];
}

function problemExample(code: ProblemCode): ProblemJson {
  const { status, title } = PROBLEM_TYPES[code];
  return {
    type: problemType(code),
    title,
    status,
    detail: title,
    instance: '/api/v1/devices/02A0C4-GW-E5CAE8',
    code,
    requestId: '65f0c0ffee0ddba11c0ffee0',
    ...(code === 'validation'
      ? { errors: [{ pointer: '/priority', code: 'type', message: 'Must be a number' }] }
      : {}),
    ...(code === 'expression-error'
      ? {
          errors: [
            {
              ...{ pointer: '/expression', code: 'expression', from: 9, to: 14 },
              message: 'Device has no member seral (column 10)',
            },
          ],
        }
      : {}),
    ...(code === 'forbidden' ? { requiredPermission: 'devices.read' } : {}),
    ...(code === 'rate-limited' ? { retryAfter: 1 } : {}),
    ...(code === 'device-fault'
      ? {
          cwmpFault: {
            code: 9003,
            string: 'Invalid arguments',
            parameterFaults: [
              { path: 'Device.WiFi.SSID.1.SSID', code: 9007, string: 'Invalid parameter value' },
            ],
          },
        }
      : {}),
  };
}
