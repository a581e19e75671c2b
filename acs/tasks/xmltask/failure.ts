import type { RecordedFault } from '../../../store/models/execution.js';
import type { XmlElement } from './document.js';

/** Ends the workflow with ERROR (xmltask.md §10). */
export class Failure extends Error {
  constructor(
    message: string,
    readonly fault: RecordedFault | null = null,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** `<reason>: <tag> in line n`, the reason first since lists and searches go by its beginning. */
export function failureAt(element: XmlElement, reason: string, fault: RecordedFault | null = null): Failure {
  return new Failure(`${reason}: <${element.name}> in line ${element.line}`, fault);
}
