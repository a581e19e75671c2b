import { ValidationError } from '../../../common/errors.js';
import { parseConfig } from '../config-schema.js';
import type { TaskType } from '../task-type.js';
import { placeOfData, XML_TASK } from './child-config.js';
import { LineIndex, offsetInValue, type XmlTaskDocument } from './document.js';
import { parseXml } from './parse.js';
import { validate } from './validate.js';
import { XmlTaskError, type XmlTaskIssue } from './xml-task-error.js';

/** A wrong place of a configuration that is written as XML. */
export interface ConfigProblem extends XmlTaskIssue {
  /** The tag that it is about; '' where there is none yet. */
  tag: string;
}

/** Issues that are told at once; more help nobody. */
const MAX_PROBLEMS = 100;

/** What would be refused if a configuration of a type were saved, in the order of the text; empty = nothing. */
export function checkConfigXml(type: TaskType, xml: string): ConfigProblem[] {
  return issuesOf(type, xml)
    .slice(0, MAX_PROBLEMS)
    .map((issue) => ({ ...issue, tag: tagAt(xml, issue.from) }));
}

function issuesOf(type: TaskType, xml: string): XmlTaskIssue[] {
  try {
    const document = parseXml(xml);
    return type.name === XML_TASK ? validate(document) : schemaIssues(type, document);
  } catch (error) {
    if (error instanceof XmlTaskError) return [...error.issues];
    throw error;
  }
}

function schemaIssues(type: TaskType, document: XmlTaskDocument): XmlTaskIssue[] {
  try {
    parseConfig(type, document.text);
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const lines = new LineIndex(document.text);
    return error.issues
      .map(({ pointer, code, message }): XmlTaskIssue => {
        const { from, to, subject } = placeOf(document, pointer.split('/').slice(2), message);
        return {
          ...{ ...lines.place(from), from, to },
          code,
          message: subject === '' ? message : `${subject} ${message}`,
        };
      })
      .sort((one, other) => one.from - other.from);
  }
}

/** An expression's own column tells where in the attribute. */
const COLUMN = / \(column (\d+)\)$/;

function placeOf(
  { root, text }: XmlTaskDocument,
  path: readonly string[],
  message: string,
): { from: number; to: number; subject: string } {
  const { element, attribute } = placeOfData(root, path.map(unescapePointer));
  const subject = path.at(-1) ?? '';
  if (!attribute) return { from: element.from, to: element.from + 1 + element.name.length, subject };
  const column = COLUMN.exec(message)?.[1];
  if (column === undefined) return { from: attribute.from, to: attribute.valueTo + 1, subject };
  const from = offsetInValue(text, attribute, Number(column) - 1);
  return { from, to: Math.max(from, attribute.valueTo), subject };
}

const unescapePointer = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** The name behind the last `<` before an offset: values of well-formed attributes hold none. */
function tagAt(text: string, offset: number): string {
  const open = text.lastIndexOf('<', offset);
  return open < 0 ? '' : (/^<\/?([^\s/>=<"']*)/.exec(text.slice(open, open + 200))?.[1] ?? '');
}
