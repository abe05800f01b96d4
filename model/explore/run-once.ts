import type { FaultName } from '../network/fault.ts';
import type { Judge, Part } from '../property/judge.ts';
import { make, type Move } from '../world/move.ts';
import { settle } from '../world/settle.ts';
import type { World } from '../world/world.ts';
import type { Strategy } from './strategy.ts';

/** One run: the moves before settling, and what came of it. */
export interface Run {
  readonly moves: readonly Move[];
  /** What was violated; by which move: the number of moves made before settling, or in it. */
  readonly violation: Failure | null;
  readonly faults: readonly FaultName[];
  readonly steps: number;
  /** Parts that were seen. */
  readonly seen: readonly Part[];
}

/** A violation: of a part of a property, or a role that threw. */
export interface Failure {
  readonly part: Part | null;
  readonly detail: string;
  /** It happened while the world settled. */
  readonly settling: boolean;
}

/** Counts worlds as they come. */
export interface Visits {
  visit(hi: number, lo: number): void;
}

export const threwFailure = (world: World): Failure | null =>
  world.threw === null ? null : { part: null, detail: `${world.threw.role} on ${world.threw.host} threw: ${world.threw.error}`, settling: false };

/**
 * Settles a world that judges nothing else, and tells which recovery failed.
 * @param onMove hears each move before it is made.
 */
export const settleAndJudge = (world: World, judge: Judge, onMove: (move: Move) => void, visit: () => void): Failure | null => {
  const { rounds } = world.system.bounds;
  let failure: Failure | null = null;
  let lastRound = 0;
  const before = new Int32Array(world.row.length);
  let previous: Move | null = null;
  const look = (): boolean => {
    if (previous === null) return true;
    visit();
    const thrown = threwFailure(world);
    const part = judge.afterStep(world, before, previous);
    if (thrown !== null) failure = { ...thrown, settling: true };
    else if (part !== null) failure = { part, detail: '', settling: true };
    return failure === null;
  };
  const firstHeld = judge.recoveries.map(() => 0);
  settle(
    world,
    rounds,
    (move) => {
      if (!look()) return false;
      if (judge.hasSteps) before.set(world.row);
      previous = move;
      onMove(move);
      return true;
    },
    (round) => {
      if (!look()) return false;
      previous = null;
      lastRound = round;
      judge.recoveries.forEach((part, index) => {
        if (!part.memory.evaluateRow(world.row)) firstHeld[index] = round;
      });
      return true;
    },
  );
  if (failure === null) look();
  if (failure !== null) return failure;
  for (const [index, part] of judge.recoveries.entries()) {
    const lastBad = firstHeld[index] as number;
    const { withinRounds } = part.recovery;
    const isHeld = part.memory.evaluateRow(world.row);
    if (!isHeld) return { part, detail: `not so after ${lastRound} rounds of settling (bound: ${withinRounds})`, settling: true };
    if (lastBad >= withinRounds) return { part, detail: `not so in round ${lastBad} of settling (bound: ${withinRounds})`, settling: true };
  }
  return null;
};

/** Walks a world by a strategy, then lets it settle, and judges every state on the way. */
export const runOnce = (world: World, judge: Judge, strategy: Strategy, visits: Visits): Run => {
  const moves: Move[] = [];
  const faults: FaultName[] = [];
  const unseen = new Set(judge.sometimes);
  const seen: Part[] = [];
  let steps = 0;
  const look = (): void => {
    steps++;
    visits.visit(world.hi, world.lo);
    for (const part of unseen)
      if (part.memory.evaluateRow(world.row)) {
        unseen.delete(part);
        seen.push(part);
      }
  };
  const ended = (violation: Failure | null): Run => ({ moves, violation, faults, steps, seen });
  world.reset();
  look();
  const thrown = threwFailure(world);
  if (thrown !== null) return ended(thrown);
  const atStart = judge.ofState(world);
  if (atStart !== null) return ended({ part: atStart, detail: '', settling: false });
  const before = new Int32Array(world.row.length);
  const bound = world.system.bounds.steps;
  while (moves.length < bound) {
    const move = strategy.next(world);
    if (move === null) break;
    if (judge.hasSteps) before.set(world.row);
    const fault = make(world, move);
    moves.push(move);
    if (fault !== null) faults.push(fault);
    look();
    const failure = threwFailure(world) ?? partFailure(judge.afterStep(world, before, move));
    if (failure !== null) return ended(failure);
  }
  return ended(judge.recoveries.length === 0 ? null : settleAndJudge(world, judge, () => {}, look));
};

const partFailure = (part: Part | null): Failure | null => (part === null ? null : { part, detail: '', settling: false });
