import type { FaultName } from '../network/fault.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Property } from '../property/property.ts';
import type { Kept } from './regressions.ts';
import type { Effort } from './shrink.ts';

/** What `rolecall run` is asked to do for one protocol. */
export interface RunOptions {
  readonly protocol: Protocol;
  /** All properties of the protocol: mutants and regressions may name any. */
  readonly properties: readonly Property[];
  /** Those to check; null: all. */
  readonly selected: readonly string[] | null;
  readonly seed: number;
  /** Runs for each scenario; null: as many as usual. */
  readonly runs: number | null;
  readonly timeMs: number | null;
  readonly maxSteps: number | null;
  readonly faults: readonly FaultName[] | null;
  readonly hosts: number | null;
  readonly mutant: string | null;
  readonly regressions: readonly Kept[];
  /** Runs between two reports of progress, where single runs are long; 20 unless this says otherwise. */
  readonly chunk?: number;
  /** How hard a violation is made smaller; see `shrink.ts`. */
  readonly effort?: Effort;
  /** Milliseconds from some moment: only time limits and the timings of the report depend on it. */
  readonly clock: () => number;
  readonly shouldStop: () => boolean;
}
