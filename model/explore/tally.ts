import { partsForCheck } from './for-check.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { FaultName } from '../network/fault.ts';
import { roleThrew } from '../property/judge.ts';
import type { PlantedMutant } from '../property/arena.ts';
import type { Property } from '../property/property.ts';
import type { Engine } from '../world/engine.ts';
import type { Drawn } from './drawn.ts';
import type { ClaimReport, ExplorationReport, Progress, Verdict, Violation } from './report.ts';
import type { RunOptions } from './run-options.ts';

/** What is counted for one property. */
interface Count {
  runs: number;
  readonly faults: Map<FaultName, number>;
  readonly sometimes: Map<string, number>;
  readonly why: Set<string>;
}

interface Explored {
  runs: number;
  steps: number;
  distinct: number;
  misses: number;
  readonly cut: Map<string, number>;
}

const bump = <K>(counts: Map<K, number>, key: K, by = 1): void => {
  counts.set(key, (counts.get(key) ?? 0) + by);
};

/** Adds up what the runs of a protocol show. */
export class Tally {
  runs = 0;
  steps = 0;
  /** By property. */
  readonly violations = new Map<string, Violation>();
  readonly expected: { readonly scenario: string; readonly property: string; readonly violation: Violation }[] = [];
  private readonly counts = new Map<string, Count>();
  private readonly explored = new Map<string, Explored>();
  private readonly options: RunOptions;
  private readonly ofRuns: number;

  constructor(options: RunOptions, ofRuns: number) {
    this.options = options;
    this.ofRuns = ofRuns;
  }

  count(id: string): Count {
    let count = this.counts.get(id);
    if (count === undefined) {
      count = { runs: 0, faults: new Map(), sometimes: new Map(), why: new Set() };
      this.counts.set(id, count);
    }
    return count;
  }

  private exploration(scenario: string, strategy: string): Explored {
    const key = `${scenario}\n${strategy}`;
    let explored = this.explored.get(key);
    if (explored === undefined) {
      explored = { runs: 0, steps: 0, distinct: 0, misses: 0, cut: new Map() };
      this.explored.set(key, explored);
    }
    return explored;
  }

  addRun(
    plan: { readonly scenarioName: string; readonly expected: string | null },
    properties: readonly Property[],
    { place, run, strategy }: Drawn,
  ): void {
    this.runs++;
    this.steps += run.steps;
    const explored = this.exploration(plan.scenarioName, strategy);
    explored.runs++;
    explored.steps += run.steps;
    for (const bound of place.world.cuts.keys()) bump(explored.cut, bound);
    if (plan.expected !== null) return;
    for (const property of properties) {
      const count = this.count(property.type.id);
      count.runs++;
      for (const fault of run.faults) bump(count.faults, fault);
      if (place.world.cuts.has('inbox')) count.why.add(`a full inbox lost messages in ${plan.scenarioName}`);
    }
    for (const part of run.seen) bump(this.count(part.property.type.id).sometimes, part.name.slice('sometimes.'.length));
  }

  addViolation(scenario: string, expected: string | null, violation: Violation): void {
    if (expected === null) {
      if (!this.violations.has(violation.property)) this.violations.set(violation.property, violation);
    } else this.expected.push({ scenario, property: violation.property, violation });
  }

  addDistinct(scenario: string, strategy: string, distinct: number): void {
    this.exploration(scenario, strategy).distinct = distinct;
  }

  /** Steps that XState had to compute. */
  addMisses(scenario: string, strategy: string, misses: number): void {
    this.exploration(scenario, strategy).misses += misses;
  }

  /** These were not run as often as planned. */
  cutShort(properties: readonly Property[], why: string): void {
    for (const property of properties) this.count(property.type.id).why.add(why);
  }

  get explorations(): readonly ExplorationReport[] {
    return [...this.explored].map(([key, { runs, steps, distinct, misses, cut }]) => {
      const [scenario, strategy] = key.split('\n') as [string, string];
      return { scenario, strategy, runs, steps, distinct, memo: { hits: Math.max(0, steps - misses), misses }, cut: Object.fromEntries(cut) };
    });
  }

  progress(scenario: string, strategy: string, coverage: Coverage, engine: Engine): Progress {
    const fired = new Set([...coverage.rules].filter(([, times]) => times > 0).map(([rule]) => rule));
    for (const role of engine.roles.values()) for (const rule of role.memory.rulesSeen) if (coverage.rules.has(rule)) fired.add(rule);
    const distinct = [...this.explored.values()].reduce((sum, each) => sum + each.distinct, 0);
    return {
      protocol: this.options.protocol.id,
      scenario,
      strategy,
      runs: this.runs,
      ofRuns: this.ofRuns,
      steps: this.steps,
      distinct,
      misses: engine.misses,
      rules: [fired.size, coverage.rules.size],
    };
  }
}

/** An upper bound at 95 % for the share of such runs that fail, in hundredths of a percent: the rule of three. */
const upperBound = (runs: number): string => {
  const hundredths = Math.ceil(30_000 / Math.max(1, runs));
  return hundredths >= 10_000 ? '100' : `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
};

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** What is known of each claim that was checked. */
export const claimReports = (options: RunOptions, tally: Tally, planted: PlantedMutant | null): readonly ClaimReport[] => {
  const checked = options.properties.filter((property) =>
    planted === null || planted.property === null
      ? options.selected === null || options.selected.includes(property.type.id)
      : property === planted.property,
  );
  const threw = tally.violations.get(roleThrew) ?? null;
  return checked.map((property): ClaimReport => {
    const { type } = property;
    const count = tally.count(type.id);
    const violation = tally.violations.get(type.id) ?? (threw !== null && type.holdsUnder.includes(threw.scenario) ? threw : null);
    const sometimes = Object.fromEntries(Object.keys(type.sometimes ?? {}).map((name) => [name, count.sometimes.get(name) ?? 0]));
    const expected =
      planted === null
        ? Object.entries(type.failsUnder ?? {}).map(([scenario, why]) => ({
            scenario,
            why: why ?? '',
            found: tally.expected.find((each) => each.scenario === scenario && each.property === type.id)?.violation ?? null,
          }))
        : [];
    const never =
      planted === null
        ? Object.entries(sometimes)
            .filter(([, runs]) => runs === 0)
            .map(([name]) => name)
        : [];
    const reasons = [
      ...count.why,
      ...(count.runs === 0 && type.holdsUnder.length > 0 ? ['nothing was run'] : []),
      ...never.map((name) => `never seen: ${name}`),
      ...expected.filter(({ found }) => found === null).map(({ scenario }) => `the failure under ${scenario} was not found`),
    ];
    const verdict: Verdict = violation !== null ? 'violated' : reasons.length > 0 ? 'unknown' : 'passes';
    return {
      id: type.id,
      claim: type.claim,
      scenarios: type.holdsUnder,
      runs: count.runs,
      faults: Object.fromEntries([...count.faults].sort(([a], [b]) => (a < b ? -1 : 1))),
      verdict,
      statement: statementOf(verdict, violation, reasons, count.runs),
      sometimes,
      notJudged: partsForCheck(property),
      violation,
      expected,
    };
  });
};

const statementOf = (verdict: Verdict, violation: Violation | null, reasons: readonly string[], runs: number): string => {
  if (violation !== null) return `${violation.part} failed in ${violation.scenario}`;
  if (verdict === 'unknown') return reasons.join('; ');
  if (runs === 0) return 'its failures were found, as they must be';
  return `no violation in ${grouped(runs)} runs; with 95 % confidence fewer than ${upperBound(runs)} % of such runs fail`;
};
