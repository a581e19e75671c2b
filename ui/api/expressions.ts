import type { components } from '../generated/api.js';
import { client, take } from './client.js';

type Schemas = components['schemas'];
export type ExpressionValue = Schemas['ExpressionValue'];
export type Place = NonNullable<Schemas['ExpressionCheck']['place']>;
export type ResultType = NonNullable<Schemas['ExpressionEvaluate']['type']>;

/** Whom an expression is tried on; nothing = on nobody. */
export interface ExpressionSubject {
  device?: string;
  group?: string;
}

interface Init {
  signal?: AbortSignal;
}

const byName = (name: string) => ({ path: { name } });

/** The language of expressions and the XML of configurations, as the server sees them while they are typed. */
export const expressions = {
  check: (expression: string, place: Place, subject: ExpressionSubject, init: Init = {}) =>
    take(
      client.POST('/expressions/check', { body: { expression, place, ...subject, masked: true }, ...init }),
    ),
  complete: (expression: string, offset: number, place: Place, subject: ExpressionSubject) =>
    take(client.POST('/expressions/complete', { body: { expression, offset, place, ...subject } })),
  evaluate: (expression: string, type: ResultType | null, subject: ExpressionSubject) =>
    take(
      client.POST('/expressions/evaluate', {
        body: { expression, ...(type === null ? {} : { type }), ...subject, masked: true },
      }),
    ),
  tags: () => take(client.GET('/task-types/{name}/tags', { params: byName('XmlTask') })),
  reference: () => take(client.GET('/expressions/reference')),
  checkConfig: (type: string, config: string, init: Init = {}) =>
    take(client.POST('/task-types/{name}/check', { params: byName(type), body: { config }, ...init })),
  completeConfig: (type: string, config: string, offset: number, subject: ExpressionSubject) =>
    take(
      client.POST('/task-types/{name}/complete', {
        params: byName(type),
        body: { config, offset, ...subject },
      }),
    ),
};
