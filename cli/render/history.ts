import { valueWords } from '../../model/property/consistency/values.ts';
import type { Judged, Wrong } from '../history/judged.ts';
import { operationsPicture } from './operations.ts';
import { wrapped } from './table.ts';
import type { Screen } from './violation.ts';
import { counted } from './words.ts';

/** Of many wrongs, so many are told in full. */
const told = 5;

const ranOutWords = { configurations: 'there are more configurations than may be remembered', interrupted: 'it was interrupted' } as const;

const wrongLines = (wrong: Wrong, lines: readonly number[], screen: Screen): string[] => [
  '',
  ...[[...(wrong.key === null ? [] : [`key ${valueWords(wrong.key)}`]), ...(wrong.what === '' ? [] : [wrong.what])].join(': ')]
    .filter((heading) => heading !== '')
    .map((heading) => screen.paint('bad', heading)),
  ...wrong.sentences.flatMap((sentence) => wrapped(`  ${sentence}`, screen.width, '    ')),
  ...(wrong.picture === null ? [] : ['', ...operationsPicture(wrong.picture, (position) => lines[position] as number, screen)]),
];

/** What came of a history, for a person. */
export const historyLines = (file: string, promise: string, judged: Judged, screen: Screen): string[] => {
  const { paint, width } = screen;
  const { verdict, ranOut, operations, clients, indefinite, objects, others, wrongs, lines, notes } = judged;
  const counts = [
    `${counted(operations, 'operation')} of ${counted(clients, 'process', 'processes')}`,
    ...(objects > 1 ? [`on ${counted(objects, 'key')}`] : []),
    ...(indefinite > 0 ? [`${indefinite} without a certain outcome`] : []),
    ...(others > 0 ? [`${counted(others, 'event')} that ${others === 1 ? 'calls' : 'call'} nothing`] : []),
  ];
  const heading =
    verdict === 'consistent'
      ? paint('good', `The history ${promise}.`)
      : verdict === 'violated'
        ? paint('bad', `The history ${promise.replace(/^is /, 'is not ').replace(/^keeps /, 'does not keep ')}.`)
        : paint('unsure', `Unknown whether the history ${promise}: ${ranOutWords[ranOut ?? 'configurations']}.`);
  const advice =
    ranOut === 'configurations' ? wrapped('  More with --max-configurations; a shorter history, or one key of it, takes less.', width, '  ') : [];
  return [
    `${paint('bold', file)}: ${counts.join(', ')}`,
    heading,
    ...advice,
    ...notes.flatMap((note) => wrapped(`  ${note}`, width, '  ')),
    ...wrongs.slice(0, told).flatMap((wrong) => wrongLines(wrong, lines, screen)),
    ...(wrongs.length > told ? ['', `and ${counted(wrongs.length - told, 'violation')} more; --json lists all of them`] : []),
  ];
};

/** The same for a machine. */
export const historyJson = (file: string, model: string, consistency: string, { lines, wrongs, ...judged }: Judged, exitCode: number): unknown => ({
  file,
  model,
  consistency,
  ...judged,
  violations: wrongs.map(({ what, key, sentences, details }) => ({ what, key, explanation: sentences.join(' '), ...details })),
  exitCode,
});
