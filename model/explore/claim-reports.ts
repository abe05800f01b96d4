import { roleThrew } from '../property/judge.ts';
import { partsForCheck } from './for-check.ts';
import type { Planned } from './plan.ts';
import type { ClaimReport, Verdict, Violation } from './report.ts';
import { countOf, type Tally } from './tally.ts';

/** An upper bound at 95 % for the share of such runs that fail, in hundredths of a percent: the rule of three. */
const upperBound = (runs: number): string => {
  const hundredths = Math.ceil(30_000 / Math.max(1, runs));
  return hundredths >= 10_000 ? '100' : `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
};

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** What is known of each claim that was checked. */
export const claimReports = ({ options, planted }: Planned, tally: Tally): readonly ClaimReport[] => {
  const checked = options.properties.filter((property) =>
    planted === null || planted.property === null
      ? options.selected === null || options.selected.includes(property.type.id)
      : property === planted.property,
  );
  const threw = tally.violations.get(roleThrew) ?? null;
  return checked.map((property): ClaimReport => {
    const { type } = property;
    const count = countOf(tally, type.id);
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
      // What fails may be what comes in the end, of which a random run knows nothing.
      ...(partsForCheck(property).length > 0 ? [] : expected.filter(({ found }) => found === null)).map(
        ({ scenario }) => `the failure under ${scenario} was not found`,
      ),
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
