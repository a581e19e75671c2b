import { child } from '../xml-element.js';
import { readNumber, readText, type CpeRpcDefinition } from './definition.js';

/** The code taken where a CPE says that a transfer failed but not how: internal error (TR-069 A6 table 66). */
const UNSPECIFIED_FAULT = 9002;

export const transferComplete: CpeRpcDefinition<'TransferComplete'> = {
  read(element, notes) {
    const fault = child(element, 'FaultStruct');
    if (!fault) notes.add('missing-element', 'TransferComplete.FaultStruct');
    return {
      method: 'TransferComplete',
      commandKey: readText(element, 'CommandKey', notes),
      faultCode: fault ? readNumber(fault, 'FaultCode', UNSPECIFIED_FAULT, notes) : 0,
      faultString: fault ? readText(fault, 'FaultString', notes) : '',
      startTime: readText(element, 'StartTime', notes),
      completeTime: readText(element, 'CompleteTime', notes),
    };
  },
  write: () => '',
};
