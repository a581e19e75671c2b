import type { SandboxAnswer } from '../../acs/tasks/expression-sandbox.js';
import type { TagSpec } from '../../acs/tasks/xmltask/tag.js';
import { timeJson } from './json.js';

export function valueJson({ type, text }: Extract<SandboxAnswer, { kind: 'value' }>) {
  return { type, value: text };
}

export function effortJson({ steps, reads, moreReads }: Exclude<SandboxAnswer, { kind: 'invalid' }>) {
  return {
    steps,
    reads: reads.map(({ name, value, readAt }) => ({ name, value, readAt: timeJson(readAt) })),
    moreReads,
  };
}

export function tagJson(tag: TagSpec) {
  return {
    name: tag.name,
    section: tag.section,
    documentation: tag.doc,
    container: tag.container ?? false,
    children: tag.own ?? [],
    child: tag.child ?? false,
    within: tag.within ?? null,
    free: tag.free ?? null,
    attributes: tag.attributes.map((attribute) => ({
      name: attribute.name,
      type: attribute.type,
      documentation: attribute.doc,
      required: attribute.required ?? false,
      default: attribute.preset ?? null,
      values: attribute.values ?? null,
      secret: attribute.secret ?? false,
      static: attribute.fixed ?? false,
    })),
  };
}
