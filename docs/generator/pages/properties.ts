import type { Mutant } from '../../../model/protocol/protocol.ts';
import type { Property } from '../../../model/property/property.ts';
import type { Subject } from '../subject.ts';
import { code, prose } from '../text/escape.ts';
import { counted } from '../text/number.ts';
import { traceLink, tracesOf, verdictOf } from './evidence.ts';
import type { Files } from './files.ts';
import { anchor, codes, lines, page, table } from './markdown.ts';

/** The parts of a property, as traces name them, with what each is about. */
const partsOf = ({ type }: Property): readonly { readonly part: string; readonly about: string }[] => [
  ...Object.keys(type.always ?? {}).map((name) => ({ part: `always.${name}`, about: 'of every state' })),
  ...Object.keys(type.step ?? {}).map((name) => ({ part: `step.${name}`, about: 'of every step' })),
  ...Object.entries(type.monitors ?? {}).map(([name, monitor]) => ({
    part: `monitors.${name}`,
    about: monitor.holds === undefined ? 'remembers effects, for other parts to read' : 'of the history of effects',
  })),
  ...Object.entries(type.recovers ?? {}).map(([name, recovery]) => ({
    part: `recovers.${name}`,
    about: `within ${counted(recovery.withinRounds, 'round')} once faults end`,
  })),
  ...Object.keys(type.eventually ?? {}).map((name) => ({ part: `eventually.${name}`, about: 'comes in every fair run' })),
  ...Object.keys(type.leadsTo ?? {}).map((name) => ({ part: `leadsTo.${name}`, about: 'follows in every fair run' })),
  ...Object.keys(type.sometimes ?? {}).map((name) => ({ part: `sometimes.${name}`, about: 'must be seen in some run' })),
];

/** What a mutant replaces: names in the machines, functions of the domain, or what is about time. */
const changesOf = (mutant: Mutant): string => {
  const roles = Object.entries(mutant.roles ?? {}).map(([role, change]) => {
    const named = [...Object.keys(change?.guards ?? {}), ...Object.keys(change?.actions ?? {}), ...Object.keys(change?.delays ?? {})];
    return `${code(role)}: ${codes(named)}`;
  });
  const domain =
    mutant.domain === undefined ? '' : typeof mutant.domain === 'function' ? 'the domain' : `the domain: ${codes(Object.keys(mutant.domain))}`;
  const timed = mutant.timed === undefined ? '' : `the clock: ${codes(Object.keys(mutant.timed))}`;
  return lines([...roles, domain, timed]);
};

const section = (property: Property, subject: Subject, files: Files): readonly string[] => {
  const { type } = property;
  const traces = tracesOf(subject, property);
  const shown = (matches: (trace: (typeof traces)[number]['trace']) => boolean): string =>
    lines(traces.filter(({ trace }) => matches(trace)).map((kept) => traceLink(kept, files)));
  const scenario = (name: string): string => `[${code(name)}](scenarios.md${anchor(name)})`;
  const fails = Object.entries(type.failsUnder ?? {});
  const mutants = Object.entries(type.mutants ?? {});
  const verdict = verdictOf(subject, property);
  return [
    `## ${prose(type.id)}`,
    `**${prose(type.claim)}**`,
    type.source === undefined ? '' : `Claimed by: ${prose(type.source)}.`,
    `Holds under: ${type.holdsUnder.map(scenario).join(', ') || 'no scenario'}.`,
    `Evidence: ${verdict.word}. ${verdict.sentence}`,
    table(
      ['Part', 'Speaks', 'Kept traces'],
      partsOf(property).map(({ part, about }) => [code(part), about, shown((trace) => trace.part === part && trace.mutant === null)]),
      'This property has no parts.',
    ),
    fails.length === 0 ? '' : '**Where it fails**',
    fails.length === 0
      ? ''
      : table(
          ['Scenario', 'Why', 'Kept traces'],
          fails.map(([name, why]) => [
            scenario(name),
            prose(why ?? ''),
            shown((trace) => trace.scenario === name && trace.verdict === 'violated' && trace.mutant === null),
          ]),
          '',
        ),
    mutants.length === 0 ? '' : '**Mutants that it kills**',
    mutants.length === 0
      ? ''
      : table(
          ['Mutant', 'What is wrong', 'After a real bug', 'Replaces', 'Looked for under', 'Kept traces'],
          mutants.map(([name, mutant]) => [
            code(name),
            prose(mutant.doc),
            prose(mutant.after ?? ''),
            changesOf(mutant),
            scenario(mutant.under ?? type.holdsUnder[0] ?? ''),
            shown((trace) => trace.mutant === name),
          ]),
          '',
        ),
  ];
};

/** The properties of a protocol, each with its parts, its assumptions, its mutants and its evidence. */
export const propertiesPage = (subject: Subject, files: Files): string =>
  page(
    `# Properties of ${prose(subject.protocol.id)}`,
    table(
      ['Property', 'Claim', 'Evidence', 'Fails under', 'Mutants'],
      subject.properties.map((property) => [
        `[${code(property.type.id)}](${anchor(property.type.id)})`,
        prose(property.type.claim),
        verdictOf(subject, property).word,
        codes(Object.keys(property.type.failsUnder ?? {})),
        String(Object.keys(property.type.mutants ?? {}).length),
      ]),
      'No property speaks of this protocol yet.',
    ),
    ...subject.properties.flatMap((property) => section(property, subject, files)),
  );
