import type { RecordedFault } from '../../store/models/execution.js';
import type { CpeFault } from '../cwmp/cpe-fault.js';

/** A fault as the report keeps it; `method` is the RPC that was refused. */
export function recordedFault(fault: CpeFault, method: string): RecordedFault {
  return {
    code: fault.faultCode,
    text: fault.faultString,
    method,
    parameters: fault.parameterFaults.map(({ path, code, text }) => ({ path, code, text })),
  };
}
