import type { Violation } from '../../model/explore/report.ts';
import type { Trace } from '../../model/trace/trace.ts';
import type { Glyphs, Paint } from './paint.ts';
import { sequenceDiagram } from './sequence.ts';
import { stepLines } from './steps.ts';
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
    case 'sometimes':
      return `${name} is seen`;
    default:
      return part;
  }
};

/** How long the run was, and what it was cut to. */
export const lengthWords = ({ steps, minimised }: Pick<Trace, 'steps' | 'minimised'>): string => {
  if (minimised === null) return `${counted(steps.length, 'step')}, not shrunk`;
  const least = minimised.shortest ? 'no shorter run violates it' : `${counted(minimised.candidates, 'candidate')} tried`;
  return `${counted(steps.length, 'step')}, shrunk from ${counted(minimised.from, 'step')} (${least})`;
};

/** The faults and messages that are left, and what can be said of them. */
export const minimalWords = (trace: Trace): string => {
  const schedule = trace.steps.filter(({ settling }) => settling !== true);
  const faults = schedule.filter(({ action }) => isFault(action)).length;
  const messages = schedule.filter(({ action }) => action.type === 'Deliver').length;
  const holds = `${faults === 0 ? 'No fault' : counted(faults, 'fault')} and ${messages === 0 ? 'no message' : counted(messages, 'message')}`;
  if (trace.minimised === null) return `${holds}; the run was not shrunk.`;
  return faults + messages === 0 ? `${holds} are needed.` : `${holds} are left: remove any one of them, and this failure is not seen.`;
};

/** The values that a violation is about, host by host. */
export const valueLines = (values: Violation['values'], paint: Paint): string[] =>
  table(
    values.map(({ host, role, life, shows }) => [paint('name', host), role, life === 'up' ? '' : paint('bad', life), shows]),
    '  ',
  );

const heading = (text: string, paint: Paint): string => paint('bold', text);

/** One failure, one screen: the claim, the values, the steps, the picture, and the command that shows it again. */
export const violationLines = (violation: Violation, traceFile: string | null, { paint, glyphs, width }: Screen): string[] => {
  const { property, claim, part, scenario, seed, detail, values, trace } = violation;
  const planted = trace.mutant === null ? '' : `, with the planted fault ${trace.mutant}`;
  return [
    `${paint('bad', `${property} is violated`)} under ${scenario}${planted}`,
    ...wrapped(`  ${claim}`, width, '  '),
    ...wrapped(`  ${partWords(part)}${detail === '' ? '' : `: ${detail}`}`, width, '  '),
    '',
    ...(values.length === 0 ? [] : [heading('Host by host', paint), ...valueLines(values, paint), '']),
    heading(`The run: ${lengthWords(trace)}`, paint),
    minimalWords(trace),
    ...stepLines(trace, paint),
    '',
    ...sequenceDiagram(trace, width, glyphs),
    '',
    `seed ${seed}, ${trace.strategy}, hosts ${listed(trace.hosts)}`,
    ...(traceFile === null ? [] : [`Replay it:  ${paint('name', `npx rolecall replay ${traceFile}`)}`]),
  ];
};
