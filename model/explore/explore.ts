import * as fc from 'fast-check';
import { addCoverage, type Coverage, emptyCoverage } from '../coverage/coverage.ts';
import { Hasher } from '../kernel/hash.ts';
import { Arena } from '../property/arena.ts';
import type { Failure } from '../property/failure.ts';
import { roleThrew } from '../property/judge.ts';
import type { Mutant, Protocol } from '../protocol/protocol.ts';
import type { Case } from '../trace/edits.ts';
import type { Engine } from '../world/engine.ts';
import { type Drawn, type Draw, drawRun, Runs } from './drawn.ts';
import { type Plan, type Planned, runsOf } from './plan.ts';
import type { Progress, Violation } from './report.ts';
import type { RunOptions } from './run-options.ts';
import { namedActions, shrunkViolation } from './shrink.ts';
import type { StrategyName } from './strategy.ts';
import { addRun, countOf, emptyTally, exploredBy, type Tally } from './tally.ts';
import { Visits } from './visits.ts';

/** Runs between two looks at the clock, and between two reports of progress. */
const usualChunk = 20;

/** The seed of one chunk: from the seed of the run, and what the chunk is of. */
const seedOf = (seed: number, ...path: readonly (string | number)[]): number => new Hasher().word(seed).text(path.join('/')).hi;

/** Everything that the roles of some plans could reach, at zero. */
export const coverageOf = (protocol: Protocol, plans: readonly Plan[]): Coverage => {
  const roles = plans.flatMap(({ scenario }) => {
    const hosts = typeof scenario.hosts === 'function' ? scenario.hosts(scenario.size?.most ?? 2) : scenario.hosts;
    return hosts.flatMap((host) => host.roles);
  });
  return emptyCoverage(protocol, new Set(roles));
};

/**
 * Carries one plan out: walks its scenario by each of its strategies. It yields its progress between chunks of runs, so
 * that whoever drives it can stop it. What it returns depends on the plan and the seed alone, unless it is stopped.
 * @param endsAt when the time is up, by the clock of the options; null: never.
 */
export function* explore({ options, planted }: Planned, plan: Plan, endsAt: number | null): Generator<Progress, Tally> {
  const started = options.clock();
  const mutant = planted?.mutant ?? null;
  const tally = emptyTally(coverageOf(options.protocol, [plan]));
  const isOver = (): string | null => {
    if (options.shouldStop()) return 'it was interrupted';
    return endsAt !== null && options.clock() >= endsAt ? 'the time was up' : null;
  };
  let properties = plan.properties;
  let arena = new Arena(options.protocol, plan.scenario, properties, mutant, true);
  let counted = 0;
  const countMisses = (strategy: StrategyName): void => {
    const { misses } = arena.engine;
    exploredBy(tally, plan.scenarioName, strategy).misses += misses - counted;
    counted = misses;
  };
  const forget = (): void => {
    addCoverage(tally.coverage, arena.engine);
    counted = 0;
  };
  for (const [strategy, runs] of plan.strategies) {
    const visits = new Visits();
    let left = runs;
    let part = 0;
    while (left > 0 && properties.length > 0) {
      const why = isOver();
      if (why !== null) {
        for (const property of properties) countOf(tally, property.type.id).why.add(why);
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
          addRun(tally, plan, properties, drawn);
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
        if (plan.expected === null) tally.violations.set(violation.property, violation);
        else tally.expected.push({ scenario: plan.scenarioName, property: violation.property, violation });
        if (planted !== null || plan.expected !== null) left = 0;
        // The others are checked on without the one that failed.
        properties = violation.property === roleThrew ? [] : properties.filter((property) => property.type.id !== violation.property);
        forget();
        arena = new Arena(options.protocol, plan.scenario, properties, mutant, true);
      } else arena.tidy(() => forget());
      exploredBy(tally, plan.scenarioName, strategy).distinct = visits.distinct;
      yield progressOf(options, plan, strategy, tally, arena.engine);
    }
  }
  forget();
  tally.spent = options.clock() - started;
  return tally;
}

/** What is known of a plan that was not carried out to its end, because the thread that was at it died. */
export const unexplored = ({ options }: Planned, plan: Plan): Tally => {
  const tally = emptyTally(coverageOf(options.protocol, [plan]));
  for (const property of plan.properties) countOf(tally, property.type.id).why.add(`the thread that explored ${plan.scenarioName} died`);
  return tally;
};

const progressOf = ({ protocol }: RunOptions, plan: Plan, strategy: StrategyName, tally: Tally, engine: Engine): Progress => {
  const { rules } = tally.coverage;
  const fired = new Set([...rules].filter(([, times]) => times > 0).map(([rule]) => rule));
  for (const role of engine.roles.values()) for (const rule of role.memory.rulesSeen) if (rules.has(rule)) fired.add(rule);
  const explored = [...tally.explored.values()];
  return {
    protocol: protocol.id,
    scenario: plan.scenarioName,
    strategy,
    runs: tally.runs,
    ofRuns: runsOf(plan),
    steps: tally.steps,
    distinct: explored.reduce((sum, each) => sum + each.distinct, 0),
    misses: explored.reduce((sum, each) => sum + each.misses, 0),
    fired: [...fired],
  };
};

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
