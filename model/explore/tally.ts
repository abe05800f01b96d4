import { addTo, type Coverage } from '../coverage/coverage.ts';
import type { FaultName } from '../network/fault.ts';
import type { Property } from '../property/property.ts';
import type { Drawn } from './drawn.ts';
import type { Plan } from './plan.ts';
import type { ExplorationReport, Violation } from './report.ts';

/** What is counted for one property. */
export interface Count {
  runs: number;
  readonly faults: Map<FaultName, number>;
  readonly sometimes: Map<string, number>;
  readonly why: Set<string>;
}

interface Explored {
  readonly scenario: string;
  readonly strategy: string;
  runs: number;
  steps: number;
  distinct: number;
  /** Steps that XState had to compute. */
  misses: number;
  readonly cut: Map<string, number>;
}

/** What runs showed: plain data, so that it can be made on one thread and added up on another. */
export interface Tally {
  runs: number;
  steps: number;
  /** Milliseconds that were spent on it. */
  spent: number;
  /** By property. */
  readonly violations: Map<string, Violation>;
  readonly expected: { readonly scenario: string; readonly property: string; readonly violation: Violation }[];
  /** By property. */
  readonly counts: Map<string, Count>;
  /** By scenario and strategy. */
  readonly explored: Map<string, Explored>;
  readonly coverage: Coverage;
}

export const emptyTally = (coverage: Coverage): Tally => ({
  ...{ runs: 0, steps: 0, spent: 0, coverage },
  ...{ violations: new Map(), expected: [], counts: new Map(), explored: new Map() },
});

export const countOf = ({ counts }: Pick<Tally, 'counts'>, id: string): Count => {
  let count = counts.get(id);
  if (count === undefined) {
    count = { runs: 0, faults: new Map(), sometimes: new Map(), why: new Set() };
    counts.set(id, count);
  }
  return count;
};

export const exploredBy = ({ explored }: Tally, scenario: string, strategy: string): Explored => {
  const key = `${scenario}\n${strategy}`;
  let one = explored.get(key);
  if (one === undefined) {
    one = { scenario, strategy, runs: 0, steps: 0, distinct: 0, misses: 0, cut: new Map() };
    explored.set(key, one);
  }
  return one;
};

export const addRun = (
  tally: Tally,
  { scenarioName, expected }: Pick<Plan, 'scenarioName' | 'expected'>,
  properties: readonly Property[],
  { place, run, strategy }: Drawn,
): void => {
  tally.runs++;
  tally.steps += run.steps;
  const explored = exploredBy(tally, scenarioName, strategy);
  explored.runs++;
  explored.steps += run.steps;
  for (const bound of place.world.cuts) addTo(explored.cut, bound, 1);
  if (expected !== null) return;
  for (const property of properties) {
    const count = countOf(tally, property.type.id);
    count.runs++;
    for (const fault of run.faults) addTo(count.faults, fault, 1);
    if (place.world.cuts.has('inbox')) count.why.add(`a full inbox lost messages in ${scenarioName}`);
  }
  for (const part of run.seen) addTo(countOf(tally, part.property.type.id).sometimes, part.name.slice('sometimes.'.length), 1);
};

/** Of a claim that fails in several scenarios the first failure is told. */
const addViolations = (into: Tally, from: Tally): void => {
  for (const [property, violation] of from.violations) if (!into.violations.has(property)) into.violations.set(property, violation);
  into.expected.push(...from.expected);
};

const addCounts = (into: Tally, from: Tally): void => {
  for (const [id, { runs, faults, sometimes, why }] of from.counts) {
    const count = countOf(into, id);
    count.runs += runs;
    for (const [fault, times] of faults) addTo(count.faults, fault, times);
    for (const [name, times] of sometimes) addTo(count.sometimes, name, times);
    for (const reason of why) count.why.add(reason);
  }
};

const addExplored = (into: Tally, from: Tally): void => {
  for (const { scenario, strategy, runs, steps, distinct, misses, cut } of from.explored.values()) {
    const explored = exploredBy(into, scenario, strategy);
    explored.runs += runs;
    explored.steps += steps;
    explored.distinct += distinct;
    explored.misses += misses;
    for (const [bound, times] of cut) addTo(explored.cut, bound, times);
  }
};

/** Adds what one plan's runs showed to what the runs of the plans before it showed. */
export const addTally = (into: Tally, from: Tally): void => {
  into.runs += from.runs;
  into.steps += from.steps;
  into.spent += from.spent;
  addViolations(into, from);
  addCounts(into, from);
  addExplored(into, from);
  const { rules, states, messages, refused } = from.coverage;
  for (const [rule, times] of rules) addTo(into.coverage.rules, rule, times);
  for (const [state, times] of states) addTo(into.coverage.states, state, times);
  for (const [message, times] of messages) addTo(into.coverage.messages, message, times);
  for (const [what, times] of refused) addTo(into.coverage.refused, what, times);
};

export const explorationReports = ({ explored }: Tally): readonly ExplorationReport[] =>
  [...explored.values()].map(({ misses, cut, ...one }) => ({
    ...one,
    memo: { hits: Math.max(0, one.steps - misses), misses },
    cut: Object.fromEntries(cut),
  }));
