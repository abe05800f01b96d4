import { type Failure, partFailure, settleAndJudge, threwFailure } from '../property/failure.ts';
import type { Place } from '../property/arena.ts';
import type { Action } from '../world/action.ts';
import type { Move } from '../world/move.ts';
import { LassoWatch } from './lasso.ts';
import { Player } from './player.ts';

/** What came of playing named actions. */
export interface Played {
  /** What really ran; what was not possible is left out. */
  readonly ran: readonly Action[];
  readonly failure: Failure | null;
  /** A `sometimes` that was looked for came true. */
  readonly seen: boolean;
}

/** Which failure ends a play: the first that it accepts. */
export interface Target {
  /** `ROLE-THREW`, or null for the parts of the arena's properties. */
  readonly isFailure: (failure: Failure) => boolean;
  /** The name of a `sometimes` part that is looked for instead. */
  readonly witness: string | null;
  /** The run settles, though no recovery asks for it: a role threw while it did. */
  readonly settles?: boolean;
  /** The run goes round from the action with this index on. Then it does not settle. */
  readonly loop?: number;
}

/** Told of each move, before and after it; settling included. */
export interface Listener {
  before(move: Move, settling: boolean, player: Player): void;
  after(move: Move, settling: boolean, player: Player): void;
  /** An action was not possible. */
  skipped?(action: Action, index: number): void;
}

/** Plays actions in a place from its start; actions that are not possible are skipped. */
export const play = (place: Place, actions: readonly Action[], target: Target, listener: Listener | null = null): Played => {
  const { judge } = place;
  const player = new Player(place.system, judge.monitors, place.world);
  const { world } = player;
  const ran: Action[] = [];
  const witness = judge.sometimes.find((part) => part.name === target.witness);
  const sees = (): boolean => witness?.memory.evaluateRow(world.row) ?? false;
  const end = (failure: Failure | null): Played => {
    world.observer = null;
    return { ran, failure, seen: failure === null && sees() };
  };
  const atStart = threwFailure(world) ?? partFailure(judge, world, judge.ofState(world));
  if (atStart !== null && target.isFailure(atStart)) return end(atStart);
  if (witness !== undefined && sees()) return end(null);
  const before = new Int32Array(world.row.length);
  const lasso = target.loop === undefined ? null : new LassoWatch(world, judge);
  for (const [index, action] of actions.entries()) {
    if (index === target.loop) lasso?.begin();
    const move = player.resolve(action);
    if (move === null) {
      listener?.skipped?.(action, index);
      continue;
    }
    before.set(world.row);
    listener?.before(move, false, player);
    lasso?.take(move);
    ran.push(player.make(move));
    lasso?.look();
    listener?.after(move, false, player);
    const failure = threwFailure(world) ?? partFailure(judge, world, judge.afterStep(world, before, move));
    if (failure !== null && target.isFailure(failure)) return end(failure);
    if (witness !== undefined && sees()) return end(null);
  }
  if (lasso !== null) {
    if (target.loop === actions.length) lasso.begin();
    return end(lasso.failures().find(target.isFailure) ?? null);
  }
  // A witness is shown by what is scheduled, not by settling.
  if ((judge.recoveries.length === 0 && target.settles !== true) || witness !== undefined) return end(null);
  if (listener === null) world.observer = null;
  let pending: Move | null = null;
  const failure = settleAndJudge(
    world,
    judge,
    (move) => {
      if (pending !== null) listener?.after(pending, true, player);
      pending = move;
      if (listener !== null) {
        listener.before(move, true, player);
        player.ledger.begin(player.ledger.step + 1);
      }
    },
    () => {},
  );
  if (pending !== null) listener?.after(pending, true, player);
  return end(failure !== null && target.isFailure(failure) ? failure : null);
};
