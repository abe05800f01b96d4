import { addCoverage, type Coverage, emptyCoverage } from '../coverage/coverage.ts';
import { Hasher } from '../kernel/hash.ts';
import { Random } from '../kernel/random.ts';
import { Arena, type Place, scenarioOf } from '../property/arena.ts';
import type { Property } from '../property/property.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { make } from '../world/move.ts';
import { type Setting, settingOf } from '../world/system.ts';
import type { World } from '../world/world.ts';
import { strategyFor } from './drawn.ts';
import { Edges } from './edges.ts';
import { Search } from './exhaustive/search.ts';
import { runOnce } from './run-once.ts';
import { usualRuns } from './plan.ts';

/** What is asked of a comparison of random runs with an exhaustive search. */
export interface AgainstOptions {
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
  readonly seed: number;
  /** Runs of each strategy in each scenario; null: as many as usual. */
  readonly runs: number | null;
  /** Distinct worlds that are listed at most. */
  readonly maxStates: number;
  readonly hosts: number | null;
  readonly maxSteps: number | null;
  readonly shouldStop: () => boolean;
}

/** How much there is of each, or was reached. */
export interface Reach {
  /** Distinct worlds. */
  readonly states: number;
  /** Distinct pairs of a world and another one that a step leads to. */
  readonly transitions: number;
  readonly rules: number;
}

/** What the runs of one strategy reached of what there is. */
export interface Reached extends Reach {
  readonly strategy: 'walk' | 'pct' | 'swarm';
  readonly runs: number;
  readonly steps: number;
  readonly missedRules: readonly string[];
}

/** What random runs reached of one scenario. The same seed gives the same report. */
export interface AgainstReport {
  readonly scenario: string;
  /** Why it is unknown what there is to reach; null where the search finished. */
  readonly unknown: string | null;
  readonly distinct: number;
  readonly all: Reach | null;
  readonly random: readonly Reached[];
}

/** Worlds that are expanded, or runs that are made, between two looks at the user. */
const piece = 2_000;

/** Monitors are part of a world. Nothing else of a claim is looked at here, so no violation ends a run or a search. */
const onlyMonitors = ({ protocol, type }: Property): Property => ({
  protocol,
  type: {
    id: type.id,
    claim: type.claim,
    holdsUnder: type.holdsUnder,
    ...(type.monitors === undefined
      ? {}
      : { monitors: Object.fromEntries(Object.entries(type.monitors).map(([name, { initial, next }]) => [name, { initial, next }])) }),
  },
});

const rulesOf = (protocol: Protocol, place: Place): ReadonlySet<string> => {
  const coverage: Coverage = emptyCoverage(protocol, new Set(place.system.instances.map(({ role }) => role.name)));
  addCoverage(coverage, place.system.engine);
  return new Set([...coverage.rules].filter(([, times]) => times > 0).map(([rule]) => rule));
};

/** Everything that there is to reach: the worlds, and the steps between them. */
class Known {
  readonly edges = new Edges();
  readonly states = new Edges();

  list(search: Search, world: World, from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const moves = search.ways.of(index);
      const row = Int32Array.from(world.row);
      world.rehash();
      const { hi, lo } = world;
      this.states.add(hi, lo, 0, 0);
      for (const move of moves) {
        world.restore(row, hi, lo);
        make(world, move);
        if (world.hi !== hi || world.lo !== lo) this.edges.add(hi, lo, world.hi, world.lo);
      }
    }
  }
}

/** Compares random runs of each scenario, by each strategy, with all that there is to reach in it. */
export function* runAgainst(options: AgainstOptions): Generator<string, readonly AgainstReport[]> {
  const { protocol } = options;
  const reports: AgainstReport[] = [];
  for (const scenario of Object.keys(protocol.scenarios).filter((name) => scenarioOf(protocol, name).large !== true)) {
    if (options.shouldStop()) break;
    reports.push(yield* compare(options, scenario));
  }
  return reports;
}

