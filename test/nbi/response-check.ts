import { z } from 'zod';
import type { OpenApiDocument } from '../../nbi/openapi.js';

type Json = Record<string, unknown>;

/** Checks answers against the OpenAPI document, strictly: a field that the document does not know is an error too. */
export class ResponseCheck {
  readonly #document: Json;
  readonly #definitions: Json;
  readonly #schemas = new Map<string, z.ZodType>();
  /** `get /devices/{id} 200` of every answer seen. */
  readonly seen = new Set<string>();

  constructor(document: OpenApiDocument) {
    this.#document = document as unknown as Json;
    const components = this.#document.components as { schemas: Json };
    this.#definitions = close(components.schemas) as Json;
  }

  /** Throws when the answer is not what the document says. `partial`: fields were picked, or the body has none. */
  check(answer: {
    method: string;
    path: string;
    status: number;
    type: string;
    body: unknown;
    picked: boolean;
  }): void {
    const { method, path, status, type } = answer;
    const template = this.#template(path, method);
    // 404 and 405 of paths that do not exist are problems all the same.
    if (template === null) {
      if (type !== 'application/problem+json') throw new Error(`${method} ${path} is not in the document`);
      this.#validate('Problem', { $ref: '#/$defs/Problem' }, answer.body);
      return;
    }
    const name = `${method} ${template} ${status}`;
    const content = this.#content(template, method, status);
    if (content === undefined) throw new Error(`The document has no answer ${name}`);
    this.seen.add(name);
    if (content === null) {
      if (answer.body !== undefined) throw new Error(`${name} has a body that the document does not know`);
      return;
    }
    const media = content[type];
    if (media === undefined) throw new Error(`${name} came as ${type || 'nothing'}`);
    if (type.endsWith('json') && !answer.picked && type !== 'application/x-ndjson')
      this.#validate(`${name} ${type}`, close(media.schema), answer.body);
  }

  #validate(name: string, schema: unknown, body: unknown): void {
    let compiled = this.#schemas.get(name);
    if (!compiled) {
      compiled = z.fromJSONSchema({ ...(schema as Json), $defs: this.#definitions } as never);
      this.#schemas.set(name, compiled);
    }
    const result = compiled.safeParse(body);
    if (!result.success)
      throw new Error(`${name}: ${z.prettifyError(result.error)}\n${JSON.stringify(body).slice(0, 2_000)}`);
  }

  #template(path: string, method: string): string | null {
    const segments = path.split('/');
    const paths = Object.entries(this.#document.paths as Record<string, Json>)
      .filter(([, item]) => item[method] !== undefined)
      .map(([template]) => template)
      .filter((template) => {
        const parts = template.split('/');
        return (
          parts.length === segments.length &&
          parts.every((part, at) => part.startsWith('{') || part === segments[at])
        );
      });
    return paths.sort((one, other) => one.split('{').length - other.split('{').length)[0] ?? null;
  }

  #content(
    template: string,
    method: string,
    status: number,
  ): Record<string, { schema: unknown }> | null | undefined {
    const paths = this.#document.paths as Record<string, Record<string, { responses: Json }>>;
    const response = paths[template]?.[method]?.responses[String(status)] as { content?: Json } | undefined;
    if (!response) return undefined;
    return (response.content as Record<string, { schema: unknown }> | undefined) ?? null;
  }
}

/** References into `$defs`, and every object closed. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (typeof schema !== 'object' || schema === null) return schema;
  const fields = Object.fromEntries(
    Object.entries(schema as Json).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/components/schemas/', '#/$defs/')]
        : key === 'properties'
          ? [key, Object.fromEntries(Object.entries(value as Json).map(([name, one]) => [name, close(one)]))]
          : [key, close(value)],
    ),
  );
  // Annotations; formats too are no more in JSON Schema 2020-12.
  delete fields.format;
  delete fields.example;
  delete fields.examples;
  if (fields.properties !== undefined && fields.additionalProperties === undefined)
    return { ...fields, additionalProperties: false };
  return fields;
}
