import { type Random, ratio } from '../kernel/random.ts';
import type { FaultName } from '../network/fault.ts';
import type { TimedType } from '../protocol/scenario.ts';
import { type Envelope, Ledger } from '../trace/ledger.ts';
import { remedies } from '../world/faults.ts';
import type { Move } from '../world/move.ts';
import { isTimed, type Offer, offerAt, takenOf } from '../world/offer.ts';
import type { World } from '../world/world.ts';
import { Clock } from './clock.ts';
import { drawFault, drawVariant, type Strategy, usualMix } from './strategy.ts';

/** Something that is due at a moment of virtual time. */
interface Due {
  readonly atMs: number;
  /** Breaks ties: what was planned first comes first. */
  readonly order: number;
  readonly what:
    | { readonly kind: 'message'; readonly envelope: Envelope }
    | { readonly kind: 'timer'; readonly instance: number; readonly timer: string }
    | { readonly kind: 'command' | 'fault' | 'remedy' };
}

/** A binary heap: the earliest first. */
class Agenda {
  private readonly heap: Due[] = [];

  push(due: Due): void {
    const { heap } = this;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(due, heap[parent] as Due)) break;
      heap[at] = heap[parent] as Due;
      at = parent;
    }
    heap[at] = due;
  }

  pop(): Due | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Due, heap[child] as Due)) child++;
      if (!isBefore(heap[child] as Due, last)) break;
      heap[at] = heap[child] as Due;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

const isBefore = (a: Due, b: Due): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/**
 * An exponentially distributed time in whole milliseconds: the number of failures before the first success at 1 in 64, in
 * ticks of a 64th of the mean. `Math.log` is not specified to the bit, so it decides nothing here.
 */
export const exponentialMs = (random: Random, meanMs: number): number => {
  let ticks = 0;
  while (!random.chance(ratio(1, 64))) ticks++;
  return Math.floor((ticks * meanMs + random.below(Math.max(1, meanMs))) / 64);
};

const trueClock = new Clock(0, 0, 1000);

/** A message that a cut or a hold keeps back is looked at again after so long. */
const waitMs = 100;

/**
 * Runs by virtual time: each message takes a latency, each timer its delay, and what is due earliest comes next. The roles
 * and the world are the same as in untimed runs, and a trace of a timed run is a sequence of the same actions.
 */
export class Timed implements Strategy {
  readonly name = 'timed';
  /** Virtual time. */
  nowMs = 0;
  private readonly random: Random;
  private readonly type: TimedType;
  private readonly faults: ReadonlySet<FaultName> | null;
  private readonly agenda = new Agenda();
  private ledger: TimedLedger | null = null;
  private readonly armed = new Map<string, number>();
  /** Clocks that are not true, by host. */
  private readonly clocks = new Map<string, Clock>();
  private last: Move | null = null;
  private order = 0;

  constructor(random: Random, type: TimedType, faults: ReadonlySet<FaultName> | null = null) {
    this.random = random;
    this.type = type;
    this.faults = faults;
    this.plan(exponentialMs(random, type.commandEveryMs), { kind: 'command' });
    this.plan(exponentialMs(random, type.faultEveryMs), { kind: 'fault' });
  }

  observe(world: World): Ledger {
    this.ledger = new TimedLedger(world.system, (envelope) => this.plan(this.latency(envelope), { kind: 'message', envelope }));
    return this.ledger;
  }

  begin(step: number): void {
    this.ledger?.begin(step);
  }

  private latency(envelope: Envelope): number {
    const system = this.ledger?.instancesOf ?? [];
    const isLocal = system[envelope.from]?.host === system[envelope.to]?.host;
    const [least, most] = this.type.latencyMs;
    return isLocal ? 0 : least + this.random.below(most - least + 1);
  }

  private plan(inMs: number, what: Due['what']): void {
    this.agenda.push({ atMs: this.nowMs + inMs, order: this.order++, what });
  }

  next(world: World): Move | null {
    this.arm(world);
    for (;;) {
      const due = this.agenda.pop();
      if (due === undefined || due.atMs > this.type.endMs) return null;
      this.nowMs = Math.max(this.nowMs, due.atMs);
      const move = this.moveOf(world, due);
      if (move === null) continue;
      this.last = move;
      return move;
    }
  }

  private clockOf(host: string): Clock {
    return this.clocks.get(host) ?? trueClock;
  }

  /** What the clock of an instance's host shows now. */
  private readMs(instance: number): number {
    return this.clockOf(this.ledger?.instancesOf[instance]?.hostName ?? '').read(this.nowMs);
  }

