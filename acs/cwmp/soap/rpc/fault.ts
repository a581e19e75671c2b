import { CpeFault, type ParameterFault } from '../../cpe-fault.js';
import type { AcsFaultCode } from '../../cwmp-protocol-error.js';
import type { ReadingNotes } from '../reading-notes.js';
import { childText, type XmlElement } from '../xml-element.js';
import { textElement } from '../xml-writer.js';
import { cutText } from './definition.js';

/** Taken where a device sends a Fault without a code: internal error (cpe-quirks.md row 24). */
const UNSPECIFIED_FAULT = 9002;
/** Kept of one SetParameterValues fault: as many as a task can set. */
const PARAMETER_FAULTS = 1_000;
const PARAMETER_FAULT = 'SetParameterValuesFault';

/**
 * A SOAP Fault of a CPE. The CWMP part is looked for at any depth, since some devices put `detail` inside
 * `faultstring` or leave it out.
 */
export function readFault(element: XmlElement, notes: ReadingNotes): CpeFault {
  const cwmp = elementWithCode(element);
  const parameterFaults: ParameterFault[] = [];
  collectParameterFaults(element, parameterFaults);
  if (!cwmp) {
    notes.add('no-fault-code', 'Fault');
    return new CpeFault(UNSPECIFIED_FAULT, textOf(element, 'faultstring'), parameterFaults);
  }
  return new CpeFault(faultCode(cwmp, notes), textOf(cwmp, 'FaultString'), parameterFaults);

  function textOf(from: XmlElement, name: string): string {
    return cutText(childText(from, name) ?? '', `Fault.${name}`, notes);
  }

  function collectParameterFaults(from: XmlElement, into: ParameterFault[]): void {
    for (const part of from.children) {
      if (part.name === PARAMETER_FAULT) {
        if (into.length >= PARAMETER_FAULTS) notes.add('entries-dropped', PARAMETER_FAULT);
        else
          into.push({
            path: textOf(part, 'ParameterName'),
            code: faultCode(part, notes),
            text: textOf(part, 'FaultString'),
          });
      } else collectParameterFaults(part, into);
    }
  }
}

function elementWithCode(element: XmlElement): XmlElement | undefined {
  if (element.name === PARAMETER_FAULT) return undefined;
  if (element.children.some((part) => part.name === 'FaultCode')) return element;
  for (const part of element.children) {
    const found = elementWithCode(part);
    if (found) return found;
  }
  return undefined;
}

function faultCode(element: XmlElement, notes: ReadingNotes): number {
  const text = childText(element, 'FaultCode') ?? '';
  if (/^\d{1,5}$/.test(text)) return Number.parseInt(text, 10);
  notes.add('no-fault-code', element.name);
  return UNSPECIFIED_FAULT;
}

/** A Fault of the ACS: `Client` says that the CPE is to blame (TR-069 A6 table 65). */
export function writeFault(code: AcsFaultCode, text: string): string {
  const blame = code === 8003 ? 'Client' : 'Server';
  const detail = textElement('FaultCode', code) + textElement('FaultString', text);
  return (
    `<soap-env:Fault><faultcode>${blame}</faultcode><faultstring>CWMP fault</faultstring>` +
    `<detail><cwmp:Fault>${detail}</cwmp:Fault></detail></soap-env:Fault>`
  );
}
