import { ValidationError } from '../../common/errors.js';
import { DECIDING_NAMES, isTaken, positions, TR098_ANCHORS, TR181_ANCHORS } from './anchors.js';
import { ANCHORS, INDEXED_MEANINGS, MEANINGS, type Candidate, type MeaningData } from './meanings-data.js';
import type { ParameterTree } from './parameter-tree.js';

export { INDEXED_MEANINGS, MEANINGS, type MeaningData } from './meanings-data.js';

export interface ResolvedMeaning {
  /** Complete, from the root object on. */
  path: string;
  meaning: MeaningData;
  /** False where the tree could not tell the instance or the parameter, and numbers were taken on trust. */
  certain: boolean;
}

interface Parsed {
  meaning: MeaningData;
  position: number;
}

const TR181_ROOT = 'Device';
const ROOT_ALIAS = 'Root.';

const byPattern = new Map(MEANINGS.map((meaning) => [meaning.key, meaning]));

/** Whether a name is written as a meaning (`wifi.1.ssid`), known or not: parameter paths begin with a capital. */
export function looksLikeMeaning(name: string): boolean {
  return /^[a-z][A-Za-z]*(\.(\d+|[a-z][A-Za-z]*))*$/.test(name);
}

/**
 * The parameter that a meaning has on a device; null for an unknown meaning, and where the data model has no such
 * parameter. `tree` chooses instance and parameter; without one (or where it knows nothing there) the numbers of the
 * first instances are taken and the result is not `certain`.
 */
export function resolveMeaning(
  key: string,
  root: string,
  tree: ParameterTree | null = null,
): ResolvedMeaning | null {
  const parsed = parse(key);
  if (!parsed) return null;
  const candidates = candidatesOf(parsed.meaning, root);
  const places = candidates.flatMap((candidate) => place(candidate, parsed.position, root, tree) ?? []);
  const known = tree ? choose(places, tree) : null;
  const chosen = known ?? places[0];
  if (!chosen) return null;
  return { path: chosen.path, meaning: parsed.meaning, certain: known !== null };
}

/**
 * The path for what a user named: a meaning is resolved, `Root.` becomes the device's root, any other text is a path
 * already. Throws `ValidationError` for an unknown meaning or one that the device's data model does not have.
 */
export function resolvePath(nameOrMeaning: string, root: string, tree: ParameterTree | null = null): string {
  if (nameOrMeaning.startsWith(ROOT_ALIAS))
    return `${rootOf(root)}.${nameOrMeaning.slice(ROOT_ALIAS.length)}`;
  if (!looksLikeMeaning(nameOrMeaning)) return nameOrMeaning;
  const resolved = resolveMeaning(nameOrMeaning, root, tree);
  if (resolved) return resolved.path;
  throw ValidationError.of(
    '',
    parse(nameOrMeaning)
      ? `The data model ${rootOf(root)} has no parameter for ${nameOrMeaning}`
      : `There is no meaning ${nameOrMeaning}`,
    'unknown-meaning',
  );
}

/** The meaning of a parameter, with its position filled in; null when it has none. */
export function meaningOf(
  path: string,
  root: string,
  tree: ParameterTree | null = null,
): { key: string; meaning: MeaningData } | null {
  if (tree) {
    const key = meaningsOfTree(root, tree).get(path);
    const parsed = key === undefined ? null : parse(key);
    return key === undefined || !parsed ? null : { key, meaning: parsed.meaning };
  }
  const last = path.slice(path.lastIndexOf('.') + 1);
  for (const { expression, meaning } of patternsOf(root).get(last) ?? []) {
    const match = expression.exec(path);
    if (match) return { key: meaning.key.replace('{n}', match[1] ?? '1'), meaning };
  }
  return null;
}

const derived = new WeakMap<ParameterTree, { version: number; root: string; keys: Map<string, string> }>();

