import * as fc from 'fast-check';
import { Random } from '../kernel/random.ts';
import type { FaultName } from '../network/fault.ts';
import type { Arena, Place } from '../property/arena.ts';
import { settingOf } from '../world/system.ts';
import { Pct } from './pct.ts';
import { runOnce, type Run } from './run-once.ts';
import { type Strategy, type StrategyName, swarmMix, usualMix, Walk } from './strategy.ts';
import { Timed } from './timed.ts';
import type { Visits } from './visits.ts';

/** A run that was drawn: where it ran, and what came of it. */
export interface Drawn {
  readonly place: Place;
  readonly seed: number;
  readonly strategy: StrategyName;
  readonly run: Run;
}

/** What runs are drawn with. */
export interface Draw {
  readonly strategy: StrategyName;
  /** So many hosts; null: each run draws a number that the scenario allows. */
  readonly hosts: number | null;
  /** Faults that may strike; null: all that the scenario allows. */
  readonly faults: readonly FaultName[] | null;
  readonly maxSteps: number | null;
  readonly visits: Visits;
  /** Hears of each run. */
  readonly onRun: (drawn: Drawn) => void;
}

/** How many orderings PCT supposes that a bug needs. */
const pctDepth = 3;

/** The random walk of a place is kept with it, because it counts offers from step to step. */
export const strategyFor = (
  arena: Arena,
  place: Pick<Place, 'world' | 'system'>,
  draw: Pick<Draw, 'strategy' | 'faults'>,
  random: Random,
): Strategy => {
  const allowed = draw.faults === null ? null : new Set(draw.faults);
  const scenarioFaults = Object.keys(arena.scenario.faults ?? {}) as FaultName[];
  const mix = { ...usualMix, faults: allowed };
  switch (draw.strategy) {
    case 'walk':
      return new Walk(place.world, random, mix);
    case 'pct':
      return new Pct(random, place.system.bounds.steps, pctDepth, mix);
    case 'swarm':
      return new Walk(
        place.world,
        random,
        swarmMix(
          random,
          scenarioFaults.filter((fault) => allowed?.has(fault) ?? true),
        ),
        'swarm',
      );
    case 'timed':
      return new Timed(random, arena.timed as NonNullable<Arena['timed']>, allowed);
  }
};

/** One run from a seed. The seed alone decides it: hosts, links, faults, workload and schedule. */
export const drawRun = (arena: Arena, seed: number, draw: Draw): Drawn => {
  const random = new Random(seed);
  const { size } = arena.scenario;
  const count = draw.hosts ?? (size === undefined ? 0 : size.least + random.below(size.most - size.least + 1));
  const place = arena.at(settingOf(arena.scenario, count, random));
  const run = runOnce(place.world, place.judge, strategyFor(arena, place, draw, random), draw.visits, draw.maxSteps ?? place.system.bounds.steps);
  return { place, seed, strategy: draw.strategy, run };
};

/**
 * Runs as the fast-check arbitrary of `rolecall run`. It does not shrink here, because a seed near another draws a run that
 * is nothing like it, and because naming the actions of each run would take as long as the run: the one run that failed is
 * named and shrunk by `shrunk`. For a property of fast-check's own, `runs` gives named runs that shrink.
 */
export class Runs extends fc.Arbitrary<Drawn> {
  private readonly arena: Arena;
  private readonly draw: Draw;

  constructor(arena: Arena, draw: Draw) {
    super();
    this.arena = arena;
    this.draw = draw;
  }

  override generate(random: fc.Random): fc.Value<Drawn> {
    const drawn = drawRun(this.arena, random.nextInt(), this.draw);
    this.draw.onRun(drawn);
    return new fc.Value(drawn, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Drawn {
    return false;
  }

  override shrink(): fc.Stream<fc.Value<Drawn>> {
    return fc.Stream.nil();
  }
}
