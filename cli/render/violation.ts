import type { Violation } from '../../model/explore/report.ts';
import type { Trace, TraceStep } from '../../model/trace/trace.ts';
import type { Glyphs, Paint } from './paint.ts';
import { sequenceDiagram } from './sequence.ts';
import { loopWords, stepLines } from './steps.ts';
import { table, wrapped } from './table.ts';
import { counted, isFault, listed } from './words.ts';

/** Where and how something is printed. */
export interface Screen {
  readonly paint: Paint;
  readonly glyphs: Glyphs;
  readonly width: number;
}

/** The part of a property in words: `always.chainIsValid` is "chainIsValid must hold in every state". */
export const partWords = (part: string): string => {
  const [kind = '', ...rest] = part.split('.');
  const name = rest.join('.');
  switch (kind) {
    case 'always':
      return `${name} must hold in every state`;
    case 'step':
      return `${name} must hold of every step`;
    case 'monitor':
    case 'monitors':
      return `the monitor ${name} must stay content`;
    case 'recovers':
      return `${name} must hold again once faults end`;
    case 'eventually':
      return `${name} must come in every fair run`;
    case 'leadsTo':
      return `${name} must follow in every fair run`;
    case 'sometimes':
      return `${name} is seen`;
    default:
      return part;
  }
};

/** How long the run was, and what it was cut to. Settling is told apart: it is not shrunk, and lasts as long as it takes. */
export const lengthWords = ({ steps, minimised, loop, verdict }: Pick<Trace, 'steps' | 'minimised' | 'loop' | 'verdict'>): string => {
  if (loop !== undefined) return `${counted(steps.length, 'step')}; ${loopWords(steps.length, loop)}`;
  const settling = steps.filter((step) => step.settling === true).length;
  const scheduled = counted(steps.length - settling, 'step');
  const settled = settling === 0 ? '' : `, then ${counted(settling, 'step')} of settling`;
  if (minimised === null) return `${scheduled}, not shrunk${settled}`;
  const least = minimised.shortest
    ? `no shorter run ${verdict === 'violated' ? 'violates' : 'shows'} it`
    : `${counted(minimised.candidates, 'candidate')} tried`;
  // What an exhaustive search finds is not shrunk: breadth first it is a shortest run already.
  if (minimised.candidates === 0) return `${scheduled}${minimised.shortest ? ` (${least})` : ', not shrunk'}${settled}`;
  return `${scheduled}, shrunk from ${counted(minimised.from, 'step')} (${least})${settled}`;
};

/** What the run is made of: `2 faults, 3 messages and 1 command`. */
export const madeOf = ({ steps }: Pick<Trace, 'steps'>): string => {
  const schedule = steps.filter(({ settling }) => settling !== true).map(({ action }) => action);
  const count = (noun: string, is: (action: TraceStep['action']) => boolean): string[] => {
    const n = schedule.filter(is).length;
    return n === 0 ? [] : [counted(n, noun)];
  };
  const kinds = [
    ...count('fault', isFault),
    ...count('message', ({ type }) => type === 'Deliver'),
    ...count('timer', ({ type }) => type === 'Fire'),
    ...count('command', ({ type }) => type === 'Command'),
    ...count('choice', ({ type }) => type === 'Choose'),
    ...count('unit of time', ({ type }) => type === 'Tick'),
    ...count('repair', ({ type }) => ['Restart', 'Resume', 'Repair', 'Release'].includes(type)),
  ];
  return kinds.length === 0 ? 'nothing but settling' : listed(kinds);
};

/** What is left after steps were left out one at a time: `spare` are those without which it still fails. */
export const neededWords = (trace: Pick<Trace, 'steps'>, spare: readonly number[] | null): string => {
  const made = `It takes ${madeOf(trace)}`;
  if (spare === null) return `${made}; too long to try each step.`;
  if (spare.length > 0)
    return `${made}; it also fails without ${listed(
      spare.map((step) => `step ${step}`),
      'or',
    )}.`;
  return trace.steps.some(({ settling }) => settling !== true) ? `${made}: leave any one of them out, and it passes (each was tried).` : `${made}.`;
};

/** The values that a violation is about, host by host. */
export const valueLines = (values: Violation['values'], paint: Paint): string[] =>
  table(
    values.map(({ host, role, life, shows }) => [paint('name', host), role, `${life === 'up' ? '' : `${paint('bad', life)}, `}${shows}`]),
    '  ',
  );

const heading = (text: string, paint: Paint): string => paint('bold', text);

/** One failure, one screen: the claim, the values, the steps, the picture, and the command that shows it again. `asked` is the seed that was given. */
export const violationLines = (violation: Violation, traceFile: string | null, asked: number, { paint, glyphs, width }: Screen): string[] => {
  const { property, claim, part, scenario, seed, detail, values, trace } = violation;
  const planted = trace.mutant === null ? '' : `, with the planted fault ${trace.mutant}`;
  return [
    `${paint('bad', `${property} is violated`)} under ${scenario}${planted}`,
    ...wrapped(`  ${claim}`, width, '  '),
    ...wrapped(`  ${partWords(part)}${detail === '' ? '' : `: ${detail}`}`, width, '  '),
    '',
    ...(values.length === 0 ? [] : [heading('Host by host', paint), ...valueLines(values, paint), '']),
    heading(`The run: ${lengthWords(trace)}`, paint),
    `It takes ${madeOf(trace)}.`,
    ...stepLines(trace, paint),
    '',
    ...sequenceDiagram(trace, width, glyphs),
    '',
    `seed ${asked} (this run: ${seed}), ${trace.strategy}, hosts ${listed(trace.hosts)}`,
    ...(traceFile === null ? [] : [`Replay it:  ${paint('name', `npx rolecall replay ${traceFile}`)}`]),
  ];
};
