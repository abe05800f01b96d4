import { describe, expect, it } from 'vitest';
import { Search } from '../../model/explore/exhaustive/search.ts';
import { Random } from '../../model/kernel/random.ts';
import { Arena, scenarioOf } from '../../model/property/arena.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { settingOf } from '../../model/world/system.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { twoPhaseCommitProperties } from './two-phase-commit.property.ts';

/** All worlds that can be reached, with the claims looked at in each. */
const explored = (of: unknown, properties: readonly Property[], name: string, order: 'breadth' | 'depth' = 'breadth') => {
  const protocol = of as Protocol;
  const scenario = scenarioOf(protocol, name);
  const { world, judge } = new Arena(protocol, scenario, properties, null).at(settingOf(scenario, 0, new Random(1)));
  const search = new Search(world, judge, order, { states: 10_000_000, depth: 1_000 });
  while (search.advance(10_000));
  const { generated, depth, found, deadlocks } = search;
  expect({ found, deadlocks: deadlocks.count }).toEqual({ found: null, deadlocks: 0 });
  return { distinct: search.visited.count, generated, ...(order === 'breadth' ? { depth } : {}) };
};

describe('two-phase commit has the states, the steps and the depth that TLC finds', () => {
  it.each([
    ['three', 288, 1_146, 11],
    ['five', 8_832, 58_146, 17],
    ['six', 50_816, 402_306, 20],
  ])('%s participants', (scenario, distinct, generated, depth) => {
    expect(explored(twoPhaseCommit, twoPhaseCommitProperties, scenario)).toEqual({ distinct, generated, depth });
    expect(explored(twoPhaseCommit, twoPhaseCommitProperties, scenario, 'depth')).toEqual({ distinct, generated });
  });
});
