import { checkAttribute, hasDynamicPart } from './attribute-expressions.js';
import { childIssues, childText, childType, XML_TASK } from './child-config.js';
import {
  LineIndex,
  offsetInValue,
  type XmlAttribute,
  type XmlElement,
  type XmlTaskDocument,
} from './document.js';
import { numberProblem, textProblem } from './literals.js';
import { parseXml } from './parse.js';
import { rulesOf } from './rules.js';
import type { AttributeSpec, TagSpec } from './tag.js';
import {
  attributeOf,
  childrenOf,
  defaultNamed,
  isIgnoredAttribute,
  refusedTag,
  TAGS,
  tagNamed,
} from './tags.js';
import { XmlTaskError, type XmlTaskIssue } from './xml-task-error.js';

/** The workflow of a text. Throws `XmlTaskError` with every wrong place in the order of the text. */
export function parseXmlTask(text: string): XmlTaskDocument {
  const document = parseXml(text);
  const issues = validate(document);
  if (issues.length > 0) throw new XmlTaskError(issues);
  return document;
}

/** Every wrong place of a well-formed workflow (xmltask.md §1, §9). */
export function validate(document: XmlTaskDocument): XmlTaskIssue[] {
  const validator = new Validator(document);
  return validator.issues();
}

/** Where an element stands. */
interface Around {
  /** The nearest known tag outside; null = the element is the root. */
  parent: TagSpec | null;
  /** Names from the root on, the parent included. */
  ancestors: readonly string[];
  /** Attributes that `defaults` around it give a value to, as `tag.attribute`. */
  defaults: ReadonlySet<string>;
}

class Validator {
  readonly #document: XmlTaskDocument;
  readonly #lines: LineIndex;
  readonly #issues: XmlTaskIssue[] = [];

  constructor(document: XmlTaskDocument) {
    this.#document = document;
    this.#lines = new LineIndex(document.text);
  }

  issues(): XmlTaskIssue[] {
    this.#element(this.#document.root, { parent: null, ancestors: [], defaults: new Set() });
    return this.#issues.sort((a, b) => a.from - b.from);
  }