/** The meanings of all parameters of a tree, by path. Kept with the tree until it changes. */
export function meaningsOfTree(root: string, tree: ParameterTree): ReadonlyMap<string, string> {
  const known = derived.get(tree);
  if (known?.version === tree.version && known.root === root) return known.keys;
  const keys = new Map<string, string>();
  const count = positions(tree, rootOf(root));
  for (const meaning of MEANINGS) {
    const last = meaning.key.includes('{n}') ? count : 1;
    for (let position = 1; position <= last; position += 1) {
      const key = meaning.key.replace('{n}', String(position));
      const resolved = resolveMeaning(key, root, tree);
      if (resolved?.certain && !keys.has(resolved.path)) keys.set(resolved.path, key);
    }
  }
  derived.set(tree, { version: tree.version, root, keys });
  return keys;
}

/** The value of a meaning in a tree, in the meaning's own words; null when it is not known. */
export function valueOfMeaning(key: string, root: string, tree: ParameterTree): string | null {
  const resolved = resolveMeaning(key, root, tree);
  const value = resolved ? tree.value(resolved.path) : null;
  return resolved && value !== null ? fromParameter(resolved.meaning, root, value) : null;
}

/** Values of the indexed meanings (`DeviceRecord.indexed`), or of some of them; null where the device has none. */
export function indexedValues(
  root: string,
  tree: ParameterTree,
  keys: readonly string[] = INDEXED_MEANINGS,
): Record<string, string | null> {
  return Object.fromEntries(keys.map((key) => [key, valueOfMeaning(key, root, tree)]));
}

/**
 * The first words of the meanings (`wifi`, `wan`) whose value may be another once these parameters have new ones; `all`
 * where one of them decides which instance a meaning is found in.
 */
export function kindsTouched(paths: Iterable<string>, root: string): ReadonlySet<string> | 'all' {
  const kinds = new Set<string>();
  for (const path of paths) {
    const last = path.slice(path.lastIndexOf('.') + 1);
    if (DECIDING_NAMES.has(last)) return 'all';
    for (const { expression, meaning } of patternsOf(root).get(last) ?? [])
      if (expression.test(path)) kinds.add(kindOf(meaning.key));
  }
  return kinds;
}

/** The first word of a meaning's key. */
export function kindOf(key: string): string {
  const dot = key.indexOf('.');
  return dot < 0 ? key : key.slice(0, dot);
}

/** A value as the user means it, as the parameter has it (`hidden` → not advertised; `WPA2-Personal` → `11i`). */
export function toParameter(meaning: MeaningData, root: string, value: string): string {
  if (meaning.inverted) return invert(value);
  return wordsOf(meaning, root)?.[value] ?? value;
}

/** The reverse of `toParameter`. */
export function fromParameter(meaning: MeaningData, root: string, value: string): string {
  if (meaning.inverted) return invert(value);
  const words = Object.entries(wordsOf(meaning, root) ?? {});
  return words.find(([, word]) => word === value)?.[0] ?? value;
}

/**
 * The partial paths to read (names and values) before a meaning can be resolved for certain; empty where its path is the
 * same on every device.
 */
export function discoveryPaths(key: string, root: string): string[] {
  const parsed = parse(key);
  if (!parsed) return [];
  const prefix = `${rootOf(root)}.`;
  const wan = ['Routing.', 'NAT.', 'IP.', 'PPP.', 'DHCPv4.'];
  const paths = new Set<string>();
  for (const candidate of candidatesOf(parsed.meaning, root)) {
    if (typeof candidate === 'string') continue;
    const [anchor] = candidate;
    if (['ssid', 'ap', 'radio'].includes(anchor)) paths.add('WiFi.');
    else if (isTr181(root))
      for (const path of anchor === 'wanLink' ? [...wan, 'Ethernet.'] : wan) paths.add(path);
    else if (['wan', 'ppp'].includes(anchor)) {
      paths.add('Layer3Forwarding.');
      paths.add('WANDevice.');
    } else paths.add('LANDevice.');
  }
  return [...paths].map((path) => prefix + path);
}

interface Place {
  path: string;
  /** The tree knows the instance. */
  found: boolean;
}

/** The first parameter that is there and not known to be read-only where it is to be written; else the first that is there. */
function choose(places: readonly Place[], tree: ParameterTree): Place | null {
  const there = places.filter(({ found, path }) => found && tree.has(path));
  return there.find(({ path }) => tree.get(path)?.writable !== false) ?? there[0] ?? null;
}

