import type { FaultName } from '../../model/network/fault.ts';

/** What `rolecall run` is asked for on the command line. */
export interface RunOptions {
  readonly property?: readonly string[];
  readonly seed: number;
  readonly runs?: number;
  readonly time?: number;
  readonly maxSteps?: number;
  readonly faults?: readonly FaultName[];
  readonly hosts?: number;
  /** Threads. */
  readonly workers?: number;
  readonly mutant?: string;
  readonly chain?: string;
  readonly againstExhaustive?: boolean;
  /** With `againstExhaustive`. */
  readonly maxStates?: number;
  readonly traceDir: string;
  readonly json?: boolean;
  readonly watch?: boolean;
}
