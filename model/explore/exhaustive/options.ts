import type { Property } from '../../property/property.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import type { CheckpointReader } from './checkpoint.ts';
import type { Order } from './standing.ts';

/** What is asked of an exhaustive search. */
export interface CheckOptions {
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
  readonly scenario: string;
  /** Claims by id; all that speak of the scenario where it is null. */
  readonly selected: readonly string[] | null;
  readonly mutant: string | null;
  /** How many hosts, where the scenario leaves it open; the least where it is null. */
  readonly hosts: number | null;
  readonly order: Order;
  readonly maxStates: number;
  readonly maxDepth: number;
  /** Whether worlds are left out that show nothing new, where that is sound; not so without it. */
  readonly reduce?: boolean;
  /** Bytes that the process may take. */
  readonly maxBytes: number;
  /** Asked between pieces of the search. */
  readonly interrupted: () => boolean;
  readonly usedBytes: () => number;
  readonly clock: () => number;
  /** Where the search is kept now and then, and once more when it ends with worlds left. */
  readonly keeping?: Keeping | null;
  /** The search that it carries on. */
  readonly resumed?: CheckpointReader | null;
}

/** Where checkpoints of a search go. */
export interface Keeping {
  /** Asked between pieces of the search. */
  readonly isDue: () => boolean;
  /** Writes a checkpoint; the search waits for it. */
  readonly keep: (pieces: Iterable<Uint8Array>) => void;
}
