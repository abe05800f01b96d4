import type { CheckProgress } from '../../model/explore/exhaustive/check.ts';
import type { CheckedProperty, CheckReport, CheckVerdict } from '../../model/explore/exhaustive/report.ts';
import type { ReductionReport } from '../../model/explore/exhaustive/reduction/reductions.ts';
import type { RanOut } from '../../model/explore/exhaustive/standing.ts';
import type { Paint } from './paint.ts';
import { table, wrapped } from './table.ts';
import { counted, listed, number } from './words.ts';

const tones = { holds: 'good', violated: 'bad', unknown: 'unsure' } as const;
const signs = { holds: '✓', violated: '✗', unknown: '?' } as const;

const ranOutWords: Readonly<Record<RanOut, string>> = {
  states: 'the limit of distinct worlds was reached: raise --max-states',
  depth: 'the limit of the depth was reached: raise --max-depth',
  memory: 'the memory ran out: raise --memory',
  time: 'the time ran out',
  interrupted: 'it was interrupted',
};

const megabytes = (bytes: number): string => `${number(Math.round(bytes / 1e6))} MB`;

/** One line that says how a search goes on. */
export const checkProgressLine = (progress: CheckProgress, seconds: number, bytes: number): string => {
  const { protocol, scenario, distinct, generated, depth, queue } = progress;
  return [
    `${protocol}, ${scenario}: ${number(distinct)} distinct`,
    `${number(generated)} generated`,
    `depth ${number(depth)}`,
    `${number(queue)} waiting`,
    `${number(seconds > 0 ? distinct / seconds : 0)} states/s`,
    megabytes(bytes),
  ].join(' · ');
};

const comesWords: Readonly<Record<CheckVerdict, (part: string) => string>> = {
  holds: (part) => `${part} holds of every fair run`,
  violated: (part) => `${part} fails on a fair run`,
  unknown: (part) => `${part} was not judged: it takes every world, and no bound that cuts`,
};

const notesOf = ({ verdict, sometimes, comes, notJudged }: CheckedProperty): readonly string[] => [
  ...Object.entries(comes).map(([part, own]) => comesWords[own](part)),
  ...(verdict === 'violated'
    ? []
    : Object.keys(sometimes)
        .filter((name) => !sometimes[name])
        .map((name) => `${name} was never seen`)),
  ...(notJudged.length === 0 ? [] : [`not judged here: ${listed(notJudged)}; \`rolecall run\` settles runs and judges them`]),
];

const reductionNote = ({ name, used, refused, groups, standsFor, alone }: ReductionReport, distinct: number): string => {
  if (!used) return `no ${name}: ${refused}`;
  if (alone !== undefined) {
    const where = alone === 0 ? 'in no world did the steps of one role suffice' : `in ${counted(alone, 'world')} the steps of one role sufficed`;
    return `${name}: ${where}`;
  }
  const hosts = (groups ?? []).map((group) => `${listed(group)} are interchangeable`).join('; ');
  const worlds =
    standsFor == null || standsFor === 0 ? '' : `, which makes ${counted(standsFor, 'world')}, ${ratio(standsFor, distinct)} times as many`;
  return `${name}: ${hosts}; each world stands for all that differ in who is who${worlds}`;
};

const ratio = (many: number, few: number): string => (many / few >= 100 ? number(Math.round(many / few)) : (many / few).toFixed(1));

/** What came of an exhaustive search. @param isCounted nothing was left out, because the protocol's counts are published. */
export const checkLines = (report: CheckReport, isCounted: boolean, paint: Paint, width: number): string[] => {
  const { protocol, scenario, verdict, ranOut, properties, deadlocks, rulesNeverFired } = report;
  const rows = properties.map(({ id, verdict: own }) => [paint('bold', id), paint(tones[own], `${signs[own]} ${own}`)]);
  const lines = table([['claim', 'verdict'].map((title) => paint('dim', title)), ...rows]);
  const bounds = Object.entries(report.bound).map(([bound, value]) => `${bound} ${number(value)}`);
  const notes = [
    `${counted(report.distinct, 'distinct world')}, ${number(report.generated)} generated, depth ${number(report.depth)}${
      report.queue === 0 ? '' : `, ${number(report.queue)} waiting`
    }`,
    `${report.seconds.toFixed(1)} s, ${number(report.statesPerSecond)} worlds/s, ${number(report.memoryMb)} MB; XState ran ${number(report.xstateSteps)} times, ${counted(
      report.memoMisses,
      'plan',
    )}`,
    ...report.reductions.map((reduction) => reductionNote(reduction, report.distinct)),
    ...(isCounted
      ? ['no world was left out, because the counts of this protocol are published; --reduction leaves out those that show nothing new']
      : []),
    ...(deadlocks.count === 0
      ? []
      : [`${counted(deadlocks.count, 'world')} in which nothing can happen, though these wait: ${deadlocks.waiting.join(', ')}`]),
    ...(rulesNeverFired.length === 0
      ? []
      : report.queue > 0 || ranOut !== null
        ? [`${counted(rulesNeverFired.length, 'rule')} not reached so far`]
        : [`rules that no world reaches: ${rulesNeverFired.join(', ')}`]),
  ];
  return [
    ...(properties.length === 0 ? ['No claim is said to hold in this scenario; its worlds were counted.'] : [lines[0] ?? '']),
    ...lines
      .slice(1)
      .flatMap((line, index) => [
        line,
        ...notesOf(properties[index] as CheckedProperty).flatMap((note) => wrapped(`    ${note}`, width, '    ').map((text) => paint('dim', text))),
      ]),
    '',
    ...notes.flatMap((note) => wrapped(note, width, '  ').map((text) => paint('dim', text))),
    '',
    paint(tones[verdict], `${protocol}, ${scenario}: ${verdictWords(report, bounds)}`),
  ];
};

const verdictWords = ({ verdict, ranOut, properties }: CheckReport, bounds: readonly string[]): string => {
  const all = properties.length === 0 ? 'every world was looked at' : 'holds in every world';
  if (verdict === 'violated') return 'violated';
  if (verdict === 'unknown') {
    if (ranOut !== null) return `unknown: ${ranOutWords[ranOut]}`;
    const isCut = properties.some(({ comes }) => Object.values(comes).includes('unknown'));
    return isCut
      ? `unknown: what comes in the end cannot be told where bounds cut: ${listed(bounds)}`
      : 'unknown: something that must be seen was not';
  }
  return bounds.length === 0 ? all : `${all} to the bounds that cut: ${listed(bounds)}`;
};
