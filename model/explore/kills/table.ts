import { generatedMutants } from '../../protocol/mutants.ts';
import type { Protocol } from '../../protocol/protocol.ts';
import type { Property } from '../../property/property.ts';
import type { Kill, Killed } from './kill.ts';
import { type Planted, plantedMutants } from './planted.ts';
import { KillSearch } from './search.ts';
import { surveyOf } from './survey.ts';

/** How kills are looked for. */
export interface KillsAsked {
  readonly seed: number;
  /** For each mutant and scenario. */
  readonly runs: number;
  readonly roles: readonly string[] | null;
  /** What was found before: it is tried first. */
  readonly known: readonly Kill[];
}

/**
 * Plants one mutant after the other, first those of the properties, then the generated ones, and looks which property finds it: by a violation, or because something that
 * must be seen and is seen without the mutant is not seen with it. This measures how sensitive the properties are to these
 * mutants, and not how good they are.
 */
export function* killTable(protocol: Protocol, properties: readonly Property[], asked: KillsAsked): Generator<Kill> {
  const search = new KillSearch(protocol, properties, asked);
  const known = new Map(asked.known.map(({ mutant, by }) => [mutant, by]));
  const foundBy = (planted: Planted, find: () => Killed | null): Kill => {
    const before = known.get(planted.id) ?? null;
    return { mutant: planted.id, by: before !== null && search.again(planted, before) ? before : find() };
  };
  if (asked.roles === null)
    for (const { id, mutant, by } of plantedMutants(properties)) yield foundBy({ id, mutant, by }, () => search.planted(by, id, mutant));
  const mutants = generatedMutants(protocol, asked.roles);
  const surveys = surveyOf(protocol, properties, mutants, asked);
  for (const each of mutants) {
    // A rule that never stores anything loses nothing.
    if (each.reached.by === 'rule' && each.reached.persists && !surveys.some(({ reached }) => reached.has(each.id))) continue;
    yield foundBy({ id: each.id, mutant: each.mutant, by: null }, () => search.generated(each, surveys));
  }
}
