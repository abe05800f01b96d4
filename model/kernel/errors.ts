/** What kind of failure an error is; the command line turns it into an exit code. */
export type ErrorKind =
  /** The user gave something that cannot be used: a name, a file, a definition. Exit 64. */
  | 'usage'
  /** A replay differs from its trace. Exit 3. */
  | 'diverged'
  /** A limit was reached. Exit 2. */
  | 'limit'
  /** A defect of rolecall itself. Exit 70. */
  | 'defect';

/**
 * An error that a user can act on. Each has a stable code, says where the fault stands, and what to do about it.
 */
export class RolecallError extends Error {
  override readonly name = 'RolecallError';
  readonly kind: ErrorKind;
  /** Stable, upper case with underscores: `TRACE_FIELD`, `UNKNOWN_PROTOCOL`. */
  readonly code: string;
  /** A file, a field, a state of a machine; empty where there is no place. */
  readonly place: string;
  /** A sentence that says what to do. */
  readonly advice: string;

  constructor(fault: { kind?: ErrorKind; code: string; message: string; place?: string; advice?: string; cause?: unknown }) {
    super(fault.message, fault.cause === undefined ? undefined : { cause: fault.cause });
    this.kind = fault.kind ?? 'usage';
    this.code = fault.code;
    this.place = fault.place ?? '';
    this.advice = fault.advice ?? '';
  }
}

/** Asserts what only a defect of ours can break. */
export function invariant(holds: boolean, message: string): asserts holds {
  if (!holds)
    throw new RolecallError({
      kind: 'defect',
      code: 'DEFECT',
      message,
      advice: 'This is a defect of rolecall; please report it with the command that showed it.',
    });
}
