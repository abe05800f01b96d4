import type { Call, Ending } from './specification.ts';

/** One operation of a recorded history. */
export interface Operation {
  /** Who called; a client's operations come one after the other, unless it has several open at a time. */
  readonly client: string;
  readonly call: Call;
  readonly ending: Ending;
  /** Where in the history it was called. Positions say what came before what, and nothing else. */
  readonly begins: number;
  /** Where it ended; infinite where nobody knows: an indefinite outcome, or none. */
  readonly ends: number;
}
