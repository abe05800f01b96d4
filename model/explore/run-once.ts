import type { FaultName } from '../network/fault.ts';
import { type Failure, partFailure, settleAndJudge, threwFailure } from '../property/failure.ts';
import type { Judge, Part } from '../property/judge.ts';
import { make, type Move } from '../world/move.ts';
import type { Instance } from '../world/system.ts';
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

/** Counts worlds as they come. */
export interface Visits {
  visit(hi: number, lo: number): void;
}

/** Walks a world by a strategy, then lets it settle, and judges every state on the way. */
export const runOnce = (world: World, judge: Judge, strategy: Strategy, visits: Visits, maxSteps = world.system.bounds.steps): Run => {
  const { engine, instances } = world.system;
  const moves: Move[] = [];
  const faults: FaultName[] = [];
  const unseen = new Set(judge.sometimes);
  const seen: Part[] = [];
  let steps = 0;
  const look = (): void => {
    steps++;
    visits.visit(world.hi, world.lo);
    // What a role that threw has left behind is no world of the protocol, and shows nothing.
    if (world.threw !== null) return;
    for (const part of unseen)
      if (part.memory.evaluateRow(world.row)) {
        unseen.delete(part);
        seen.push(part);
      }
  };
  const ended = (violation: Failure | null): Run => ({ moves, violation, faults, steps, seen });
  world.observer = strategy.observe?.(world) ?? null;
  world.reset();
  look();
  const thrown = threwFailure(world);
  if (thrown !== null) return ended(thrown);
  const atStart = judge.ofState(world);
  if (atStart !== null) return ended(partFailure(judge, world, atStart));
  const before = new Int32Array(world.row.length);
  while (moves.length < maxSteps) {
    const move = strategy.next(world);
    if (move === null) break;
    if (judge.hasSteps) before.set(world.row);
    if ('offer' in move) engine.taking((instances[move.offer.instance] as Instance).role, move.offer.from.local, move.offer.event);
    strategy.begin?.(moves.length + 1);
    const fault = make(world, move);
    moves.push(move);
    if (fault !== null) faults.push(fault);
    look();
    const failure = threwFailure(world) ?? partFailure(judge, world, judge.afterStep(world, before, move));
    if (failure !== null) return ended(failure);
  }
  world.observer = null;
  return ended(judge.recoveries.length === 0 ? null : settleAndJudge(world, judge, () => {}, look));
};
