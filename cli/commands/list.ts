import type { Domain, Mutant } from '../../model/protocol/protocol.ts';
import { entriesOf } from '../names.ts';
import type { Entry } from '../catalogue.ts';
import type { Paint } from '../render/paint.ts';
import { table, wrapped } from '../render/table.ts';
import { print, printJson, screen } from '../terminal.ts';

/** What is known of a protocol, for machines and for the list. */
export const describeEntry = ({ protocol, properties }: Entry) => {
  const [domain] = Object.values(protocol.domains);
  const roles = protocol.rolesOver(domain as Domain);
  return {
    id: protocol.id,
    doc: protocol.doc,
    source: protocol.source,
    roles: Object.entries(roles).map(([name, { doc, commands }]) => ({ name, doc, commands: Object.keys(commands) })),
    scenarios: Object.entries(protocol.scenarios).map(([name, { doc, faults }]) => ({ name, doc, faults: Object.keys(faults ?? {}) })),
    properties: properties.map(({ type }) => ({
      id: type.id,
      claim: type.claim,
      holdsUnder: type.holdsUnder,
      failsUnder: Object.keys(type.failsUnder ?? {}),
      mutants: Object.entries(type.mutants ?? {}).map(([name, { doc, after }]: [string, Mutant]) => ({ name, doc, after: after ?? null })),
    })),
  };
};

const entryLines = (entry: Entry, paint: Paint, width: number): string[] => {
  const { id, doc, source, roles, scenarios, properties } = describeEntry(entry);
  const named = (items: readonly { readonly name: string; readonly doc: string }[]): string[] => {
    const indent = ' '.repeat(6 + Math.max(0, ...items.map(({ name }) => name.length)));
    const lines = table(
      items.map((item) => [paint('name', item.name), item.doc]),
      '    ',
    );
    return lines.flatMap((line) => wrapped(line, width, indent));
  };
  const mutants = properties.flatMap(({ id: property, mutants: planted }) =>
    planted.map(({ name, doc: says }) => ({ name, doc: `${says} (${property})` })),
  );
  return [
    `${paint('bold', id)}  ${doc}`,
    ...wrapped(`  ${source}`, width, '  ').map((line) => paint('dim', line)),
    '  roles',
    ...named(roles),
    '  scenarios',
    ...named(scenarios),
    '  properties',
    ...named(properties.map((property) => ({ name: property.id, doc: property.claim }))),
    '  mutants (rolecall run --mutant NAME)',
    ...named(mutants),
    '',
  ];
};

export const list = async ({ json }: { readonly json?: boolean }): Promise<number> => {
  const entries = await entriesOf([]);
  const { paint, width } = screen();
  if (json) await printJson({ protocols: entries.map(describeEntry) });
  else
    await print([
      ...entries.flatMap((entry) => entryLines(entry, paint, width)),
      `Run one:  ${paint('name', `npx rolecall run ${entries.at(-1)?.protocol.id ?? ''}`)}`,
    ]);
  return 0;
};
