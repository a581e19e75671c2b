import { ProvostError } from '../../../common/errors.js';

/** One wrong place of a workflow; line and column count from 1, offsets are into the text, `to` exclusive. */
export interface XmlTaskIssue {
  line: number;
  column: number;
  from: number;
  to: number;
  /** `xml`, `unknown-tag`, `unknown-attribute`, `forbidden-child`, `required`, `invalid`, `expression`, `not-supported`. */
  code: string;
  message: string;
}

/** A workflow cannot be taken; names every wrong place (xmltask.md §1). */
export class XmlTaskError extends ProvostError {
  readonly code = 'xml-task';

  constructor(readonly issues: readonly XmlTaskIssue[]) {
    const [first] = issues;
    const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
    super(first ? `${describeIssue(first)}${more}` : 'The workflow is not valid');
  }
}

export function describeIssue({ line, column, message }: XmlTaskIssue): string {
  return `Line ${line}, column ${column}: ${message}`;
}
