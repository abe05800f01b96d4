import { isRoleLine, type Log, type LogLine } from '../../model/live/log.ts';
import { eventText } from '../../model/live/words.ts';
import type { Validation } from '../../model/live/validate.ts';
import type { Paint } from './paint.ts';
import { wrapped } from './table.ts';
import { abbreviated, counted, shortened } from './words.ts';

const lineWords = (line: LogLine): string => `${line.host}${isRoleLine(line) ? ` ${line.role}` : ''}: ${abbreviated(eventText(line))}`;

const listed = (what: string, items: readonly string[], width: number): string[] =>
  items.length === 0
    ? [`  ${what}  nothing`]
    : items.slice(0, 6).map((item, at) => shortened(`  ${at === 0 ? what : ' '.repeat(what.length)}  ${abbreviated(item)}`, width));

/** Whether the model allows a log, and where it does not, the step that does not fit and what the model has there. */
export const validationLines = (file: string, { head, lines }: Log, validation: Validation, width: number, paint: Paint): string[] => {
  const { verdict, steps, placed, filled, divergence } = validation;
  const planted = head.mutant === null ? '' : `, with ${head.mutant} planted`;
  const about = `${paint('bold', file)}: ${counted(steps, 'step')} of ${head.protocol}, ${head.scenario}${planted}`;
  const unseen = filled.length === 0 ? [] : wrapped(`  Filled in, because no log shows it: ${filled.join(', ')}.`, width, '  ');
  if (verdict === 'allowed')
    return [about, paint('good', `The model allows it: all ${counted(steps, 'step')} have a place in one run of the model.`), ...unseen];
  const heading =
    verdict === 'unknown'
      ? paint('unsure', `Unknown: the search was ended after ${counted(validation.tried, 'try', 'tries')}; --tries allows more.`)
      : paint('bad', 'The model does not allow it.');
  const prefix = `The longest prefix that it allows has ${counted(placed, 'step')} of ${steps}.`;
  if (divergence === null) return [about, heading, prefix, ...unseen];
  const { line, step, says, expected, found, field } = divergence;
  // What this host did before, the last steps of it.
  const before = lines.slice(0, line - 2).filter(({ host }) => host === step.host);
  return [
    about,
    heading,
    prefix,
    ...unseen,
    '',
    ...before.slice(-3).map((each) => paint('dim', shortened(`  ${lineWords(each)}`, width))),
    paint('bold', shortened(`  line ${line}, ${lineWords(step)}`, width)),
    ...wrapped(`  ${field}: ${says}`, width, '    '),
    ...listed('the model has', expected, width),
    ...listed('the log has  ', found, width),
  ];
};
