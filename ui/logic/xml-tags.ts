import type { components } from '../generated/api.js';
import type { XmlElement } from './xml-elements.js';

export type XmlTag = components['schemas']['XmlTagList']['items'][number];

/** The tags around an element and its own, from the root on. */
function pathOf(elements: readonly XmlElement[], index: number): string[] {
  const path: string[] = [];
  for (let at: number | null = index; at !== null; at = elements[at]?.parent ?? null)
    path.unshift(elements[at]?.name ?? '');
  return path;
}

/** What the language knows of an element; null where it is unknown, or stands in the configuration of another type. */
export function tagOf(
  tags: readonly XmlTag[],
  elements: readonly XmlElement[],
  index: number,
): XmlTag | null {
  const path = pathOf(elements, index);
  const known = (name: string): XmlTag | undefined => tags.find((tag) => tag.name === name);
  if (path.slice(0, -1).some((name) => known(name)?.free === 'content')) return null;
  return known(path.at(-1) ?? '') ?? null;
}

/** Tags that may stand directly in an element. */
export function childrenOf(
  tags: readonly XmlTag[],
  elements: readonly XmlElement[],
  index: number,
): XmlTag[] {
  const tag = tagOf(tags, elements, index);
  if (!tag || tag.free === 'content') return [];
  const path = pathOf(elements, index);
  return tags.filter(
    ({ name, child, within }) =>
      tag.children.includes(name) || (tag.container && !child && (within === null || path.includes(within))),
  );
}
