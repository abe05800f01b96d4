import type { Place } from '../property/arena.ts';
import type { ProcessorType, TimedType } from '../protocol/scenario.ts';
import { takenOf } from '../world/offer.ts';
import { type Instance, NONE } from '../world/system.ts';
import type { Action } from '../world/action.ts';
import type { Move } from '../world/move.ts';
import { Player } from './player.ts';

/** Step `to` comes at most so long after step `from`; what has to come later has a negative bound. The start is step 0. */
type Bound = readonly [from: number, to: number, atMostMs: number];

/** Whether there are moments for so many steps that keep to all bounds: there is no cycle that is shorter than nothing (Bellman and Ford). */
const isPossible = (steps: number, bounds: readonly Bound[]): boolean => {
  const latest = new Array<number>(steps + 1).fill(0);
  for (let round = 0; round <= steps; round++) {
    let changed = false;
    for (const [from, to, atMostMs] of bounds) {
      const bound = (latest[from] as number) + atMostMs;
      if (bound >= (latest[to] as number)) continue;
      latest[to] = bound;
      changed = true;
    }
    if (!changed) return true;
  }
  return false;
};

/** Which processor works for a role, and for how long; null where its steps take no time. */
const workOf = (
  type: ProcessorType | undefined,
  { hostName, role: { name } }: Instance,
): { readonly processor: string; readonly ms: number } | null => {
  const ms = type?.workMs[name] ?? 0;
  if (ms === 0) return null;
  return { processor: type?.each === 'role' ? `${hostName} ${name}` : hostName, ms: type?.spread === 'exact' ? ms : 0 };
};

/** What holds messages and timers back for as long as it likes. */
const isHarmless = (fault: string): boolean => fault === 'drop' || fault === 'duplicate';

/** The steps of a run as far as clocks bind them together. */
class Timetable {
  readonly bounds: Bound[] = [];
  private steps = 0;
  private readonly place: Place;
  private readonly timed: TimedType;
  /** Whether nothing has to come within a time. */
  private readonly isLoose: boolean;
  /** Whether a clock may run faster than time. */
  private readonly isSkewed: boolean;
  private readonly worked: { readonly processor: string; readonly step: number; readonly ms: number }[] = [];
  /** Pending timers, by instance and name: the step that set them. */
  private readonly pending = new Map<string, { readonly instance: Instance; readonly since: number; readonly delayMs: number }>();

  constructor(place: Place, timed: TimedType) {
    this.place = place;
    this.timed = timed;
    this.isSkewed = place.system.scenario.faults?.skew !== undefined;
    this.isLoose = !Object.keys(place.system.scenario.faults ?? {}).every(isHarmless);
  }

  /** What is pending after a step is noted; what is not any more was not late. */
  noteTimers(move: Move | null): void {
    const { system, world } = this.place;
    const taken = move !== null && 'offer' in move ? { instance: move.offer.instance, step: takenOf(system, move.offer).step } : null;
    for (const instance of system.instances) {
      if (!instance.role.hasTimers) continue;
      const now = system.timers.groups(world.timers(instance.index)).flat();
      const started = taken?.instance === instance.index ? taken.step.started : [];
      for (const [key, { instance: of, since, delayMs }] of this.pending) {
        const timer = key.slice(key.indexOf(' ') + 1);
        if (of !== instance || (now.includes(timer) && !started.includes(timer))) continue;
        this.within(since, this.steps, delayMs, instance, 0);
        this.pending.delete(key);
      }
      for (const timer of now) {
        const key = `${instance.index} ${timer}`;
        const at = started.indexOf(timer);
        const delayMs = at >= 0 ? (taken?.step.delays[at] as number) : instance.role.memory.delayMs(timer);
        if (!this.pending.has(key)) this.pending.set(key, { instance, since: this.steps, delayMs });
      }
    }
  }

  step(player: Player, move: Move): void {
    const set = 'offer' in move && move.offer.kind === 'Fire' ? this.pending.get(`${move.offer.instance} ${move.offer.name}`) : undefined;
    player.make(move);
    const now = ++this.steps;
    this.bounds.push([now, now - 1, 0]);
    if ('offer' in move) {
      const instance = this.place.system.instances[move.offer.instance] as Instance;
      const work = workOf(this.timed.processor, instance);
      const ms = work?.ms ?? 0;
      if (work !== null) {
        const last = this.worked.findLast(({ processor }) => processor === work.processor)?.step ?? 0;
        this.bounds.push([now, last, -ms]);
        this.worked.push({ processor: work.processor, step: now, ms });
      }
      if (set !== undefined && !this.isSkewed) this.after(set.since, now, set.delayMs + ms);
      for (const happening of player.ledger.happenings)
        if (happening.kind === 'delivered') {
          const { from, to, sentAt } = happening.envelope;
          const [least, most] = this.latency(from, to);
          this.after(sentAt, now, least + ms);
          // Of messages that say the same the ledger takes the first that was sent, and by then one of them is there.
          this.within(sentAt, now, most, instance, 0);
        }
    }
    this.noteTimers(move);
  }

  /** The run ends: what is still to come is not late either. */
  end(player: Player): void {
    const { system, world } = this.place;
    this.bounds.push([0, this.steps, this.timed.endMs]);
    for (const { instance, since, delayMs } of this.pending.values()) {
      const fires = system.firesSlot[instance.index] as number;
      if (fires === NONE || world.budget(fires) > 0) this.within(since, this.steps, delayMs, instance, 1);
    }
    for (const instance of system.instances)
      for (const envelope of player.ledger.inFlight(instance.index))
        this.within(envelope.sentAt, this.steps, this.latency(envelope.from, envelope.to)[1], instance, 1);
  }

  get isPossible(): boolean {
    return isPossible(this.steps, this.bounds);
  }

  private latency(from: number, to: number): readonly [number, number] {
    const { instances } = this.place.system;
    return instances[from]?.host === instances[to]?.host ? [0, 0] : this.timed.latencyMs;
  }

  private after(from: number, to: number, ms: number): void {
    this.bounds.push([to, from, -ms]);
  }

  /** At most so long, and for as long as a processor was at other things besides, and at so many steps of its own that are not done. */
  private within(from: number, to: number, ms: number, instance: Instance, undone: number): void {
    const work = workOf(this.timed.processor, instance);
    const { network } = this.place.system.scenario;
    const isOrdered = network.ordered === true || network.link === 'connection';
    if (this.isLoose || network.keepsDelivered === true || isOrdered || (work !== null && work.ms === 0)) return;
    const others = this.worked.filter(({ processor, step }) => processor === work?.processor && step > from && step <= to);
    this.bounds.push([from, to, ms + others.reduce((sum, other) => sum + other.ms, undone * (work?.ms ?? 0))]);
  }
}

/**
 * Whether a run can be one by virtual time: whether there are moments for its steps at which every message takes a latency,
 * every timer its delay, and every processor as long as it does, with nothing left undone that was due. Otherwise what is
 * left of a run, once some of it is left out, would show what no clock allows. No bound is too tight, so no true run is
 * refused; those of faults that hold something back, of links that keep an order, and of random work are left out.
 */
export const canBeInTime = (place: Place, timed: TimedType, actions: readonly Action[]): boolean => {
  const player = new Player(place.system, place.judge.monitors, place.world);
  const timetable = new Timetable(place, timed);
  timetable.noteTimers(null);
  for (const action of actions) {
    const move = player.resolve(action);
    if (move !== null) timetable.step(player, move);
  }
  timetable.end(player);
  place.world.observer = null;
  return timetable.isPossible;
};