  #element(element: XmlElement, around: Around): void {
    const tag = this.#tag(element, around);
    if (!tag) {
      for (const child of element.children) this.#element(child, around);
      return;
    }
    this.#attributes(element, tag, around.defaults);
    for (const problem of rulesOf(tag.name)?.(element) ?? []) {
      const place = problem.attribute === undefined ? undefined : element.attributes.get(problem.attribute);
      this.#at(place?.from ?? (problem.element ?? element).from, problem.code ?? 'invalid', problem.message);
    }
    if (tag.free === 'content') return;
    if (tag.name === 'task') this.#class(element);
    const inside: Around = {
      parent: tag,
      ancestors: [...around.ancestors, tag.name],
      defaults: tag.name === 'defaults' ? this.#defaults(element, around.defaults) : around.defaults,
    };
    for (const child of element.children)
      if (tag.name === 'task' && child.name === 'config') this.#childConfig(element, child);
      else this.#element(child, inside);
  }

  #tag(element: XmlElement, { parent, ancestors }: Around): TagSpec | null {
    const refused = refusedTag(element.name);
    const tag = refused === null ? tagNamed(element.name) : null;
    if (!tag) {
      this.#at(
        element.from,
        refused === null ? 'unknown-tag' : 'not-supported',
        refused ?? `There is no tag <${element.name}>${nearest(element.name)}`,
      );
      return null;
    }
    if (parent && !childrenOf(parent, ancestors).includes(tag.name))
      this.#at(element.from, 'forbidden-child', misplaced(tag, parent));
    return tag;
  }

  #attributes(element: XmlElement, tag: TagSpec, defaults: ReadonlySet<string>): void {
    for (const attribute of element.attributes.values()) {
      if (isIgnoredAttribute(attribute.name) || tag.free === 'attributes') continue;
      const spec = attributeOf(tag, attribute.name);
      if (spec) this.#value(tag, spec, attribute);
      else
        this.#at(
          attribute.from,
          'unknown-attribute',
          `<${tag.name}> has no attribute ${attribute.name}; it has ${tag.attributes.map(({ name }) => name).join(', ') || 'none'}`,
        );
    }
    if (tag.free === 'attributes') this.#defaults(element, defaults, true);
    for (const spec of tag.attributes) {
      const given = element.attributes.get(spec.name);
      const absent = !given || (given.value === '' && !spec.emptyCounts);
      if (spec.required && absent && spec.preset === undefined && !defaults.has(`${tag.name}.${spec.name}`))
        this.#at(given?.from ?? element.from, 'required', `<${tag.name}> needs the attribute ${spec.name}`);
    }
  }

  #defaults(element: XmlElement, outer: ReadonlySet<string>, report = false): ReadonlySet<string> {
    const names = new Set(outer);
    for (const attribute of element.attributes.values()) {
      if (isIgnoredAttribute(attribute.name)) continue;
      const found = defaultNamed(attribute.name);
      if (found) {
        names.add(attribute.name);
        if (report) this.#value(found.tag, found.attribute, attribute);
      } else if (report)
        this.#at(
          attribute.from,
          'unknown-attribute',
          `There is no attribute ${attribute.name}; name it tag.attribute`,
        );
    }
    return names;
  }

  #value(tag: TagSpec, spec: AttributeSpec, attribute: XmlAttribute): void {
    const { name, value } = attribute;
    if (value === '') return;
    const say = (message: string): void =>
      void this.#issues.push({
        ...this.#lines.place(attribute.valueFrom),
        ...{ from: attribute.valueFrom, to: attribute.valueTo, code: 'invalid' },
        message: `${name} of <${tag.name}> ${message}`,
      });
    if (spec.fixed) return;
    const issues = checkAttribute(spec, value);
    for (const issue of issues) {
      const from = offsetInValue(this.#document.text, attribute, issue.from);
      const to = offsetInValue(this.#document.text, attribute, issue.to);
      this.#issues.push({
        ...this.#lines.place(from),
        ...{ from, to, code: 'expression' },
        message: `${name} of <${tag.name}>: ${issue.message}`,
      });
    }
    if (issues.length > 0 || hasDynamicPart(value)) return;
    const problem = spec.type === 'int' ? numberProblem(spec, Number(value)) : textProblem(spec, value);
    if (problem !== null) say(problem);
  }

  #class(task: XmlElement): void {
    const attribute = task.attributes.get('class');
    if (!attribute || attribute.value === '' || hasDynamicPart(attribute.value) || childType(task)) return;
    this.#at(attribute.valueFrom, 'invalid', `There is no task type ${attribute.value}`);
  }

  #childConfig(task: XmlElement, config: XmlElement): void {
    const document = this.#document;
    const issues =
      childType(task)?.name === XML_TASK
        ? validate(parseXml(childText(document, config))).map((issue) => ({
            ...issue,
            ...{ from: issue.from + config.from, to: issue.to + config.from },
          }))
        : childIssues(document, task, config);
    for (const issue of issues) this.#issues.push({ ...issue, ...this.#lines.place(issue.from) });
  }

  #at(from: number, code: string, message: string): void {
    this.#issues.push({ ...this.#lines.place(from), from, to: from, code, message });
  }
}

function misplaced(tag: TagSpec, parent: TagSpec): string {
  if (tag.within !== undefined && parent.container) return `<${tag.name}> needs <${tag.within}> around it`;
  const parents = TAGS.filter(({ own }) => own?.includes(tag.name)).map(({ name }) => `<${name}>`);
  if (tag.child && parents.length > 0) return `<${tag.name}> stands only in ${parents.join(', ')}`;
  return `<${tag.name}> is not allowed in <${parent.name}>`;
}

/** Wrong capitals are the commonest slip. */
function nearest(name: string): string {
  const same = TAGS.find((tag) => tag.name.toLowerCase() === name.toLowerCase());
  return same ? `; did you mean <${same.name}>?` : '';
}
