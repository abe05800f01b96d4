import { Search } from '../../model/explore/exhaustive/search.ts';
import { Random } from '../../model/kernel/random.ts';
import { Arena, mutantOf, scenarioOf } from '../../model/property/arena.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { settingOf } from '../../model/world/system.ts';

/** Every world of a scenario, with the claims that hold under it looked at in each; for tests. */
export const everyWorldOf = (of: unknown, properties: readonly Property[], name: string, mutant: string | null = null) => {
  const protocol = of as Protocol;
  const scenario = scenarioOf(protocol, name);
  const about = properties.filter(({ type }) => type.holdsUnder.includes(name));
  const { world, judge } = new Arena(protocol, scenario, about, mutantOf(properties, mutant)?.mutant ?? null).at(
    settingOf(scenario, 0, new Random(1)),
  );
  const search = new Search(world, judge, 'breadth', { states: 2_000_000, depth: 1_000 });
  while (search.advance(10_000));
  return {
    violated: search.found !== null,
    claims: about.map(({ type }) => type.id),
    distinct: search.visited.count,
    generated: search.generated,
    depth: search.depth,
  };
};
