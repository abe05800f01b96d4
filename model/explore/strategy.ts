import { ratio, type Random, type Ratio } from '../kernel/random.ts';
import type { FaultName } from '../network/fault.ts';
import { type Fault, faultsLeft, faultsOf, remedies } from '../world/faults.ts';
import type { Move } from '../world/move.ts';
import { type Offer, takenOf } from '../world/offer.ts';
import { NONE } from '../world/system.ts';
import { type Tick, ticksNow } from '../world/ticks.ts';
import type { Observer } from '../world/row.ts';
import type { World } from '../world/world.ts';
import { drawValue } from './draw-value.ts';
import { Offers } from './offers.ts';

/** Chooses the next move of a run, or null where nothing is left to do. */
export interface Strategy {
  readonly name: StrategyName;
  next(world: World): Move | null;
  /** A strategy that follows messages one by one gives an observer, before the world starts. */
  observe?(world: World): Observer;
  /** Told before each step, with its number. */
  begin?(step: number): void;
}

export type StrategyName = 'walk' | 'pct' | 'swarm' | 'timed';

/** How a run is drawn. Swarm testing draws these anew for each run (Groce et al. 2012); a walk keeps to the usual ones. */
export interface Mix {
  /** At a step, that some fault strikes. */
  readonly fault: Ratio;
  /** At a step, that something is repaired, restarted, resumed or released. */
  readonly remedy: Ratio;
  /** That a timer fires which was drawn; messages are quicker than timers. */
  readonly fire: Ratio;
  /** At a step, that a unit of time passes, where time passes in units. */
  readonly tick: Ratio;
  /** That a command is given which was drawn. */
  readonly command: Ratio;
  /** That the host crashes in the middle of a step which could. */
  readonly crashDuring: Ratio;
  /** Faults that may strike in this run; null: all that the scenario allows. */
  readonly faults: ReadonlySet<FaultName> | null;
}

export const usualMix: Mix = {
  fault: ratio(1, 16),
  remedy: ratio(1, 12),
  fire: ratio(1, 6),
  tick: ratio(1, 3),
  command: ratio(1, 2),
  crashDuring: ratio(1, 40),
  faults: null,
};

/** A mix for one run of a swarm: some faults, and how often things happen, at random. */
export const swarmMix = (random: Random, faults: readonly FaultName[]): Mix => {
  const [fault, remedy, fire] = [random.pick([6, 12, 24, 48]), random.pick([4, 12, 40]), random.pick([1, 4, 12, 40])];
  return {
    fault: ratio(1, fault),
    remedy: ratio(1, remedy),
    fire: ratio(1, fire),
    tick: ratio(1, fire),
    command: ratio(1, random.pick([1, 2, 6])),
    crashDuring: ratio(1, random.pick([10, 40, 200])),
    faults: new Set(faults.filter(() => random.chance(ratio(1, 2)))),
  };
};

/** A fault that may strike now, drawn kind first, so that kinds with many forms do not crowd out the others. */
export const drawFault = (world: World, random: Random, allowed: ReadonlySet<FaultName> | null): Fault | null => {
  for (const kind of random.shuffled(faultsLeft(world))) {
    if (allowed !== null && !allowed.has(kind)) continue;
    const faults = faultsOf(world, kind);
    if (faults.length > 0) return random.pick(faults);
  }
  return null;
};

/** A unit of time on one of the clocks where it can pass now; null where time does not pass in units. */
export const drawTick = (world: World, random: Random): Tick | null => {
  const ticks = ticksNow(world);
  return ticks.length === 0 ? null : random.pick(ticks);
};

/** A move that takes an offer, with a resolution of its choices, and now and then a crash in its middle. */
export const drawVariant = (world: World, random: Random, offered: Offer, mix: Mix): Move => {
  const offer = drawValue(world, random, offered);
  const taken = takenOf(world.system, offer);
  const variant = taken.variants === 1 ? 0 : random.below(taken.variants);
  const effects = taken.step.effects.length;
  const mayCrash = effects > 0 && world.hasLeft('crashDuringStep') && (mix.faults === null || mix.faults.has('crashDuringStep'));
  return { offer, variant, crashAfter: mayCrash && random.chance(mix.crashDuring) ? random.below(effects) : -1 };
};

/** So many draws are refused before the first possible offer is taken as it is. */
const patience = 12;

/** A random walk: at each step a fault, a remedy, or one of the offers. */
export class Walk implements Strategy {
  readonly name: StrategyName;
  private readonly random: Random;
  private readonly mix: Mix;
  private readonly maySeeFaults: boolean;
  private readonly offers: Offers;

  /** @param world the one that it walks, from the start of a run to its end. */
  constructor(world: World, random: Random, mix: Mix = usualMix, name: StrategyName = 'walk') {
    this.name = name;
    this.random = random;
    this.mix = mix;
    const { system } = world;
    this.maySeeFaults = system.budgetSlot.size > 0 || system.linksSlot !== NONE || system.lifeSlot[0] !== NONE;
    this.offers = new Offers(world);
  }

  next(world: World): Move | null {
    const { random, mix } = this;
    this.offers.follow(); // Before a fault strikes, for the numbers follow each step's changes.
    if (this.maySeeFaults) {
      if (random.chance(mix.fault)) {
        const fault = drawFault(world, random, mix.faults);
        if (fault !== null) return { fault };
      }
      if (random.chance(mix.remedy)) {
        const choices = remedies(world);
        if (choices.length > 0) return { fault: random.pick(choices) };
      }
    }
    const tick = world.system.ticks !== undefined && random.chance(mix.tick) ? drawTick(world, random) : null;
    if (tick !== null) return { fault: tick };
    return this.offer(world) ?? this.lastResort(world);
  }

  /** Where no offer is left, only time, a remedy or a fault can go on. */
  private lastResort(world: World): Move | null {
    const tick = drawTick(world, this.random);
    if (tick !== null) return { fault: tick };
    const choices = remedies(world);
    if (choices.length > 0) return { fault: this.random.pick(choices) };
    const fault = drawFault(world, this.random, this.mix.faults);
    return fault === null ? null : { fault };
  }

  private offer(world: World): Move | null {
    const { random, mix, offers } = this;
    const { total } = offers;
    if (total === 0) return null;
    let reserve: Offer | null = null;
    for (let draws = 0; draws < patience; draws++) {
      const offer = offers.allowed(random.below(total));
      if (offer === null) continue;
      if (offer.kind === 'Fire' && !random.chance(mix.fire)) reserve ??= offer;
      else if (offer.kind === 'Command' && !random.chance(mix.command)) reserve ??= offer;
      else if (takenOf(world.system, offer).effective) return drawVariant(world, random, offer, mix);
    }
    if (reserve !== null && takenOf(world.system, reserve).effective) return drawVariant(world, random, reserve, mix);
    for (let nth = 0; nth < total; nth++) {
      const offer = offers.allowed(nth);
      if (offer !== null && takenOf(world.system, offer).effective) return drawVariant(world, random, offer, mix);
    }
    return null;
  }
}
