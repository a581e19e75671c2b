/** One element, reduced to what a CWMP message can mean: prefixes decide nothing, the order of unlike children neither. */
export interface XmlElement {
  /** Local name. */
  readonly name: string;
  /** As written; only used to find the namespace URI of the RPC. */
  readonly prefix: string;
  /** Without a prototype; names as written. Null when there is none. */
  readonly attributes: Readonly<Record<string, string>> | null;
  readonly children: readonly XmlElement[];
  /** All character data directly inside, references resolved, not trimmed. */
  readonly text: string;
}

/** The first child of this local name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  for (const candidate of element.children) if (candidate.name === name) return candidate;
  return undefined;
}

/** Trimmed text of a child: for names, codes, numbers and keys (cpe-quirks.md row 20); undefined without that child. */
export function childText(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text.trim();
}

/** The first element of this name at any depth, the element itself included. */
export function descendant(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element;
  for (const candidate of element.children) {
    const found = descendant(candidate, name);
    if (found) return found;
  }
  return undefined;
}

/** An attribute by local name, whatever its prefix; namespace declarations are none. */
export function attribute(element: XmlElement, name: string): string | undefined {
  if (!element.attributes) return undefined;
  for (const written in element.attributes) {
    if (written === name || (written.endsWith(`:${name}`) && !written.startsWith('xmlns:')))
      return element.attributes[written];
  }
  return undefined;
}
