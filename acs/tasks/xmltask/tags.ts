import type { AttributeSpec, TagSpec } from './tag.js';
import { DATA_MODEL_TAGS } from './tags/data-model-tags.js';
import { FLOW_TAGS } from './tags/flow-tags.js';
import { NETWORK_TAGS } from './tags/network-tags.js';
import { NOTIFICATION_TAGS } from './tags/notification-tags.js';
import { SYSTEM_TAGS } from './tags/system-tags.js';

/** Every tag of the language (xmltask.md §§4–8), the one place that knows them. */
export const TAGS: readonly TagSpec[] = [
  ...FLOW_TAGS,
  ...DATA_MODEL_TAGS,
  ...SYSTEM_TAGS,
  ...NETWORK_TAGS,
  ...NOTIFICATION_TAGS,
];

const byName = new Map(TAGS.map((tag) => [tag.name, tag]));

/** What a container takes besides its own children. */
export const ROOT_TAGS: readonly string[] = TAGS.filter(({ child }) => !child).map(({ name }) => name);

export function tagNamed(name: string): TagSpec | null {
  return byName.get(name) ?? null;
}

export function attributeOf(tag: TagSpec, name: string): AttributeSpec | null {
  return tag.attributes.find((one) => one.name === name) ?? null;
}

/** Names of the tags that may stand directly in a tag, `ancestors` with it from the root on. */
export function childrenOf(tag: TagSpec, ancestors: readonly string[]): string[] {
  const roots = tag.container
    ? ROOT_TAGS.filter((name) => {
        const within = byName.get(name)?.within;
        return within === undefined || ancestors.includes(within);
      })
    : [];
  return [...(tag.own ?? []), ...roots];
}

/** The tag and attribute that `set.ignoreFaults` names; null when there is no such. */
export function defaultNamed(name: string): { tag: TagSpec; attribute: AttributeSpec } | null {
  const dot = name.indexOf('.');
  const tag = byName.get(name.slice(0, dot));
  const attribute = tag && attributeOf(tag, name.slice(dot + 1));
  return dot > 0 && tag && attribute ? { tag, attribute } : null;
}

const LWM2M_ONLY =
  /^(execute|observe|setAttributes|cancelAllObserves|lwm2m.*|(read|write|observe|cancel).*Composite)$/i;

/** Tags of another protocol, or of another product, which are refused with a word of their own (xmltask.md §8). */
export function refusedTag(name: string): string | null {
  if (LWM2M_ONLY.test(name)) return `<${name}> is a tag of LwM2M; this server speaks TR-069`;
  if (/^(umpRest|coioteRest|serverRest|restServer)$/i.test(name))
    return `<${name}> calls another product's server; use <rest>`;
  return null;
}

/** Attributes of LwM2M are accepted and have no effect. */
export const isIgnoredAttribute = (name: string): boolean => name.startsWith('lwm2m.');
