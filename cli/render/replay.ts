import type { ReplayedStep, ReplayReport } from '../../model/trace/replay.ts';
import type { TraceStep } from '../../model/trace/trace.ts';
import { differenceLine, differences } from './difference.ts';
import type { Paint } from './paint.ts';
import { stepLine } from './steps.ts';
import { wrapped } from './table.ts';
import { counted, listed, messageText } from './words.ts';

/** A replayed step as a trace would hold it. */
export const asTraceStep = ({ action, rules, label, settling, fingerprint }: ReplayedStep): TraceStep => ({
  action,
  rules,
  fingerprint,
  ...(label === '' ? {} : { hint: label }),
  ...(settling ? { settling: true as const } : {}),
});

/** Inboxes and budgets follow from the steps that are told anyway. */
export const isTold = (name: string): boolean => !/^budget\/|\/inbox$|\/fires left$/.test(name);

/** A block of headers that comes in changes hundreds of places at once; so many are told of a step. */
const mostChanges = 40;

/** What a step sent, lost, stored and changed, one line each. */
export const effectLines = (step: ReplayedStep, width: number, paint: Paint): string[] => {
  const sent = step.sent.map(({ to, label, lost, ...message }) => {
    const what = `${lost === null ? messageText(message) : message.message}${label === '' ? '' : ` ${label}`}`;
    return lost === null ? `sends ${what} to ${to}` : paint('bad', `sends ${what} to ${to}: lost, ${lost}`);
  });
  const vanished = step.vanished.map((message) => paint('bad', `${messageText(message)} from ${message.from} to ${message.to} is lost with it`));
  const heldBack = step.heldBack.map(({ guard, rule }) => paint('dim', `held back by ${guard}${rule === null ? '' : ` (${rule})`}`));
  const stored = step.stored.map(({ host, key }) => `${host} stores ${key}`);
  const changes = step.changes
    .filter(({ name }) => isTold(name))
    .flatMap(({ name, before, after }) => differences(before, after, name))
    .map((difference) => paint('dim', differenceLine(difference, width)));
  const left = changes.length - mostChanges;
  const untold = left > 0 ? [paint('dim', `… and ${counted(left, 'difference')} more`)] : [];
  return [...heldBack, ...sent, ...vanished, ...stored, ...changes.slice(0, mostChanges), ...untold];
};

/** Which steps are shown; both ends included. */
export interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** The steps of a replay, each with what it did. */
export const replayedLines = (
  steps: readonly ReplayedStep[],
  { from = 1, to = Number.POSITIVE_INFINITY }: Range,
  width: number,
  paint: Paint,
): string[] => {
  const digits = String(steps.length).length;
  const indent = ' '.repeat(digits + 4);
  return steps
    .filter(({ number }) => number >= from && number <= to)
    .flatMap((step) => [
      stepLine(asTraceStep(step), step.number, digits, paint) + (step.settling ? paint('dim', '  (settling)') : ''),
      ...effectLines(step, width - indent.length, paint).map((line) => indent + line),
    ]);
};

/** What is replayed. */
export const replayHeading = ({ trace, sameModel }: ReplayReport, paint: Paint): string[] => [
  `${paint('bold', trace.protocol)}, ${trace.scenario}: ${trace.property}, ${trace.part}${trace.mutant === null ? '' : `, with the planted fault ${trace.mutant}`}`,
  ...(sameModel ? [] : [paint('unsure', 'The model has changed since this trace was written: roles, rules, messages or parameters are others.')]),
];

/** How a replay ended, in words. */
export const replayVerdict = (report: ReplayReport, lenient: boolean, width: number, paint: Paint): string[] => {
  const { trace, divergence, reproduced, skipped, detail, claim, steps } = report;
  const left =
    skipped.length === 0
      ? []
      : [`Skipped, because no longer possible: ${listed(skipped.map(({ step, action }) => `step ${step} (${action.type})`))}.`];
  if (divergence !== null)
    return [
      paint('bad', `The replay left its trace at step ${divergence.step}: ${divergence.host}, ${divergence.field}.`),
      `  ${divergence.detail}`,
      lenient ? '' : `  Under a model that has changed, try --lenient.`,
    ].filter((line) => line !== '');
  if (!reproduced)
    return [
      ...left,
      paint(
        'unsure',
        trace.verdict === 'violated' ? `${trace.property} is not violated by this run any more.` : `${trace.part} is not seen in this run any more.`,
      ),
    ];
  const at = `at step ${steps.length}, as the trace says`;
  return [
    ...left,
    trace.verdict === 'violated'
      ? paint('bad', `${trace.property} is violated ${at}: ${trace.part}`)
      : paint('good', `${trace.part} of ${trace.property} is seen ${at}.`),
    ...wrapped(`  ${claim}`, width, '  '),
    ...(detail === '' ? [] : wrapped(`  ${detail}`, width, '  ')),
  ];
};
