import { drawRun } from '../model/explore/drawn.ts';
import { namedActions, shrunkViolation } from '../model/explore/shrink.ts';
import type { StrategyName } from '../model/explore/strategy.ts';
import { Visits } from '../model/explore/visits.ts';
import { Random } from '../model/kernel/random.ts';
import { Arena, mutantOf, scenarioOf } from '../model/property/arena.ts';
import type { Failure } from '../model/property/failure.ts';
import type { Property } from '../model/property/property.ts';
import type { Protocol } from '../model/protocol/protocol.ts';

/** What a shorter trace is looked for of: a planted fault, in the scenario and by the claim that found it with the first seed. */
export type Sought = {
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
  readonly mutant: string;
  readonly scenario: string;
};

/** Runs that a seed may draw until one fails. */
const patience = 1_500;

/** Leaving out alone: the breadth-first search of what is left is what does not end for these faults, at any seed. */
const effort = { candidates: 4_000, states: 0, moves: 0 };

const strategies: readonly StrategyName[] = ['walk', 'walk', 'pct', 'swarm'];

/**
 * Gives, for each seed, the length of one run that fails, after actions were left out of it; null where no run failed.
 * A whole `rolecall run` does more for each of its seeds: it shrinks six further runs, and searches. Here there are many seeds.
 */
export const shorterTraces = ({ protocol, properties, mutant: mutantName, scenario: scenarioName }: Sought): ((seed: number) => number | null) => {
  const planted = mutantOf(properties, mutantName);
  if (planted === null || planted.property === null) return () => null;
  const { mutant, property } = planted;
  const scenario = scenarioOf(protocol, scenarioName);
  let arena = new Arena(protocol, scenario, [property], mutant);
  const settings = { hosts: null, faults: null, maxSteps: null, visits: new Visits(), onRun: () => {} };
  return (seed) => {
    // What is remembered of many runs takes more time to keep than to work out again.
    if (seed % 50 === 0) arena = new Arena(protocol, scenario, [property], mutant);
    const random = new Random(seed);
    const strategy = scenario.timed === undefined ? (strategies[random.below(strategies.length)] as StrategyName) : 'timed';
    for (let drawn = 0; drawn < patience; drawn++) {
      const own = random.below(0x7fffffff);
      const { place, run } = drawRun(arena, own, { ...settings, strategy });
      if (run.violation === null) continue;
      const { part, settling } = run.violation;
      const isFailure = (other: Failure): boolean => other.part?.property === part?.property && other.part?.name === part?.name;
      const start = { setting: place.setting, actions: namedActions(place, run.moves) };
      const found = {
        protocol,
        scenarioName,
        scenario,
        mutantName,
        mutant,
        property,
        part: part?.name ?? 'threw',
        settles: settling,
        strategy,
        seed: own,
        start,
      };
      const { trace } = shrunkViolation(found, isFailure, effort);
      return trace.steps.filter((step) => step.settling !== true).length;
    }
    return null;
  };
};
