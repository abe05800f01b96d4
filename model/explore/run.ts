import { coverageOf, explore } from './explore.ts';
import { claimReports } from './claim-reports.ts';
import { checkRegressions } from './regressions.ts';
import { planned, type Planned } from './plan.ts';
import type { RunReport, Verdict } from './report.ts';
import type { RunOptions } from './run-options.ts';
import { addTally, emptyTally, explorationReports, type Tally } from './tally.ts';

/** Checks the properties of a protocol by random runs, one plan after the other. The same options give the same report, timings aside. */
export const runProtocol = (asked: RunOptions): RunReport => {
  const all = planned(asked);
  const { plans, options } = all;
  const regressions = regressionsOf(asked);
  const ends = options.timeMs === null ? null : options.clock() + options.timeMs;
  const tallies: Tally[] = [];
  for (const [index, plan] of plans.entries()) {
    if (isSettled(all, tallies)) break;
    const exploring = explore(all, plan, shareOf(ends, options.clock(), plans.length - index));
    let next = exploring.next();
    while (!next.done) next = exploring.next();
    tallies.push(next.value);
  }
  return reportOf(all, tallies, regressions);
};

/** Until when one may go on that has to share the time with those who are left; each of several threads takes its part of them. */
export const shareOf = (ends: number | null, now: number, left: number, threads = 1): number | null =>
  ends === null ? null : now + Math.max(1, (ends - now) * Math.min(1, threads / left));

/** A planted fault that was found need not be looked for any more. */
export const isSettled = ({ planted }: Planned, tallies: readonly Tally[]): boolean =>
  planted !== null && tallies.some(({ violations }) => violations.size > 0);

/** What the kept traces of a protocol say now; with a planted fault they are not asked. */
export const regressionsOf = ({ mutant, protocol, properties, regressions }: RunOptions): RunReport['regressions'] =>
  mutant === null ? checkRegressions(protocol, properties, regressions) : [];

/** What is known of a protocol after its plans, in their order, were carried out. */
export const reportOf = (all: Planned, tallies: readonly Tally[], regressions: RunReport['regressions']): RunReport => {
  const { options, plans, forCheck } = all;
  const sum = emptyTally(coverageOf(options.protocol, plans));
  for (const tally of tallies) {
    if (isSettled(all, [sum])) break;
    addTally(sum, tally);
  }
  const claims = claimReports(all, sum);
  const seconds = sum.spent / 1000;
  const changed = regressions.some((regression) => regression.outcome === 'changed');
  const { rules, states, messages, refused } = sum.coverage;
  return {
    protocol: options.protocol.id,
    mutant: options.mutant,
    seed: options.seed,
    verdict: changed ? 'violated' : verdictOf(claims.map((claim) => claim.verdict)),
    claims,
    forCheck,
    explorations: explorationReports(sum),
    coverage: { rules: sortedCounts(rules), states: sortedCounts(states), messages: sortedCounts(messages), refused: sortedCounts(refused) },
    regressions,
    timings: { seconds, stepsPerSecond: seconds > 0 ? Math.round(sum.steps / seconds) : 0 },
  };
};

const verdictOf = (verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes('violated')) return 'violated';
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'passes';
};

const sortedCounts = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
