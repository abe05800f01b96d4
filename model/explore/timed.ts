import type { Random } from '../kernel/random.ts';
import type { FaultName } from '../network/fault.ts';
import type { TimedType } from '../protocol/scenario.ts';
import type { Envelope, Ledger } from '../trace/ledger.ts';
import { remedies } from '../world/faults.ts';
import type { Move } from '../world/move.ts';
import { isTimed, type Offer, offerAt, takenOf } from '../world/offer.ts';
import type { Instance } from '../world/system.ts';
import type { World } from '../world/world.ts';
import { Agenda } from './agenda.ts';
import { Clock } from './clock.ts';
import { exponentialMs } from './exponential.ts';
import { Processors, type Queue } from './processors.ts';
import { drawFault, drawVariant, type Strategy, usualMix } from './strategy.ts';
import { TimedLedger } from './timed-ledger.ts';

/** What is due: a message that arrives, a timer, a draw of what users or the environment do; a processor that is free for a job, or has done one. */
type What =
  | { readonly kind: 'message'; readonly envelope: Envelope }
  | { readonly kind: 'timer'; readonly instance: number; readonly timer: string; readonly armedMs: number }
  | { readonly kind: 'command' | 'fault' | 'remedy' }
  | { readonly kind: 'free' | 'done'; readonly queue: Queue<Job> };

