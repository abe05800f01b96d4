import type { HostName } from '../role/effect.ts';
import type { FaultName } from '../network/fault.ts';
import type { Trace } from '../trace/trace.ts';

/** Of random runs: never "holds". */
export type Verdict = 'passes' | 'violated' | 'unknown';

/** A violation, with the run that shows it. */
export interface Violation {
  readonly property: string;
  readonly claim: string;
  /** Which part failed: `always.chainIsValid`. */
  readonly part: string;
  readonly scenario: string;
  readonly seed: number;
  /** What the property is about, host by host, at the violation. */
  readonly values: readonly { readonly host: HostName; readonly role: string; readonly life: string; readonly shows: string }[];
  /** A bound or an error text, where there is one: the rounds of a recovery, what a role threw. */
  readonly detail: string;
  readonly trace: Trace;
}

/** What is known about one claim after a run. */
export interface ClaimReport {
  readonly id: string;
  readonly claim: string;
  readonly scenarios: readonly string[];
  readonly runs: number;
  /** How often each fault struck in those runs. */
  readonly faults: Readonly<Partial<Record<FaultName, number>>>;
  readonly verdict: Verdict;
  /** What is unknown and why, or the statement of what passed: "no violation in 2,000 runs; under 0.15 % of such runs fail (95 %)". */
  readonly statement: string;
  /** Each `sometimes` with the number of runs in which it was seen. */
  readonly sometimes: Readonly<Record<string, number>>;
  /** Parts that random runs cannot judge: `leadsTo.answered`. */
  readonly notJudged: readonly string[];
  readonly violation: Violation | null;
  /** Scenarios in which the claim is known to fail: the failure that was found, as it must be. */
  readonly expected: readonly { readonly scenario: string; readonly why: string; readonly found: Violation | null }[];
}

/** One exploration: a scenario, walked by one strategy. */
export interface ExplorationReport {
  readonly scenario: string;
  readonly strategy: string;
  readonly runs: number;
  readonly steps: number;
  readonly distinct: number;
  /** Steps that were remembered, and steps that XState had to compute; some of those only to see whether they change anything. */
  readonly memo: { readonly hits: number; readonly misses: number };
  /** Runs that a bound cut, by bound. */
  readonly cut: Readonly<Record<string, number>>;
}

export interface CoverageReport {
  /** Each with the number of times; zero for what was never reached. */
  readonly rules: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
  readonly messages: Readonly<Record<string, number>>;
  /** Message types that a role refused, by `role message`. */
  readonly refused: Readonly<Record<string, number>>;
}

/** What `rolecall run` found for one protocol. Everything but `timings` is the same for the same seed and budget. */
export interface RunReport {
  readonly protocol: string;
  readonly mutant: string | null;
  readonly seed: number;
  readonly verdict: Verdict;
  readonly claims: readonly ClaimReport[];
  /** Claims of which random runs can say nothing, by id; an exhaustive search judges them. */
  readonly forCheck: readonly string[];
  readonly explorations: readonly ExplorationReport[];
  readonly coverage: CoverageReport;
  /** Kept traces that were run first. */
  readonly regressions: readonly { readonly file: string; readonly outcome: 'as expected' | 'changed' | 'stale'; readonly detail: string }[];
  readonly timings: { readonly seconds: number; readonly stepsPerSecond: number };
}

/** What one plan reports while it is carried out. */
export interface Progress {
  readonly protocol: string;
  readonly scenario: string;
  readonly strategy: string;
  readonly runs: number;
  /** Planned. */
  readonly ofRuns: number;
  readonly steps: number;
  readonly distinct: number;
  readonly misses: number;
  /** Rules that fired. */
  readonly fired: readonly string[];
}
