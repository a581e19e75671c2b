/** An attribute as it stands in the text; offsets are of the text, `valueFrom` behind the opening quote. */
export interface XmlAttribute {
  readonly name: string;
  /** Unescaped. */
  readonly value: string;
  readonly from: number;
  readonly valueFrom: number;
  readonly valueTo: number;
}

export interface XmlElement {
  /** In document order from 0, the root; what frames refer to. */
  readonly id: number;
  readonly name: string;
  readonly parent: XmlElement | null;
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: readonly XmlElement[];
  readonly line: number;
  readonly column: number;
  /** From `<` to behind the last `>`. */
  readonly from: number;
  readonly to: number;
}

/** A workflow that was read; nothing of it changes. */
export interface XmlTaskDocument {
  readonly text: string;
  readonly root: XmlElement;
  /** All elements by id. */
  readonly elements: readonly XmlElement[];
  /** Of the text; tells whether a saved state belongs to it. */
  readonly hash: string;
}

/** Line and column from 1 of an offset; lines end with LF, CR or both. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (const match of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(match.index + match[0].length);
  }

  place(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

/** Where in the text the character at `index` of an attribute's unescaped value stands. */
export function offsetInValue(text: string, attribute: XmlAttribute, index: number): number {
  let offset = attribute.valueFrom;
  for (let count = 0; count < index && offset < attribute.valueTo;) {
    const reference = text[offset] === '&' ? text.indexOf(';', offset) : -1;
    if (reference > 0) {
      const code = /^&#(x?)([0-9a-fA-F]+);/.exec(text.slice(offset, reference + 1));
      const point = code ? parseInt(code[2] ?? '0', code[1] ? 16 : 10) : 0;
      count += point > 0xffff ? 2 : 1;
      offset = reference + 1;
    } else {
      offset += text.startsWith('\r\n', offset) ? 2 : 1;
      count += 1;
    }
  }
  return offset;
}
