import type { Random } from '../kernel/random.ts';
import { Ledger } from '../trace/ledger.ts';
import { remedies } from '../world/faults.ts';
import { type Move, offersNow } from '../world/move.ts';
import { type Offer, takenOf } from '../world/offer.ts';
import type { World } from '../world/world.ts';
import { drawFault, drawTick, drawVariant, type Mix, type Strategy, usualMix } from './strategy.ts';

/**
 * Probabilistic concurrency testing for messages: each causal chain of messages has a random priority, the highest that can
 * go on does, and at a few random moments the highest falls below all others (Ozkan, Majumdar, Niksic, Befrouei and
 * Weissenbacher 2018). A bug that needs few orderings is found with a probability that does not shrink with the length of
 * the run. Timers and commands are chains of their own.
 */
export class Pct implements Strategy {
  readonly name = 'pct';
  private readonly random: Random;
  private readonly mix: Mix;
  private readonly priorities = new Map<string, number>();
  private readonly changes: Set<number>;
  private ledger: Ledger | null = null;
  private steps = 0;
  private lowest = 0;

  /** @param depth how many orderings a bug may need; one change of priority less. */
  constructor(random: Random, length: number, depth: number, mix: Mix = usualMix) {
    this.random = random;
    this.mix = mix;
    this.changes = new Set(Array.from({ length: depth - 1 }, () => random.below(Math.max(1, length))));
  }

  observe(world: World): Ledger {
    this.ledger = new Ledger(world.system);
    return this.ledger;
  }

  begin(step: number): void {
    this.ledger?.begin(step);
  }

  next(world: World): Move | null {
    const { random, mix } = this;
    this.steps++;
    if (random.chance(mix.fault)) {
      const fault = drawFault(world, random, mix.faults);
      if (fault !== null) return { fault };
    }
    const cures = remedies(world);
    if (cures.length > 0 && random.chance(mix.remedy)) return { fault: random.pick(cures) };
    const isTicking = world.system.ticks !== undefined;
    const tick = isTicking && random.chance(mix.tick) ? drawTick(world, random) : null;
    if (tick !== null) return { fault: tick };
    const offers = offersNow(world).filter((offer) => takenOf(world.system, offer).effective);
    const [first, ...rest] = offers;
    if (first === undefined) {
      const last = drawTick(world, random) ?? (cures.length > 0 ? random.pick(cures) : null);
      return last === null ? null : { fault: last };
    }
    let best: Offer = first;
    for (const offer of rest) if (this.priority(offer) > this.priority(best)) best = offer;
    if (this.changes.has(this.steps)) this.priorities.set(this.chainOf(best), --this.lowest);
    return drawVariant(world, random, best, mix);
  }

  private chainOf(offer: Offer): string {
    if (offer.kind === 'Deliver') return `chain ${this.ledger?.envelope(offer.instance, offer.entry)?.chain}`;
    return `${offer.instance} ${offer.kind} ${offer.name}`;
  }

  private priority(offer: Offer): number {
    const chain = this.chainOf(offer);
    let priority = this.priorities.get(chain);
    if (priority === undefined) {
      // Timers are slow: they come when no message can.
      priority = this.random.below(1_000_000) - (offer.kind === 'Fire' ? 750_000 : 0);
      this.priorities.set(chain, priority);
    }
    return priority;
  }
}
