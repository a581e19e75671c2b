/** Breaches of TR-069 that an ACS can commit and the simulator recognises; each names the rule by a stable code. */
export type ViolationCode =
  // HTTP
  | 'http-no-content-length'
  | 'http-content-type'
  | 'http-content-coding'
  | 'http-cookie'
  | 'http-challenge'
  // XML and SOAP
  | 'xml-malformed'
  | 'xml-dtd'
  | 'xml-control-character'
  | 'soap-structure'
  | 'soap-namespace'
  | 'cwmp-namespace'
  | 'qualified-descendant'
  | 'must-understand'
  | 'unknown-header'
  | 'id-missing'
  | 'id-mismatch'
  | 'id-unexpected'
  | 'version-negotiation'
  | 'fault-structure'
  // Arguments
  | 'element-missing'
  | 'element-unknown'
  | 'element-order'
  | 'array-type'
  | 'value-type'
  | 'boolean-form'
  | 'number-form'
  | 'string-length'
  // Turns
  | 'inform-answered-wrongly'
  | 'request-before-empty-post'
  | 'answer-missing'
  | 'answer-unexpected'
  | 'hold-not-cleared'
  | 'message-after-end';

export interface Violation {
  readonly code: ViolationCode;
  /** What was seen and what should have been there. */
  readonly message: string;
  /** RPC during which it was seen, where one is known. */
  readonly rpc?: string;
  readonly at: Date;
}

/** Takes note of a breach; bound to a session by whoever hands it out. */
export type Report = (code: ViolationCode, message: string) => void;
