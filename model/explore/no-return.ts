import type { Place } from '../property/arena.ts';
import { partFailure, threwFailure } from '../property/failure.ts';
import { Player } from '../trace/player.ts';
import { play, type Target } from '../trace/play.ts';
import { stageOf } from '../trace/replay.ts';
import type { Trace } from '../trace/trace.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { Property } from '../property/property.ts';
import { remedies } from '../world/faults.ts';
import { enabled, make, type Move } from '../world/move.ts';
import type { World } from '../world/world.ts';

/** Whether a violation could be avoided still. */
export type Avoidance = 'avoidable' | 'unavoidable' | 'unknown';

/** From where on a violation could not be avoided any more. */
export interface NoReturn {
  /** After so many steps it was bound to come, whatever came next; as many as there are steps where it never was before it came. */
  readonly after: number;
  /** Whether it is known that it could be avoided before that; else earlier steps may have sealed it already. */
  readonly exact: boolean;
  /** Worlds that were looked at. */
  readonly worlds: number;
}

/** So many moves are made for one trace, over all its steps. */
const usualMoves = 60_000;

/**
 * Looks for the point of no return of a run that violates a claim about states, steps or monitors: the first step after which
 * every way to go on leads to the violation, if no further fault strikes and no further command is given. A way avoids it
 * that comes to a world where nothing is left to happen. Where ways only go round, or a bound cuts them off, nobody can tell.
 * A claim about recovery is settled after each step instead. Null where the run violates nothing of these kinds.
 */
export const pointOfNoReturn = (protocol: Protocol, properties: readonly Property[], trace: Trace, mostMoves = usualMoves): NoReturn | null => {
  if (trace.verdict !== 'violated' || trace.loop !== undefined) return null;
  const { place, target } = stageOf(protocol, properties, trace);
  const schedule = trace.steps.filter(({ settling }) => settling !== true).map(({ action }) => action);
  const settles = place.judge.recoveries.length > 0 || target.settles === true;
  const search = new Search(place, target, mostMoves);
  for (let after = schedule.length - 1; after >= 0; after--) {
    const prefix = schedule.slice(0, after);
    const ends = settles ? ending(place, prefix, target) : 'unavoidable';
    // Settling is one way to go on; only of a recovery it is the one that counts.
    const found = ends === 'avoidable' || trace.part.startsWith('recovers.') ? ends : search.from(worldAfter(place, prefix));
    if (found !== 'unavoidable') return { after: after + 1, exact: found === 'avoidable', worlds: search.worlds };
  }
  return { after: 0, exact: true, worlds: search.worlds };
};

/** Whether the run ends well where the network settles from here on. */
const ending = (place: Place, actions: Parameters<typeof play>[1], target: Target): Avoidance =>
  play(place, actions, target).failure === null ? 'avoidable' : 'unavoidable';

/** The row of the world after these actions, with its hashes. */
const worldAfter = ({ system, judge, world }: Place, actions: Parameters<typeof play>[1]): Saved => {
  const player = new Player(system, judge.monitors, world);
  for (const action of actions) {
    const move = player.resolve(action);
    if (move !== null) player.make(move);
  }
  world.observer = null;
  return savedOf(world);
};

interface Saved {
  readonly row: Int32Array;
  readonly hi: number;
  readonly lo: number;
}

const savedOf = ({ row, hi, lo }: World): Saved => ({ row: Int32Array.from(row), hi, lo });

/** A world on the way that is being tried, and the moves that are left to try there. */
interface Frame {
  readonly key: string;
  readonly saved: Saved;
  readonly moves: Move[];
}

/** Looks for a way that avoids a violation, depth first: such a way is mostly near. */
class Search {
  worlds = 0;
  private readonly place: Place;
  private readonly target: Target;
  private left: number;

  constructor(place: Place, target: Target, mostMoves: number) {
    this.place = place;
    this.target = target;
    this.left = mostMoves;
  }

  from(start: Saved): Avoidance {
    const { world, judge } = this.place;
    const before = new Int32Array(world.row.length);
    /** Worlds that were met: true while the way that is being tried goes through them. */
    const met = new Map<string, boolean>();
    const frames: Frame[] = [];
    // Ways that go round, or are cut off by a bound, neither avoid the violation nor come to it.
    let isOpen = false;
    const enter = (): 'end' | 'on' => {
      const moves = this.goingOn();
      if (moves.length === 0) {
        if (!this.isCutOff()) return 'end';
        isOpen = true;
      }
      const key = world.row.join();
      this.worlds++;
      met.set(key, true);
      frames.push({ key, saved: savedOf(world), moves });
      return 'on';
    };
    world.restore(start.row, start.hi, start.lo);
    if (enter() === 'end') return 'avoidable';
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const move = frame.moves.pop();
      if (move === undefined) {
        met.set(frame.key, false);
        frames.pop();
        continue;
      }
      if (this.left-- <= 0) return 'unknown';
      world.restore(frame.saved.row, frame.saved.hi, frame.saved.lo);
      before.set(world.row);
      make(world, move);
      const failure = threwFailure(world) ?? partFailure(judge, world, judge.afterStep(world, before, move));
      if (failure !== null && this.target.isFailure(failure)) continue;
      const known = met.get(world.row.join());
      if (known === true) isOpen = true;
      if (known === undefined && enter() === 'end') return 'avoidable';
    }
    return isOpen ? 'unknown' : 'unavoidable';
  }

  /** What happens by itself, or mends: no command, no further fault, no crash in the middle of a step. */
  private goingOn(): Move[] {
    const { world } = this.place;
    const mending = new Set(remedies(world).map((fault) => JSON.stringify(fault)));
    return enabled(world).filter((move) =>
      'offer' in move ? move.offer.kind !== 'Command' && move.crashAfter < 0 : move.fault.type === 'Tick' || mending.has(JSON.stringify(move.fault)),
    );
  }

  /** Nothing is left to happen only because timers may fire no more than so often, or an inbox holds no more. */
  private isCutOff(): boolean {
    const { world, system } = this.place;
    return world.cuts.size > 0 || system.instances.some(({ index }) => system.timersSlot[index] !== -1 && world.timers(index) !== 0);
  }
}
