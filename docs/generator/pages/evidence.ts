import type { Property } from '../../../model/property/property.ts';
import type { ShownTrace, Subject } from '../subject.ts';
import { code, prose } from '../text/escape.ts';
import { counted } from '../text/number.ts';
import type { Files } from './files.ts';
import { link } from './markdown.ts';

/** The kept traces that speak of a property. */
export const tracesOf = (subject: Subject, property: Property): readonly ShownTrace[] =>
  subject.traces.filter(({ trace }) => trace.property === property.type.id);

/** A link to a trace's sequence diagram, with its length. */
export const traceLink = ({ file, trace, stale }: ShownTrace, files: Files, folder = ''): string =>
  `${link(code(file), `${folder}${files.sequences.get(file) ?? ''}.svg`)} (${counted(trace.steps.length, 'step')}${stale === '' ? '' : ', stale'})`;

/** What the kept traces and recorded runs say of a property. A random run never says that a claim holds. */
export interface Verdict {
  readonly word: 'violated' | 'passes' | 'unknown' | 'fails where listed' | 'not refuted';
  readonly sentence: string;
  readonly traces: readonly ShownTrace[];
}

export const verdictOf = (subject: Subject, property: Property): Verdict => {
  const { type } = property;
  const refuting = tracesOf(subject, property).filter(({ trace, stale }) => trace.verdict === 'violated' && trace.mutant === null && stale === '');
  const expected = refuting.filter(({ trace }) => type.failsUnder?.[trace.scenario] !== undefined);
  const surprising = refuting.filter((kept) => !expected.includes(kept));
  const claims = subject.reports.flatMap((report) =>
    report.claims.filter((claim) => claim.id === type.id).map((claim) => ({ claim, seed: report.seed })),
  );
  const recorded = claims.map(({ claim, seed }) => `Recorded with seed ${seed}: ${claim.statement}.`.replace(/\.\.$/, '.')).join(' ');
  if (surprising.length > 0)
    return { word: 'violated', sentence: `A kept trace violates it under ${names(surprising)}. ${recorded}`.trim(), traces: surprising };
  if (expected.length > 0)
    return {
      word: 'fails where listed',
      sentence: `It fails under ${names(expected)}, as listed, and a kept trace shows it. ${recorded}`.trim(),
      traces: expected,
    };
  const word = claims.some(({ claim }) => claim.verdict === 'violated')
    ? 'violated'
    : claims.length === 0
      ? 'not refuted'
      : claims.every(({ claim }) => claim.verdict === 'passes')
        ? 'passes'
        : 'unknown';
  return { word, sentence: recorded || `Checked by ${code(`npx rolecall run ${subject.protocol.id} -p ${type.id}`)}.`, traces: [] };
};

const names = (traces: readonly ShownTrace[]): string => [...new Set(traces.map(({ trace }) => trace.scenario))].map(prose).join(', ');
