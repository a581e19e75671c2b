/** Deviations of real devices that a simulated one can have; all off if not given. */
export interface Quirks {
  /** No SOAP header, and so no ID, in anything that it sends. */
  readonly noHeader?: boolean;
  /** Faults without a header. */
  readonly faultWithoutHeader?: boolean;
  readonly arrayType?: 'right' | 'missing' | 'wrong';
  /** Values without xsi:type. */
  readonly untypedValues?: boolean;
  /** Responses without Status. */
  readonly noStatus?: boolean;
  /** A NUL after each envelope. */
  readonly trailingNul?: boolean;
  /** Sends ISO-8859-1 though the declaration says UTF-8. */
  readonly latin1?: boolean;
  /** One more empty POST after the final 204 (the 2004 edition). */
  readonly emptyPostAfterEnd?: boolean;
  /** RPCs answered with 9000. */
  readonly unsupported?: readonly string[];
  /** RPCs carried out but answered with an empty POST. */
  readonly unanswered?: readonly string[];
  /** GetParameterNames with an empty path is refused with 9005. */
  readonly noRootPath?: boolean;
  /** GetParameterNames always answers the whole subtree. */
  readonly nextLevelIgnored?: boolean;
  /** GetParameterValues refuses partial paths with 9005. */
  readonly noPartialPaths?: boolean;
  /** GetParameterValues leaves unknown names out instead of refusing. */
  readonly unknownNamesLeftOut?: boolean;
  /** GetParameterValues refuses more parameters than this with 9004. */
  readonly maxValues?: number;
  /** Booleans as `true` and `false`. */
  readonly booleanWords?: boolean;
  /** Names in a SetParameterValues fault: none, or the first only. */
  readonly parameterFaults?: 'none' | 'first';
  /** Accepts SetParameterValues but keeps the old values. */
  readonly valuesNotApplied?: boolean;
  /** TransferComplete: never, twice, or with an empty CommandKey. */
  readonly transferComplete?: 'never' | 'twice' | 'without-key';
  /** BOOTSTRAP in the Informs of every boot. */
  readonly bootstrapAtEveryBoot?: boolean;
}
