import type { Roles } from '../../../model/protocol/protocol.ts';
import { within } from '../chart/chart.ts';
import { readChart } from '../chart/read.ts';
import type { Subject } from '../subject.ts';
import { code, prose } from '../text/escape.ts';
import { counted } from '../text/number.ts';
import type { Files } from './files.ts';
import { codes, link, page, table } from './markdown.ts';

/** The first page of a protocol. */
export const protocolPage = (subject: Subject, roles: Roles, files: Files): string => {
  const { protocol, properties, traces } = subject;
  const domains = Object.keys(protocol.domains);
  return page(
    `# ${prose(protocol.id)}`,
    prose(protocol.doc),
    `Source: ${prose(protocol.source)}.`,
    domains.length > 1 ? `Its roles are one text over several domains: ${codes(domains)}. The pages show them over ${code(domains[0] ?? '')}.` : '',
    '## Roles',
    table(
      ['Role', 'What it does', 'States', 'Transitions'],
      Object.entries(roles).map(([name, role]) => {
        const chart = readChart(role.machine);
        return [
          link(prose(name), `${files.roles.get(name) ?? ''}.md`),
          prose(role.doc),
          String(within(chart.root).length - 1),
          String(chart.transitions.length),
        ];
      }),
      'This protocol has no roles.',
    ),
    '## Pages',
    [
      `- ${link('Messages', 'messages.md')}: ${counted(Object.keys(protocol.messages).length, 'type')}, with fields, and who accepts them`,
      `- ${link('Properties', 'properties.md')}: ${counted(properties.length, 'claim')} with evidence and mutants`,
      `- ${link('Scenarios', 'scenarios.md')}: ${counted(Object.keys(protocol.scenarios).length, 'situation')} with hosts, network, faults and bounds`,
      `- ${link('Sequences', 'sequences.md')}: ${counted(traces.length, 'picture')} of kept runs`,
      ...(subject.kills === null
        ? []
        : [`- ${link('Kills', 'kills.md')}: ${counted(subject.kills.kills.length, 'mutant')}, and which property finds each`]),
    ].join('\n'),
  );
};

/** The first page of all. */
export const indexPage = (subjects: readonly { readonly subject: Subject; readonly files: Files }[]): string =>
  page(
    '# Protocols',
    'These pages are made from the machines, properties and kept traces that `rolecall run` checks; `rolecall docs --check` fails when they differ.',
    table(
      ['Protocol', 'What it is', 'Roles', 'Claims'],
      subjects.map(({ subject, files }) => [
        link(prose(subject.protocol.id), `${files.folder}/README.md`),
        prose(subject.protocol.doc),
        [...files.roles].map(([name, file]) => link(prose(name), `${files.folder}/${file}.md`)).join(', '),
        String(subject.properties.length),
      ]),
      'The catalogue is empty.',
    ),
    `All claims with their evidence: ${link('claims', 'claims.md')}.`,
  );
