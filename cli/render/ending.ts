import type { ClaimReport, RunReport, Verdict } from '../../model/explore/report.ts';
import { forCheck } from '../../model/explore/for-check.ts';
import type { Property } from '../../model/property/property.ts';
import type { Paint } from './paint.ts';
import { table, widthOf, wrapped } from './table.ts';
import { counted, listed, number } from './words.ts';

const tones = { passes: 'good', violated: 'bad', unknown: 'unsure' } as const;
const signs = { passes: '✓', violated: '✗', unknown: '?' } as const;

export const verdictText = (verdict: Verdict, paint: Paint): string => paint(tones[verdict], `${signs[verdict]} ${verdict}`);

/** `drop 812, crash 40`: the most frequent first. */
export const faultsText = (faults: ClaimReport['faults']): string => {
  const met = Object.entries(faults)
    .filter(([, count]) => count > 0)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return met.length === 0 ? 'none' : met.map(([fault, count]) => `${fault} ${number(count)}`).join(', ');
};

/** What a claim's verdict rests on, and the scenarios in which it is known to fail. */
const notes = (claim: ClaimReport, protocol: string): string[] => [
  claim.statement,
  ...Object.entries(claim.sometimes)
    .filter(([, seen]) => seen === 0)
    .map(([name]) => `${name} was never seen`),
  ...(claim.notJudged.length === 0
    ? []
    : [`not judged here: ${listed(claim.notJudged)}; for what comes in the end, type`, `  ${checkCommand(protocol, claim.scenarios[0])}`]),
  ...claim.expected.map(({ scenario, why, found }) =>
    found === null ? `should fail under ${scenario} and was not seen to: ${why}` : `fails under ${scenario}, as it must: ${why}`,
  ),
];

const checkCommand = (protocol: string, scenario = ''): string => `npx rolecall check ${protocol}${scenario === '' ? '' : ` --scenario ${scenario}`}`;

/** Which of its claims are left to an exhaustive search, and the command that judges the first of them; null where none is. */
export const leftToCheck = ({ protocol, forCheck: ids }: RunReport, properties: readonly Property[]): string | null => {
  const left = properties.find(({ type }) => ids.includes(type.id));
  return left === undefined ? null : checkCommand(protocol, forCheck(left).scenario);
};

const notesForCheck = ({ protocol }: RunReport, id: string, properties: readonly Property[]): readonly string[] => {
  const property = properties.find(({ type }) => type.id === id);
  if (property === undefined) return [];
  const { why, scenario } = forCheck(property);
  // On a line of its own, so that it can be copied.
  return [`it is about ${why}; type`, `  ${checkCommand(protocol, scenario)}`];
};

/** The table that a run ends with: claim, runs, faults met, verdict; each with what its verdict rests on. `properties` are the claims. */
export const endingLines = (report: RunReport, properties: readonly Property[], paint: Paint, width: number): string[] => {
  const head = ['claim', 'runs', 'verdict', 'faults met'].map((title) => paint('dim', title));
  const rows = report.claims.map((claim) => [
    paint('bold', claim.id),
    number(claim.runs),
    verdictText(claim.verdict, paint),
    faultsText(claim.faults),
  ]);
  const left = report.forCheck.map((id) => [paint('bold', id), number(0), paint('dim', 'for `check`'), 'none']);
  const [headLine = '', ...lines] = table([head, ...rows, ...left]);
  // A long list of faults goes on below its own beginning.
  const hanging = ' '.repeat(widthOf(headLine) - widthOf('faults met'));
  return [
    headLine,
    ...lines.flatMap((line, index) => [
      ...wrapped(line, width, hanging),
      ...notesAt(report, index, properties)
        .filter((note) => note !== '')
        .flatMap((note) => wrapped(`    ${note}`, width, '    ').map((text) => paint('dim', text))),
    ]),
  ];
};

/** Of the line with this index: claims that were judged stand first. */
const notesAt = (report: RunReport, index: number, properties: readonly Property[]): readonly string[] => {
  const claim = report.claims[index];
  return claim === undefined ? notesForCheck(report, report.forCheck[index - report.claims.length] ?? '', properties) : notes(claim, report.protocol);
};

/** What was explored, how well, and how fast. */
export const sumLines = (report: RunReport, paint: Paint): string[] => {
  const { explorations, coverage, timings, regressions } = report;
  const total = (of: (one: RunReport['explorations'][number]) => number): number => explorations.reduce((sum, one) => sum + of(one), 0);
  const misses = total(({ memo }) => memo.misses);
  const strategies = [...new Set(explorations.map(({ strategy }) => strategy))];
  const cut = summed(explorations.map((one) => one.cut));
  return [
    `${counted(
      total(({ runs }) => runs),
      'run',
    )} of ${counted(new Set(explorations.map(({ scenario }) => scenario)).size, 'scenario')} (${listed(strategies)}), ${counted(
      total(({ steps }) => steps),
      'step',
    )}, ${counted(
      total(({ distinct }) => distinct),
      'distinct state',
    )}`,
    `reached: ${reached(coverage.rules)} rules, ${reached(coverage.states)} states, ${reached(coverage.messages)} messages; memo misses ${percent(misses, misses + total(({ memo }) => memo.hits))}`,
    ...missed('rules never fired', coverage.rules),
    ...(cut.length === 0 ? [] : [`bounds that cut: ${cut.map(([bound, runs]) => `${bound} in ${counted(runs, 'run')}`).join(', ')}`]),
    ...(regressions.length === 0
      ? []
      : [`kept traces: ${regressions.map(({ file, outcome }) => `${file.split('/').at(-1)} ${outcome}`).join(', ')}`]),
    `${timings.seconds.toFixed(1)} s, ${number(timings.stepsPerSecond)} steps/s`,
  ].map((line) => paint('dim', line));
};

/** Adds up what each exploration counted. */
const summed = (counts: readonly Readonly<Record<string, number>>[]): [string, number][] => {
  const all = new Map<string, number>();
  for (const count of counts) for (const [key, n] of Object.entries(count)) all.set(key, (all.get(key) ?? 0) + n);
  return [...all].filter(([, n]) => n > 0);
};

const reached = (counts: Readonly<Record<string, number>>): string => {
  const all = Object.values(counts);
  return `${all.filter((count) => count > 0).length} of ${all.length}`;
};

const percent = (part: number, whole: number): string => `${whole === 0 ? '0' : ((100 * part) / whole).toFixed(part * 100 < whole ? 2 : 1)} %`;

/** Some names of what was never reached; all of them stand in the report as JSON. */
const missed = (what: string, counts: Readonly<Record<string, number>>): string[] => {
  const names = Object.keys(counts).filter((name) => counts[name] === 0);
  return names.length === 0 ? [] : [`${what}: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`];
};

/** Which claim killed the planted fault, or that none did. */
export const mutantLine = (report: RunReport, paint: Paint): string | null => {
  if (report.mutant === null) return null;
  const killers = report.claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id);
  return killers.length === 0
    ? paint('unsure', `The planted fault ${report.mutant} survives: no claim was violated.`)
    : `The planted fault ${paint('bold', report.mutant)} is killed by ${paint('bold', listed(killers))}.`;
};
