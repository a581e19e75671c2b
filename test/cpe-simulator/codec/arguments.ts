import { type Report } from '../violations.js';
import { CpeFaultAnswer } from './fault.js';
import { attributeOf, type XmlElement } from './xml-read.js';

export const namespaces = {
  envelope: 'http://schemas.xmlsoap.org/soap/envelope/',
  encoding: 'http://schemas.xmlsoap.org/soap/encoding/',
  schema: 'http://www.w3.org/2001/XMLSchema',
  instance: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

const missing = Symbol('missing');

/**
 * Reads the children of an RPC element in the order of the XSD and takes note of every deviation. What cannot be
 * read at all ends in a CpeFaultAnswer 9003.
 */
export class ArgumentReader {
  readonly #element: XmlElement;
  readonly #report: Report;
  #position = 0;
  readonly #seen = new Set<XmlElement>();

  constructor(element: XmlElement, report: Report) {
    this.#element = element;
    this.#report = report;
  }

  #take(name: string, required: boolean): XmlElement | typeof missing {
    const index = this.#element.children.findIndex((child) => child.name === name);
    const child = this.#element.children[index];
    if (!child) {
      if (required) {
        this.#report('element-missing', `${this.#element.name} has no ${name}`);
        throw new CpeFaultAnswer(9003, `${name} is missing`);
      }
      return missing;
    }
    if (index < this.#position) {
      this.#report('element-order', `${name} in ${this.#element.name} is not where the schema has it`);
    }
    this.#position = Math.max(this.#position, index + 1);
    this.#seen.add(child);
    if (child.namespace !== '') {
      this.#report(
        'qualified-descendant',
        `${name} is in the namespace ${child.namespace}; descendants are unqualified`,
      );
    }
    return child;
  }

  #scalar(name: string, required = true): string | undefined {
    const child = this.#take(name, required);
    if (child === missing) return undefined;
    if (child.children.length > 0) this.#report('element-unknown', `${name} has child elements`);
    return child.text;
  }

  text(name: string, maxLength: number): string {
    const value = this.#scalar(name) ?? '';
    const length = Array.from(value).length;
    if (length > maxLength) {
      this.#report('string-length', `${name} has ${length} characters, at most ${maxLength} are allowed`);
      throw new CpeFaultAnswer(9003, `${name} is too long`);
    }
    return value;
  }

  boolean(name: string): boolean {
    const value = (this.#scalar(name) ?? '').trim();
    if (value === '1' || value === 'true') return true;
    if (value === '0' || value === 'false') return false;
    this.#report('boolean-form', `${name} is "${value}", not one of 0, 1, true, false`);
    throw new CpeFaultAnswer(9003, `${name} is no boolean`);
  }

  unsigned(name: string): number {
    const value = (this.#scalar(name) ?? '').trim();
    if (!/^\+?\d{1,10}$/.test(value) || Number(value) > 4294967295) {
      this.#report('number-form', `${name} is "${value}", not an unsignedInt`);
      throw new CpeFaultAnswer(9003, `${name} is no unsignedInt`);
    }
    return Number(value);
  }

  /** The items of a SOAP array; checks arrayType, its count and the names of the items. */
  array(name: string, itemName: string, itemType: string): readonly XmlElement[] {
    const list = this.#take(name, true);
    if (list === missing) return [];
    const items = list.children.filter((child) => child.name === itemName);
    for (const child of list.children) {
      if (child.name !== itemName)
        this.#report('element-unknown', `${name} holds ${child.name} instead of ${itemName}`);
      if (child.namespace !== '')
        this.#report('qualified-descendant', `${child.name} in ${name} is qualified`);
    }
    const arrayType = attributeOf(list, 'arrayType');
    if (!arrayType) this.#report('array-type', `${name} has no arrayType`);
    else checkArrayType(list, arrayType.namespace, arrayType.value, itemType, items.length, this.#report);
    return items;
  }

  /** To be called when all arguments were read: whatever is left over does not belong here. */
  end(): void {
    for (const child of this.#element.children) {
      if (this.#seen.has(child)) continue;
      this.#report('element-unknown', `${this.#element.name} has no argument ${child.name}`);
    }
  }
}

function checkArrayType(
  list: XmlElement,
  namespace: string,
  value: string,
  itemType: string,
  count: number,
  report: Report,
): void {
  if (namespace !== namespaces.encoding)
    report('array-type', `arrayType of ${list.name} is not in the encoding namespace`);
  const match = /^(?:([^:]+):)?([^[\]]+)\[(\d+)\]$/.exec(value);
  if (!match) {
    report('array-type', `arrayType "${value}" of ${list.name} is not type[count]`);
    return;
  }
  const [, prefix = '', type, size] = match;
  if (type !== itemType)
    report('array-type', `arrayType of ${list.name} is ${type ?? ''} instead of ${itemType}`);
  if (Number(size) !== count)
    report('array-type', `arrayType of ${list.name} says ${size ?? ''} items, there are ${count}`);
  const resolved = list.resolve(prefix);
  const expected =
    itemType === 'string'
      ? resolved === namespaces.schema
      : (resolved ?? '').startsWith('urn:dslforum-org:cwmp-');
  if (!expected)
    report('array-type', `the prefix of arrayType "${value}" stands for ${resolved ?? 'nothing'}`);
}

/** The XML Schema type of a Value element, by its xsi:type. */
export function valueType(element: XmlElement, report: Report): string | undefined {
  const attribute = attributeOf(element, 'type');
  if (!attribute) {
    report('value-type', 'a Value has no xsi:type');
    return undefined;
  }
  if (attribute.namespace !== namespaces.instance)
    report('value-type', 'the type of a Value is not in the xsi namespace');
  const colon = attribute.value.indexOf(':');
  const prefix = colon < 0 ? '' : attribute.value.slice(0, colon);
  const type = attribute.value.slice(colon + 1);
  const space = element.resolve(prefix);
  if (type === 'base64' ? space !== namespaces.encoding : space !== namespaces.schema) {
    report('value-type', `xsi:type "${attribute.value}" is in the namespace ${space ?? 'none'}`);
  }
  return type;
}
