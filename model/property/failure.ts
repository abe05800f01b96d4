import type { Move } from '../world/move.ts';
import { settle } from '../world/settle.ts';
import type { World } from '../world/world.ts';
import type { Judge, Part } from './judge.ts';

/** A violation: of a part of a property, or a role that threw. */
export interface Failure {
  readonly part: Part | null;
  readonly detail: string;
  /** It happened while the world settled. */
  readonly settling: boolean;
}

/** What a role threw in the last step. */
export const threwFailure = (world: World): Failure | null =>
  world.threw === null ? null : { part: null, detail: `${world.threw.role} on ${world.threw.host} threw: ${world.threw.error}`, settling: false };

/** A part that a world violates, with what the part says of it; null where there is none. */
export const partFailure = (judge: Judge, world: World, part: Part | null): Failure | null =>
  part === null ? null : { part, detail: judge.explain(part, world), settling: false };

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
    const part = thrown === null ? judge.afterStep(world, before, previous) : null;
    if (thrown !== null) failure = { ...thrown, settling: true };
    else if (part !== null) failure = { part, detail: judge.explain(part, world), settling: true };
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