/** Where a candidate is on this device, or would be; null when it cannot be there. */
function place(
  candidate: Candidate,
  position: number,
  root: string,
  tree: ParameterTree | null,
): Place | null {
  const prefix = `${rootOf(root)}.`;
  if (typeof candidate === 'string') return { path: prefix + candidate, found: true };
  const [anchor, rest] = candidate;
  const finders = isTr181(root) ? TR181_ANCHORS : TR098_ANCHORS;
  const found = tree ? (finders[anchor]?.(tree, position) ?? null) : null;
  if (found !== null) return { path: found + rest, found: true };
  const data = isTr181(root) ? ANCHORS[anchor].tr181 : ANCHORS[anchor].tr098;
  if (!data) return null;
  const instance = prefix + data.fallback.replace('{n}', String(position));
  return tree && isTaken(tree, anchor, instance) ? null : { path: instance + rest, found: false };
}

function parse(key: string): Parsed | null {
  const plain = byPattern.get(key);
  if (plain && !plain.key.includes('{n}')) return { meaning: plain, position: 1 };
  const match = /^([a-zA-Z]+)\.([1-9]\d{0,3})\.([a-zA-Z]+)$/.exec(key);
  const meaning = match ? byPattern.get(`${match[1] ?? ''}.{n}.${match[3] ?? ''}`) : undefined;
  return match && meaning ? { meaning, position: Number(match[2]) } : null;
}

function candidatesOf(meaning: MeaningData, root: string): readonly Candidate[] {
  return isTr181(root) ? meaning.tr181 : meaning.tr098;
}

function wordsOf(meaning: MeaningData, root: string): Readonly<Record<string, string>> | undefined {
  return isTr181(root) ? meaning.words?.tr181 : meaning.words?.tr098;
}

function isTr181(root: string): boolean {
  return rootOf(root) === TR181_ROOT;
}

/** The root object of a device that has not said its own yet is taken to be TR-181's. */
function rootOf(root: string): string {
  return root === '' ? TR181_ROOT : root;
}

function invert(value: string): string {
  switch (value.toLowerCase()) {
    case '1':
      return '0';
    case '0':
      return '1';
    case 'true':
      return 'false';
    case 'false':
      return 'true';
    default:
      return value;
  }
}

interface PathPattern {
  expression: RegExp;
  meaning: MeaningData;
}

const patterns = new Map<string, Map<string, PathPattern[]>>();

/** Expressions for the paths of all meanings by the last name of the path, for paths of which no tree is at hand. */
function patternsOf(root: string): ReadonlyMap<string, PathPattern[]> {
  const name = rootOf(root);
  let known = patterns.get(name);
  if (!known) {
    known = new Map();
    for (const meaning of MEANINGS)
      for (const candidate of candidatesOf(meaning, root)) {
        const path = typeof candidate === 'string' ? candidate : candidate[1];
        const last = path.slice(path.lastIndexOf('.') + 1);
        const pattern = { expression: expressionOf(candidate, name), meaning };
        known.set(last, [...(known.get(last) ?? []), pattern]);
      }
    patterns.set(name, known);
  }
  return known;
}

function expressionOf(candidate: Candidate, root: string): RegExp {
  const escape = (text: string): string => text.replace(/[.[\]]/g, '\\$&');
  if (typeof candidate === 'string') return new RegExp(`^${escape(`${root}.${candidate}`)}$`);
  const [anchor, rest] = candidate;
  const data = root === TR181_ROOT ? ANCHORS[anchor].tr181 : ANCHORS[anchor].tr098;
  // The last instance of a positioned anchor is the position, for want of a tree that would count.
  const pattern = (data?.pattern ?? '').split('{i}').map(escape);
  const last = pattern.pop() ?? '';
  const positioned = data?.fallback.includes('{n}') ?? false;
  const head = pattern.slice(0, -1).map((part) => `${part}\\d+`);
  const body = pattern.length === 0 ? '' : `${pattern.at(-1) ?? ''}${positioned ? '(\\d+)' : '\\d+'}`;
  return new RegExp(`^${root}\\.${head.join('')}${body}${last}${escape(rest)}$`);
}
