import type { Judge } from '../property/judge.ts';
import { enabled, make, type Move } from '../world/move.ts';
import type { World } from '../world/world.ts';
import { type Failure, partFailure, settleAndJudge, threwFailure } from '../property/failure.ts';

/** What a breadth-first search found. */
export interface Shortest {
  readonly moves: readonly Move[] | null;
  readonly failure: Failure | null;
  /** Every run up to the depth was searched: nothing shorter than what was found, or than the depth, exists. */
  readonly complete: boolean;
  readonly states: number;
}

export interface Aim {
  /** Whether a failure is the one that is looked for. */
  readonly isIt: (failure: Failure) => boolean;
  /** What is looked for instead of a failure: a world that shows something. */
  readonly sees: ((world: World) => boolean) | null;
  /** The failure shows only when the world settles, so each state is settled. */
  readonly settles: boolean;
  /** Moves that may be used; all, unless a shorter form of a known run is looked for. */
  readonly allows: (move: Move) => boolean;
  readonly maxStates: number;
  readonly maxDepth: number;
  /** States and settling together, in moves, so that a search of settling states is bounded in the same unit. */
  readonly maxMoves: number;
}

/** Rows by content hash, told apart exactly. */
class Seen {
  private readonly byHash = new Map<number, number[]>();
  readonly rows: Int32Array[] = [];
  readonly hashes: (readonly [number, number])[] = [];

  /** The index of a new row, or -1. */
  add(world: World): number {
    const key = world.hi * 0x200000 + (world.lo & 0x1fffff);
    const same = this.byHash.get(key);
    if (same?.some((index) => equal(this.rows[index] as Int32Array, world.row))) return -1;
    const index = this.rows.push(Int32Array.from(world.row)) - 1;
    this.hashes.push([world.hi, world.lo]);
    if (same === undefined) this.byHash.set(key, [index]);
    else same.push(index);
    return index;
  }
}

const equal = (a: Int32Array, b: Int32Array): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** Searches for a shortest run that fails, breadth first, up to a number of states and a depth. */
export const shortestFailure = (world: World, judge: Judge, aim: Aim): Shortest => {
  const seen = new Seen();
  const parents: number[] = [-1];
  const by: (Move | null)[] = [null];
  const depths: number[] = [0];
  const before = new Int32Array(world.row.length);
  let spent = 0;
  const movesTo = (index: number): Move[] => {
    const moves: Move[] = [];
    for (let at = index; at > 0; at = parents[at] as number) moves.push(by[at] as Move);
    return moves.reverse();
  };
  const back = (index: number): void => {
    const [hi, lo] = seen.hashes[index] as readonly [number, number];
    world.restore(seen.rows[index] as Int32Array, hi, lo);
  };
  const settled = (): Failure | null =>
    aim.settles
      ? settleAndJudge(
          world,
          judge,
          () => spent++,
          () => {},
        )
      : null;
  const found = (failure: Failure | null): failure is Failure => failure !== null && aim.isIt(failure);
  world.reset();
  seen.add(world);
  const thrown = threwFailure(world);
  const part = thrown === null ? judge.ofState(world) : null;
  const atStart = thrown ?? partFailure(judge, world, part) ?? settled();
  const isSeen = (): boolean => aim.sees?.(world) ?? false;
  if (found(atStart) || isSeen()) return { moves: [], failure: atStart, complete: true, states: 1 };
  let complete = true;
  for (let index = 0; index < seen.rows.length; index++) {
    // Breadth first: from here on, every world has been reached by as many moves as are allowed.
    if ((depths[index] as number) >= aim.maxDepth) break;
    back(index);
    for (const move of enabled(world)) {
      if (!aim.allows(move)) {
        complete = false;
        continue;
      }
      back(index);
      if (judge.hasSteps) before.set(world.row);
      make(world, move);
      spent++;
      const failed = judge.afterStep(world, before, move);
      let failure = threwFailure(world) ?? partFailure(judge, world, failed);
      if (found(failure)) return { moves: [...movesTo(index), move], failure, complete: true, states: seen.rows.length };
      if (failure !== null) continue;
      if (isSeen()) return { moves: [...movesTo(index), move], failure: null, complete: true, states: seen.rows.length };
      const next = seen.add(world);
      if (next < 0) continue;
      parents[next] = index;
      by[next] = move;
      depths[next] = (depths[index] as number) + 1;
      failure = settled();
      if (found(failure)) return { moves: movesTo(next), failure, complete: true, states: seen.rows.length };
      if (seen.rows.length >= aim.maxStates || spent >= aim.maxMoves)
        return { moves: null, failure: null, complete: false, states: seen.rows.length };
    }
  }
  return { moves: null, failure: null, complete, states: seen.rows.length };
};
