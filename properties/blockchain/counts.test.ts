import { expect, it } from 'vitest';
import { Search } from '../../model/explore/exhaustive/search.ts';
import { Random } from '../../model/kernel/random.ts';
import { Arena, scenarioOf } from '../../model/property/arena.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { settingOf } from '../../model/world/system.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { blockchainProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

it.each(['everyRelay', 'everyJoin'] as const)('%s has the worlds that are recorded, and all claims of safety hold in them', (name) => {
  const protocol = blockchain as unknown as Protocol;
  const scenario = scenarioOf(protocol, name);
  const properties = blockchainProperties.filter(({ type }) => type.holdsUnder.includes(name));
  const { world, judge } = new Arena(protocol, scenario, properties, null).at(settingOf(scenario, 0, new Random(1)));
  const search = new Search(world, judge, 'breadth', { states: 100_000, depth: 1_000 });
  while (search.advance(10_000));
  expect(search.found).toBeNull();
  expect({ distinct: search.visited.count, generated: search.generated, depth: search.depth }).toEqual(everyWorldCounts[name]);
});
