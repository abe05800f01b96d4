import { RolecallError } from '../model/kernel/errors.ts';
import { nearest } from '../model/kernel/nearest.ts';
import { generatedMutants } from '../model/protocol/mutants.ts';
import type { Property } from '../model/property/property.ts';
import type { Entry } from './catalogue.ts';
import { project } from './project.ts';

/** The error for a name that is not known: it says which one is near, and which there are. */
export const unknownName = (what: string, given: string, known: readonly string[]): RolecallError => {
  const near = nearest(given, known);
  const there = known.length === 0 ? 'There is none.' : `Known: ${known.slice(0, 40).join(', ')}${known.length > 40 ? ', …' : ''}.`;
  return new RolecallError({
    code: `UNKNOWN_${what.toUpperCase()}`,
    message: `There is no ${what} ${JSON.stringify(given.slice(0, 80))}.${near === null ? '' : ` Did you mean ${near}?`}`,
    advice: `${there} See \`rolecall list\`.`,
  });
};

/** The entries of these protocols; without names, those of the project: what its configuration lists, else all that are built in. */
export const entriesOf = async (ids: readonly string[]): Promise<readonly Entry[]> => {
  const { known, usual } = await project();
  const names = known.map(({ id }) => id);
  const stranger = ids.find((id) => !names.includes(id));
  if (stranger !== undefined) throw unknownName('protocol', stranger, names);
  const wanted = ids.length === 0 ? usual : known.filter(({ id }) => ids.includes(id));
  return Promise.all(wanted.map(({ load }) => load()));
};

export const mutantNames = (properties: readonly Property[]): readonly string[] =>
  [...new Set(properties.flatMap(({ type }) => Object.keys(type.mutants ?? {})))].sort();

/** What of the entries was asked for: those with one of these properties, or with this mutant. What none knows is an error. */
export const narrowed = (
  entries: readonly Entry[],
  { property = [], mutant }: { readonly property?: readonly string[]; readonly mutant?: string },
): readonly Entry[] => {
  const all = entries.flatMap(({ properties }) => properties);
  const ids = all.map(({ type }) => type.id);
  for (const id of property) if (!ids.includes(id)) throw unknownName('property', id, ids);
  const hasMutant = ({ protocol, properties }: Entry): boolean =>
    mutant === undefined || mutantNames(properties).includes(mutant) || generatedMutants(protocol).some((each) => each.id === mutant);
  if (mutant !== undefined && !entries.some(hasMutant)) throw unknownName('mutant', mutant, mutantNames(all));
  return entries.filter((entry) => (property.length === 0 || entry.properties.some(({ type }) => property.includes(type.id))) && hasMutant(entry));
};
