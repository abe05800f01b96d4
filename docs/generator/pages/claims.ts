import type { Property } from '../../../model/property/property.ts';
import type { Subject } from '../subject.ts';
import { code, prose } from '../text/escape.ts';
import { tracesOf, traceLink, verdictOf } from './evidence.ts';
import type { Files } from './files.ts';
import { anchor, lines, page, table } from './markdown.ts';
import { faultsText, ownBoundsText, sizeText, usualBoundsText } from './scenarios.ts';

const boundOf = (property: Property, files: Files, name: string): string => {
  const scenario = property.protocol.scenarios[name];
  if (scenario === undefined) return code(name);
  const words = [`${sizeText(scenario)} hosts`, faultsText(scenario), ownBoundsText(scenario)].filter((each) => each !== '');
  return `[${code(name)}](${files.folder}/scenarios.md${anchor(name)}): ${prose(words.join('; '))}`;
};

const rowOf = (subject: Subject, files: Files, property: Property): readonly string[] => {
  const { type } = property;
  const verdict = verdictOf(subject, property);
  const witnesses = tracesOf(subject, property).filter(({ trace }) => trace.mutant === null);
  return [
    prose(type.claim),
    lines([`[${code(type.id)}](${files.folder}/properties.md${anchor(type.id)})`, prose(type.source ?? '')]),
    lines([
      `**${verdict.word}**`,
      verdict.sentence,
      ...Object.entries(type.failsUnder ?? {}).map(([name, why]) => `Fails under ${code(name)}: ${prose(why ?? '')}`),
    ]),
    lines(type.holdsUnder.map((name) => boundOf(property, files, name))),
    lines(witnesses.map((kept) => traceLink(kept, files, `${files.folder}/`))),
  ];
};

/** Every claim of every protocol, with what it rests on. */
export const claimsPage = (subjects: readonly { readonly subject: Subject; readonly files: Files }[]): string =>
  page(
    '# Claims',
    'Each sentence is a property that `rolecall run` checks. The bound says in which situations, and how far. *Not refuted*: no kept trace contradicts it. *Passes*: a recorded run spent its whole budget, found no violation, and saw everything that must be seen. *Fails where listed*: it is known to fail there, and a kept trace shows how. Random runs never prove that a claim holds. A *common sentence* is one that articles and textbooks say of such systems; the property beside it makes it exact, or shows where it is wrong.',
    `Where a scenario states no bound of its own: ${usualBoundsText}.`,
    ...subjects.flatMap(({ subject, files }) => [
      `## ${prose(subject.protocol.id)}`,
      table(
        ['Claim', 'Property', 'Verdict by evidence', 'Holds under, to which bound', 'Traces'],
        subject.properties.map((property) => rowOf(subject, files, property)),
        'No property speaks of this protocol yet.',
      ),
    ]),
  );
