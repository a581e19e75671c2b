import type { Place } from '../../expressions/index.js';
import { placeOfField } from '../config-expressions.js';
import { escapeAttribute } from '../config-xml.js';
import type { TaskType } from '../task-type.js';
import { placeOf } from './attribute-expressions.js';
import { XML_TASK } from './child-config.js';
import { completeXml, type XmlCompletion } from './complete.js';
import type { AttributeType } from './tag.js';

/** What may stand at an offset of a configuration that is being typed. */
export interface ConfigCompletion extends Pick<XmlCompletion, 'kind' | 'from' | 'to' | 'suggestions'> {
  /** What an attribute's value must be; null where the language of workflows does not say. */
  expects: AttributeType | null;
  /** For `expression`: the attribute's text up to the offset, unescaped, and where it stands. */
  expression: { text: string; place: Place } | null;
}

/**
 * Tags, attributes and values of a workflow; of the other types, whose form is their schema, the expressions alone.
 */
export function completeConfigXml(type: TaskType, xml: string, offset: number): ConfigCompletion {
  const { kind, from, to, suggestions, at, expression } = completeXml(xml, offset);
  const workflow = type.name === XML_TASK;
  const place = at && placeOfAttribute(type, at);
  return {
    ...{ kind, from, to },
    suggestions: workflow ? suggestions : [],
    expects: (workflow ? at?.attribute?.type : null) ?? null,
    expression: place && expression !== undefined ? { text: unescapeXml(expression), place } : null,
  };
}

function placeOfAttribute(
  type: TaskType,
  { tag, name, attribute }: NonNullable<XmlCompletion['at']>,
): Place | null {
  if (type.name === XML_TASK) return attribute && placeOf(attribute);
  return placeOfField(type.schema, tag === 'config' ? [name] : [tag, name]);
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Of a text that is being typed: what is no reference yet stays as it is. */
function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/g,
    (reference, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal ?? NaN);
      if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
      return NAMED[name ?? ''] ?? reference;
    },
  );
}

/** How many units of the XML a piece of an expression takes. */
export function escapedLength(text: string): number {
  return escapeAttribute(text).length;
}
