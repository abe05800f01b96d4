import { RolecallError } from '../kernel/errors.ts';
import { mutantOf, type PlantedMutant, scenarioOf } from '../property/arena.ts';
import type { Property } from '../property/property.ts';
import type { ScenarioType } from '../protocol/scenario.ts';
import { isForCheck, refuseForCheck } from './for-check.ts';
import type { RunOptions } from './run-options.ts';
import type { StrategyName } from './strategy.ts';

/** Runs for each scenario where nothing else is asked for. */
export const usualRuns = 150;

/** Runs in which a failure that is known has to show; the first that does ends them. */
const knownRuns = 600;

/** A failure that is known shows in so few runs, mostly; progress is reckoned by it. */
const knownAfter = 20;

/** Runs for each scenario with a planted fault: the first that fails ends it, so patience costs little. */
const mutantRuns = 1500;

/** One scenario to explore, with the properties that are checked in it together. */
export interface Plan {
  readonly scenarioName: string;
  readonly scenario: ScenarioType;
  readonly properties: readonly Property[];
  readonly strategies: readonly (readonly [StrategyName, number])[];
  /** The failure is known and has to be found; why. */
  readonly expected: string | null;
}

/** All that is to be done for one protocol. No plan needs to know what comes of another, so they can be carried out in any order. */
export interface Planned {
  /** As asked, without the properties of which random runs can say nothing. */
  readonly options: RunOptions;
  readonly planted: PlantedMutant | null;
  readonly plans: readonly Plan[];
  /** What was asked for and is left out, by id; an exhaustive search judges it. */
  readonly forCheck: readonly string[];
}

/**
 * Plans the random runs of a protocol.
 * @throws RolecallError where a mutant is not known, no scenario has so many hosts, or random runs can say nothing of what is asked.
 */
export const planned = (asked: RunOptions): Planned => {
  const planted = mutantOf(asked.properties, asked.mutant);
  if (planted !== null && planted.property !== null) refuseForCheck(planted.property, asked.mutant);
  const named = asked.properties.filter(({ type }) => asked.selected === null || asked.selected.includes(type.id));
  if (asked.selected !== null) for (const property of named) refuseForCheck(property, null);
  const options = { ...asked, properties: asked.properties.filter((property) => !isForCheck(property)) };
  const plans = withHosts(plansOf(options, planted), options.hosts);
  return { options, planted, plans, forCheck: planted === null ? named.filter(isForCheck).map(({ type }) => type.id) : [] };
};

/** How many runs a plan takes, as far as can be told before. */
export const runsOf = ({ strategies, expected }: Plan): number => {
  const most = strategies.reduce((sum, [, runs]) => sum + runs, 0);
  return expected === null ? most : Math.min(most, knownAfter);
};

const strategiesOf = (scenario: ScenarioType, runs: number): readonly (readonly [StrategyName, number])[] => {
  if (scenario.timed !== undefined) return [['timed', runs]];
  const quarter = Math.floor(runs / 4);
  return (
    [
      ['walk', runs - 2 * quarter],
      ['pct', quarter],
      ['swarm', quarter],
    ] as const
  ).filter(([, share]) => share > 0);
};

const plansOf = (options: RunOptions, planted: PlantedMutant | null): readonly Plan[] => {
  const { protocol, selected } = options;
  const isRun = (name: string): boolean => scenarioOf(protocol, name).exhaustive !== true;
  const plan = (scenarioName: string, properties: readonly Property[], expected: string | null): Plan => {
    const scenario = scenarioOf(protocol, scenarioName);
    // A failure that is known is looked for until it is found.
    const runs = options.runs ?? (planted !== null ? mutantRuns : expected === null ? (scenario.runs ?? usualRuns) : knownRuns);
    return { scenarioName, scenario, properties, strategies: strategiesOf(scenario, runs), expected };
  };
  const properties = options.properties.filter((property) => selected === null || selected.includes(property.type.id));
  const holding = Object.keys(protocol.scenarios)
    .filter(isRun)
    .map((name) =>
      plan(
        name,
        properties.filter((property) => property.type.holdsUnder.includes(name)),
        null,
      ),
    )
    .filter((each) => each.properties.length > 0);
  if (planted !== null) {
    const { mutant, property } = planted;
    if (property === null) return holding;
    const scenarios = mutant.under === undefined ? property.type.holdsUnder.filter(isRun) : [mutant.under];
    return scenarios.map((scenario) => plan(scenario, [property], null));
  }
  const failing = properties.flatMap((property) =>
    Object.entries(property.type.failsUnder ?? {}).map(([name, why]) => plan(name, [property], why ?? '')),
  );
  return [...holding, ...failing];
};

const withHosts = (plans: readonly Plan[], hosts: number | null): readonly Plan[] => {
  if (hosts === null) return plans;
  const fitting = plans.filter(({ scenario: { size } }) => size === undefined || (size.least <= hosts && hosts <= size.most));
  if (fitting.length > 0) return fitting;
  throw new RolecallError({
    code: 'HOSTS',
    message: `no scenario has ${hosts} hosts`,
    place: '--hosts',
    advice: 'See `rolecall list` for the sizes of the scenarios.',
  });
};
