import * as fc from 'fast-check';
import { RolecallError } from '../kernel/errors.ts';
import { isForCheck, refuseForCheck } from './for-check.ts';
import { Hasher } from '../kernel/hash.ts';
import { addCoverage, type Coverage, emptyCoverage } from '../coverage/coverage.ts';
import type { Mutant } from '../protocol/protocol.ts';
import type { ScenarioType } from '../protocol/scenario.ts';
import { Arena, mutantOf, type PlantedMutant, scenarioOf } from '../property/arena.ts';
import { roleThrew } from '../property/judge.ts';
import type { Failure } from '../property/failure.ts';
import type { Property } from '../property/property.ts';
import type { Case } from '../trace/edits.ts';
import { type Drawn, type Draw, drawRun, Runs } from './drawn.ts';
import { claimReports, Tally } from './tally.ts';
import { checkRegressions } from './regressions.ts';
import type { Progress, RunReport, Verdict, Violation } from './report.ts';
import type { RunOptions } from './run-options.ts';
import { namedActions, shrunkViolation } from './shrink.ts';
import type { StrategyName } from './strategy.ts';
import { Visits } from './visits.ts';

/** Runs for each scenario where nothing else is asked for. */
export const usualRuns = 150;

/** Runs for each scenario with a planted fault: the first that fails ends it, so patience costs little. */
const mutantRuns = 1500;

/** Runs between two looks at the clock, and between two reports of progress. */
const usualChunk = 20;

/** One scenario to explore, with the properties that are checked in it together. */
interface Plan {
  readonly scenarioName: string;
  readonly scenario: ScenarioType;
  readonly properties: readonly Property[];
  readonly strategies: readonly (readonly [StrategyName, number])[];
  /** The failure is known and has to be found; why. */
  readonly expected: string | null;
}

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
    const runs = options.runs ?? (planted !== null ? mutantRuns : expected === null ? (scenario.runs ?? usualRuns) : usualRuns);
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

const checkHosts = (plans: readonly Plan[], hosts: number | null): readonly Plan[] => {
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

/** The seed of one chunk: from the seed of the run, and what the chunk is of. */
const seedOf = (seed: number, ...path: readonly (string | number)[]): number => new Hasher().word(seed).text(path.join('/')).hi;

/**
 * Checks the properties of a protocol by random runs. It yields its progress between chunks of runs, so that whoever
 * drives it can stop it, and returns the report. The same options give the same report, timings aside.
 */
export function* runProtocol(asked: RunOptions): Generator<Progress, RunReport> {
  const started = asked.clock();
  const planted = mutantOf(asked.properties, asked.mutant);
  if (planted !== null && planted.property !== null) refuseForCheck(planted.property, asked.mutant);
  const named = asked.properties.filter(({ type }) => asked.selected === null || asked.selected.includes(type.id));
  if (asked.selected !== null) for (const property of named) refuseForCheck(property, null);
  const options = { ...asked, properties: asked.properties.filter((property) => !isForCheck(property)) };
  const plans = checkHosts(plansOf(options, planted), options.hosts);
  const tally = new Tally(
    options,
    plans.reduce((sum, plan) => sum + plan.strategies.reduce((runs, [, share]) => runs + share, 0), 0),
  );
  const coverage = coverageOf(options, plans);
  const regressions = options.mutant === null ? checkRegressions(options.protocol, asked.properties, options.regressions) : [];
  const isOver = (): string | null => {
    if (options.shouldStop()) return 'it was interrupted';
    return options.timeMs !== null && options.clock() - started >= options.timeMs ? 'the time was up' : null;
  };
  for (const plan of plans) {
    if (planted !== null && tally.violations.size > 0) break;
    yield* explore(options, plan, planted, tally, coverage, isOver);
  }
  const claims = claimReports(options, tally, planted);
  const seconds = (options.clock() - started) / 1000;
  const changed = regressions.some((regression) => regression.outcome === 'changed');
  return {
    protocol: options.protocol.id,
    mutant: options.mutant,
    seed: options.seed,
    verdict: changed ? 'violated' : verdictOf(claims.map((claim) => claim.verdict)),
    claims,
    forCheck: planted === null ? named.filter(isForCheck).map(({ type }) => type.id) : [],
    explorations: tally.explorations,
    coverage: {
      rules: sortedCounts(coverage.rules),
      states: sortedCounts(coverage.states),
      messages: sortedCounts(coverage.messages),
      refused: sortedCounts(coverage.refused),
    },
    regressions,
    timings: { seconds, stepsPerSecond: seconds > 0 ? Math.round(tally.steps / seconds) : 0 },
  };
}

const verdictOf = (verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes('violated')) return 'violated';
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'passes';
};

