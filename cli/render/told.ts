import type { RunReport, Violation } from '../../model/explore/report.ts';
import type { Entry } from '../catalogue.ts';
import { endingLines, mutantLine, sumLines } from './ending.ts';
import { type Screen, violationLines } from './violation.ts';

/** The violations of a report, those that the planted fault was planted for first. */
export const violationsOf = (report: RunReport, { properties }: Pick<Entry, 'properties'>): readonly Violation[] => {
  const found = report.claims.flatMap(({ violation }) => (violation === null ? [] : [violation]));
  const isMeant = ({ property }: Violation): boolean =>
    report.mutant !== null && properties.some(({ type }) => type.id === property && Object.hasOwn(type.mutants ?? {}, report.mutant ?? ''));
  return [...found.filter(isMeant), ...found.filter((one) => !isMeant(one))];
};

/** All that is told of one protocol after a run; `typed` are the traces of the violations, as they are given to a command. */
export const toldLines = (
  report: RunReport,
  { properties }: Pick<Entry, 'properties'>,
  [first, ...others]: readonly Violation[],
  typed: readonly string[],
  notes: readonly string[],
  { paint, glyphs, width }: Screen,
): readonly string[] => {
  const mutant = mutantLine(report, paint);
  return [
    ...(first === undefined ? [] : [...violationLines(first, typed[0] ?? null, report.seed, { paint, glyphs, width }), '']),
    ...others.map(
      ({ property, scenario }, index) => `${paint('bold', property)} is violated too, under ${scenario}: npx rolecall show ${typed[index + 1]}`,
    ),
    ...(others.length === 0 ? [] : ['']),
    ...endingLines(report, properties, paint, width),
    '',
    ...sumLines(report, paint),
    ...notes,
    ...(mutant === null ? [] : ['', mutant]),
  ];
};
