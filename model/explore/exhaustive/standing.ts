import type { Failure } from '../../property/failure.ts';
import type { Move } from '../../world/move.ts';
import type { Column } from './column.ts';

/** In which order worlds are expanded. Breadth first finds a shortest counterexample. */
export type Order = 'breadth' | 'depth';

export interface Limits {
  readonly states: number;
  readonly depth: number;
}

/** What ended a search before every world was expanded. */
export type RanOut = 'states' | 'depth' | 'memory' | 'time' | 'interrupted';

/** A violation, by the world before the last move. */
export interface Found {
  readonly failure: Failure;
  /** The world in which the last move was made; -1 for the start itself. */
  readonly parent: number;
  readonly move: Move | null;
}

/** A world in which nothing can happen, though a role that is up waits for something. */
export interface Deadlocks {
  count: number;
  /** The first one, or -1. */
  first: number;
  /** Who waits in the first one: `ben: peer`. */
  waiting: readonly string[];
}

/** Where a search stands between two worlds, its columns aside; with them it is all that a checkpoint holds. */
export interface Standing {
  readonly generated: number;
  readonly depth: number;
  readonly expanded: number;
  readonly atLimit: number;
  readonly reduced: number;
  readonly deadlocks: Readonly<Deadlocks>;
  readonly witnessed: readonly (readonly [part: string, world: number])[];
}

/** What is known of each world, and the worlds that wait depth first. */
export interface Columns {
  readonly parents: Column;
  readonly depths: Column;
  readonly stack: Column;
}