const sortedCounts = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));

const coverageOf = ({ protocol }: RunOptions, plans: readonly Plan[]): Coverage => {
  const roles = plans.flatMap(({ scenario }) => {
    const hosts = typeof scenario.hosts === 'function' ? scenario.hosts(scenario.size?.most ?? 2) : scenario.hosts;
    return hosts.flatMap((host) => host.roles);
  });
  return emptyCoverage(protocol, new Set(roles));
};

/** Walks one scenario by each of its strategies. */
function* explore(
  options: RunOptions,
  plan: Plan,
  planted: { readonly mutant: Mutant } | null,
  tally: Tally,
  coverage: Coverage,
  isOver: () => string | null,
): Generator<Progress, void> {
  const mutant = planted?.mutant ?? null;
  let properties = plan.properties;
  let arena = new Arena(options.protocol, plan.scenario, properties, mutant, true);
  let counted = 0;
  const countMisses = (strategy: StrategyName): void => {
    const misses = arena.engine.misses;
    tally.addMisses(plan.scenarioName, strategy, misses - counted);
    counted = misses;
  };
  const forget = (): void => {
    addCoverage(coverage, arena.engine);
    counted = 0;
  };
  for (const [strategy, runs] of plan.strategies) {
    const visits = new Visits();
    let left = runs;
    let part = 0;
    while (left > 0 && properties.length > 0) {
      const why = isOver();
      if (why !== null) {
        tally.cutShort(properties, why);
        break;
      }
      let failed: Drawn | null = null;
      let done = 0;
      const draw: Draw = {
        strategy,
        hosts: options.hosts,
        faults: options.faults,
        maxSteps: options.maxSteps,
        visits,
        onRun: (drawn) => {
          done++;
          tally.addRun(plan, properties, drawn);
        },
      };
      const seed = seedOf(options.seed, options.protocol.id, plan.scenarioName, strategy, plan.expected === null ? '' : 'fails', part++);
      fc.check(
        fc.property(new Runs(arena, draw), (drawn) => {
          if (drawn.run.violation === null) return true;
          failed = drawn;
          return false;
        }),
        { numRuns: Math.min(options.chunk ?? usualChunk, left), seed, endOnFailure: true },
      );
      left -= done;
      countMisses(strategy);
      if (failed !== null) {
        const violation = violationOf(options, plan, failed, mutant, arena, draw);
        tally.addViolation(plan.scenarioName, plan.expected, violation);
        if (planted !== null || plan.expected !== null) left = 0;
        // The others are checked on without the one that failed.
        properties = violation.property === roleThrew ? [] : properties.filter((property) => property.type.id !== violation.property);
        forget();
        arena = new Arena(options.protocol, plan.scenario, properties, mutant, true);
      } else arena.tidy(() => forget());
      tally.addDistinct(plan.scenarioName, strategy, visits.distinct);
      yield tally.progress(plan.scenarioName, strategy, coverage, arena.engine);
    }
  }
  forget();
}

/** Runs that are drawn for the sake of a shorter one, and those of them that are shrunk. */
const alike = { drawn: 60, shrunk: 6 };

/** Further runs that fail in the same part. */
function* failingAlike(arena: Arena, draw: Draw, failed: Drawn, isFailure: (failure: Failure) => boolean): Generator<Case> {
  let found = 0;
  for (let next = 1; next <= alike.drawn && found < alike.shrunk; next++) {
    const { place, run } = drawRun(arena, (failed.seed + next) | 0, { ...draw, visits: new Visits(), onRun: () => {} });
    if (run.violation === null || !isFailure(run.violation)) continue;
    found++;
    yield { setting: place.setting, actions: namedActions(place, run.moves) };
  }
}

const violationOf = (options: RunOptions, plan: Plan, failed: Drawn, mutant: Mutant | null, arena: Arena, draw: Draw): Violation => {
  const failure = failed.run.violation as Failure;
  const { part } = failure;
  const isFailure = (other: Failure): boolean =>
    part === null ? other.part === null : other.part?.property === part.property && other.part.name === part.name;
  const found = {
    protocol: options.protocol,
    scenarioName: plan.scenarioName,
    scenario: plan.scenario,
    mutantName: options.mutant,
    mutant,
    property: part?.property ?? null,
    part: part?.name ?? 'threw',
    settles: failure.settling,
    strategy: failed.strategy,
    seed: failed.seed,
    start: { setting: failed.place.setting, actions: namedActions(failed.place, failed.run.moves) },
  };
  return shrunkViolation(found, isFailure, options.effort, failingAlike(arena, draw, failed, isFailure));
};