/** What waits for a processor. */
type Job = Extract<What, { readonly kind: 'message' | 'timer' }> | { readonly kind: 'given'; readonly offer: Offer };

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
  private readonly agenda = new Agenda<What>();
  private ledger: TimedLedger | null = null;
  private readonly armed = new Map<string, number>();
  /** Clocks that are not true, by host. */
  private readonly clocks = new Map<string, Clock>();
  private last: Move | null = null;
  private order = 0;
  /** Null where a step takes no time. */
  private readonly processors: Processors<Job> | null;

  constructor(random: Random, type: TimedType, faults: ReadonlySet<FaultName> | null = null) {
    this.random = random;
    this.type = type;
    this.faults = faults;
    this.processors = type.processor === undefined ? null : new Processors(type.processor, random);
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

  private plan(inMs: number, what: What): void {
    this.agenda.push({ atMs: this.nowMs + inMs, order: this.order++, what });
  }

  next(world: World): Move | null {
    this.arm(world);
    for (;;) {
      const due = this.agenda.pop();
      if (due === undefined || due.atMs > this.type.endMs) return null;
      this.nowMs = Math.max(this.nowMs, due.atMs);
      const move = this.comesUp(world, due.what);
      if (move === null) continue;
      this.last = move;
      const crashed = crashedIn(world, move);
      if (crashed !== null) this.processors?.forget(crashed);
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
        this.plan(inMs, { kind: 'timer', instance: instance.index, timer, armedMs: this.nowMs + inMs });
      }
      for (const key of this.armed.keys())
        if (key.startsWith(`${instance.index} `) && !pending.includes(key.slice(`${instance.index} `.length))) this.armed.delete(key);
    }
  }

  /** Something is due. Null where nothing comes of it, or not yet. */
  private comesUp(world: World, what: What): Move | null {
    switch (what.kind) {
      case 'message':
        return this.arrives(world, what.envelope) ? this.begun(world, what.envelope.to, what) : null;
      case 'timer':
        return this.fires(world, what) === null ? null : this.begun(world, what.instance, what);
      case 'command': {
        this.plan(exponentialMs(this.random, this.type.commandEveryMs), { kind: 'command' });
        const offer = this.drawCommand(world);
        return offer === null ? null : this.begun(world, offer.instance, { kind: 'given', offer });
      }
      case 'free':
        return this.workOn(world, what.queue);
      case 'done':
        return this.finish(world, what.queue);
      default:
        return this.mishap(world, what.kind);
    }
  }

  /** A job waits for the processor of its host; where the steps of its role take no time, it is done at once. */
  private begun(world: World, instance: number, job: Job): Move | null {
    const of = world.system.instances[instance] as Instance;
    const queue = this.processors?.of(of) ?? null;
    if (queue === null) return this.moveOf(world, job);
    queue.waiting.push({ role: of.role.name, job });
    return queue.busy ? null : this.workOn(world, queue);
  }

  private workOn(world: World, queue: Queue<Job>): null {
    const inMs = this.processors?.begin(queue, (job) => this.offerOf(world, job) !== null) ?? null;
    if (inMs !== null) this.plan(inMs, { kind: 'done', queue });
    return null;
  }

  private finish(world: World, queue: Queue<Job>): Move | null {
    const [done] = queue.waiting.splice(0, 1);
    // A host that has crashed meanwhile has forgotten it.
    if (done === undefined) return null;
    // The next one is begun when the step of this one is taken, for that may make it needless.
    this.plan(0, { kind: 'free', queue });
    if (done.job.kind === 'message' && !this.arrives(world, done.job.envelope)) return null;
    return this.moveOf(world, done.job);
  }

  private moveOf(world: World, job: Job): Move | null {
    const offer = this.offerOf(world, job);
    if (offer === null) return null;
    if (job.kind === 'timer') this.armed.delete(`${job.instance} ${job.timer}`);
    return drawVariant(world, this.random, offer, usualMix);
  }

  /** The step that a job is. Null where it is not possible any more: its timer was cancelled, its message is gone. */
  private offerOf(world: World, job: Job): Offer | null {
    switch (job.kind) {
      case 'message':
        return this.delivery(world, job.envelope);
      case 'timer':
        return this.fires(world, job);
      case 'given':
        return still(world, job.offer);
    }
  }

  private fires(world: World, { instance, timer, armedMs }: Extract<What, { readonly kind: 'timer' }>): Offer | null {
    if (this.armed.get(`${instance} ${timer}`) !== armedMs || !world.runs(instance)) return null;
    return world.seat(instance).offers.find((each) => each.kind === 'Fire' && each.name === timer && world.allows(each)) ?? null;
  }

  private drawCommand(world: World): Offer | null {
    const offers = world.system.instances
      .filter((instance) => world.runs(instance.index))
      .flatMap((instance) =>
        world.seat(instance.index).offers.filter((offer) => (offer.kind === 'Command' || offer.kind === 'Choose') && world.allows(offer)),
      );
    // What would change nothing is not given: a user who waits for an answer asks nothing.
    for (let left = offers.length; left > 0; left--) {
      const [drawn] = offers.splice(this.random.below(left), 1) as [Offer];
      const offer = isTimed(world.system, drawn) ? offerAt(world.system, drawn, Math.floor(this.readMs(drawn.instance) / 1000)) : drawn;
      if (takenOf(world.system, offer).effective) return offer;
    }
    return null;
  }

  private mishap(world: World, kind: 'fault' | 'remedy'): Move | null {
    const { random, type } = this;
    switch (kind) {
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

  /** Whether a message can be delivered now; what a cut holds back, or another message of an ordered link, comes up again. */
  private arrives(world: World, envelope: Envelope): boolean {
    const here = this.inFlight(envelope);
    if (here === undefined) return false;
    if (this.delivery(world, here) !== null) return true;
    this.plan(this.isBehind(here) ? 1 : waitMs, { kind: 'message', envelope: here });
    return false;
  }

  /** The message, while it is in flight; or one that says the same, where that overtook it and was taken for it. */
  private inFlight(envelope: Envelope): Envelope | undefined {
    const all = this.ledger?.inFlight(envelope.to) ?? [];
    return all.find((each) => each === envelope) ?? all.find(({ entry }) => entry === envelope.entry);
  }

  private delivery(world: World, envelope: Envelope): Offer | null {
    if (this.inFlight(envelope) === undefined || !world.runs(envelope.to)) return null;
    return world.seat(envelope.to).offers.find((each) => each.kind === 'Deliver' && each.entry === envelope.entry && world.allows(each)) ?? null;
  }

  private isBehind(envelope: Envelope): boolean {
    return this.ledger?.inFlight(envelope.to).find((each) => each.from === envelope.from) !== envelope;
  }
}

/** The same command now, if the role still offers it. */
const still = (world: World, { instance, kind, name, event, value }: Offer): Offer | null => {
  if (!world.runs(instance)) return null;
  const offer = world
    .seat(instance)
    .offers.find((each) => each.kind === kind && each.name === name && (each.event === event || isTimed(world.system, each)) && world.allows(each));
  return offer === undefined ? null : { ...offer, event, value, taken: null };
};

/** The host that goes down in a move. */
const crashedIn = (world: World, move: Move): string | null => {
  if ('fault' in move) return move.fault.type === 'Crash' || move.fault.type === 'Leave' ? move.fault.host : null;
  return move.crashAfter < 0 ? null : (world.system.instances[move.offer.instance] as Instance).hostName;
};