function* compare(options: AgainstOptions, scenarioName: string): Generator<string, AgainstReport> {
  const { protocol, maxStates } = options;
  const scenario = scenarioOf(protocol, scenarioName);
  const unknown = (why: string, distinct = 0): AgainstReport => ({ scenario: scenarioName, unknown: why, distinct, all: null, random: [] });
  if (scenario.timed !== undefined) return unknown('its runs go by virtual time');
  const properties = options.properties.filter(({ type }) => type.holdsUnder.includes(scenarioName)).map(onlyMonitors);
  const setting = settingOf(scenario, options.hosts ?? scenario.size?.least ?? 0, new Random(1));
  const arena = new Arena(protocol, scenario, properties, null);
  const place = arena.at(setting);
  const search = new Search(place.world, place.judge, 'breadth', { states: maxStates, depth: Number.MAX_SAFE_INTEGER });
  while (search.advance(piece)) {
    if (options.shouldStop()) return unknown('it was interrupted', search.visited.count);
    yield `${protocol.id}, ${scenarioName}: ${search.visited.count} worlds`;
  }
  if (search.found !== null) return unknown('a role throws', search.visited.count);
  if (search.queue > 0) return unknown(`it has more than ${maxStates} worlds`, search.visited.count);
  const rules = rulesOf(protocol, place);
  const known = new Known();
  const count = search.visited.count;
  for (let from = 0; from < count; from += piece) {
    known.list(search, place.world, from, Math.min(count, from + piece));
    if (options.shouldStop()) return unknown('it was interrupted', count);
    yield `${protocol.id}, ${scenarioName}: steps of ${from} of ${count} worlds`;
  }
  const random: Reached[] = [];
  for (const strategy of ['walk', 'pct', 'swarm'] as const)
    random.push(yield* walked(options, { scenarioName, arena, setting, strategy, known, rules }));
  return {
    scenario: scenarioName,
    unknown: null,
    distinct: count,
    all: { states: count, transitions: known.edges.count, rules: rules.size },
    random,
  };
}

interface Walked {
  readonly scenarioName: string;
  readonly arena: Arena;
  readonly setting: Setting;
  readonly strategy: 'walk' | 'pct' | 'swarm';
  readonly known: Known;
  readonly rules: ReadonlySet<string>;
}

function* walked(options: AgainstOptions, { scenarioName, arena: listed, setting, strategy, known, rules }: Walked): Generator<string, Reached> {
  const { protocol } = options;
  // An arena of its own, so that the rules that fire are those of this strategy.
  const arena = new Arena(protocol, listed.scenario, listed.properties, null);
  const { world, judge, system } = arena.at(setting);
  const states = new Edges();
  const edges = new Edges();
  let [hi, lo, isStart, steps] = [0, 0, true, 0];
  const visit = (nextHi: number, nextLo: number): void => {
    if (known.states.has(nextHi, nextLo, 0, 0)) states.add(nextHi, nextLo, 0, 0);
    if (!isStart && known.edges.has(hi, lo, nextHi, nextLo)) edges.add(hi, lo, nextHi, nextLo);
    [hi, lo, isStart] = [nextHi, nextLo, false];
    steps++;
  };
  const runs = options.runs ?? usualRuns;
  let run = 0;
  for (; run < runs; run++) {
    const seed = new Hasher().word(options.seed).text(`${protocol.id}/${scenarioName}/${strategy}/against/${run}`).hi;
    isStart = true;
    const chosen = strategyFor(arena, { world, system }, { strategy, faults: null }, new Random(seed));
    runOnce(world, judge, chosen, { visit }, options.maxSteps ?? system.bounds.steps);
    if (run % piece !== piece - 1) continue;
    if (options.shouldStop()) {
      run++;
      break;
    }
    yield `${protocol.id}, ${scenarioName}: ${run + 1} of ${runs} runs (${strategy}), ${states.count} worlds`;
  }
  const fired = rulesOf(protocol, { system } as Place);
  const missedRules = [...rules].filter((rule) => !fired.has(rule)).sort();
  return { strategy, runs: run, steps, states: states.count, transitions: edges.count, rules: rules.size - missedRules.length, missedRules };
}