  /** Timers that the last step started are due after their delays; those that ended are forgotten when they come up. */
  private arm(world: World): void {
    const { system } = world;
    const justStarted =
      this.last !== null && 'offer' in this.last ? { instance: this.last.offer.instance, step: takenOf(system, this.last.offer).step } : null;
    for (const instance of system.instances) {
      if (!instance.role.hasTimers) continue;
      const pending = system.timers.groups(world.timers(instance.index)).flat();
      const started = justStarted?.instance === instance.index ? justStarted.step.started : [];
      for (const timer of pending) {
        const key = `${instance.index} ${timer}`;
        if (this.armed.has(key) && !started.includes(timer)) continue;
        const at = started.indexOf(timer);
        const delayMs = at >= 0 ? (justStarted?.step.delays[at] as number) : instance.role.memory.delayMs(timer);
        const inMs = this.clockOf(instance.hostName).lasting(delayMs);
        this.armed.set(key, this.nowMs + inMs);
        this.plan(inMs, { kind: 'timer', instance: instance.index, timer });
      }
      for (const key of this.armed.keys())
        if (key.startsWith(`${instance.index} `) && !pending.includes(key.slice(`${instance.index} `.length))) this.armed.delete(key);
    }
  }

  private moveOf(world: World, due: Due): Move | null {
    const { random, type } = this;
    switch (due.what.kind) {
      case 'message':
        return this.delivery(world, due.what.envelope);
      case 'timer': {
        const { instance, timer } = due.what;
        const key = `${instance} ${timer}`;
        if (this.armed.get(key) !== due.atMs || !world.runs(instance)) return null;
        this.armed.delete(key);
        const offer = world.seat(instance).offers.find((each) => each.kind === 'Fire' && each.name === timer && world.allows(each));
        return offer === undefined ? null : drawVariant(world, random, offer, usualMix);
      }
      case 'command': {
        this.plan(exponentialMs(random, type.commandEveryMs), { kind: 'command' });
        const offers = world.system.instances
          .filter((instance) => world.runs(instance.index))
          .flatMap((instance) =>
            world.seat(instance.index).offers.filter((offer) => (offer.kind === 'Command' || offer.kind === 'Choose') && world.allows(offer)),
          );
        if (offers.length === 0) return null;
        const offer = random.pick(offers);
        return drawVariant(
          world,
          random,
          isTimed(world.system, offer) ? offerAt(world.system, offer, Math.floor(this.readMs(offer.instance) / 1000)) : offer,
          usualMix,
        );
      }
      case 'fault': {
        this.plan(exponentialMs(random, type.faultEveryMs), { kind: 'fault' });
        const fault = drawFault(world, random, this.faults);
        if (fault === null) return null;
        this.plan(exponentialMs(random, type.faultEveryMs), { kind: 'remedy' });
        if (fault.type === 'Skew') this.clocks.set(fault.host, this.clockOf(fault.host).at(this.nowMs, fault.perMille));
        return { fault };
      }
      case 'remedy': {
        const choices = remedies(world);
        return choices.length === 0 ? null : { fault: random.pick(choices) };
      }
    }
  }

  private delivery(world: World, envelope: Envelope): Move | null {
    if (this.ledger?.inFlight(envelope.to).includes(envelope) !== true) return null;
    const offer: Offer | undefined = world.runs(envelope.to)
      ? world.seat(envelope.to).offers.find((each) => each.kind === 'Deliver' && each.entry === envelope.entry && world.allows(each))
      : undefined;
    if (offer !== undefined) return drawVariant(world, this.random, offer, usualMix);
    // It waits behind another message of an ordered link, or behind a cut.
    this.plan(this.isBehind(envelope) ? 1 : waitMs, { kind: 'message', envelope });
    return null;
  }

  private isBehind(envelope: Envelope): boolean {
    return this.ledger?.inFlight(envelope.to).find((each) => each.from === envelope.from) !== envelope;
  }
}

/** A ledger that tells of each message that comes to be in flight. */
class TimedLedger extends Ledger {
  readonly instancesOf: World['system']['instances'];
  private readonly isInFlight: (envelope: Envelope) => void;

  constructor(system: World['system'], isInFlight: (envelope: Envelope) => void) {
    super(system);
    this.instancesOf = system.instances;
    this.isInFlight = isInFlight;
  }

  override sent(from: number, to: number, entry: number): void {
    super.sent(from, to, entry);
    this.tellLast();
  }

  override duplicated(to: number, entry: number): void {
    super.duplicated(to, entry);
    this.tellLast();
  }

  private tellLast(): void {
    const last = this.happenings.at(-1);
    if (last !== undefined && 'envelope' in last && (last.kind === 'sent' || last.kind === 'duplicated')) this.isInFlight(last.envelope);
  }
}
