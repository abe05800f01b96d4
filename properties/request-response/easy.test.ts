import { expect, it } from 'vitest';
import { Random } from '../../model/kernel/random.ts';
import { Arena, scenarioOf } from '../../model/property/arena.ts';
import { settingOf } from '../../model/world/system.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { easy, setUp } from './easy.property.ts';
import type { World } from './sight.ts';

const counted = (name: string) => {
  const protocol = requestResponse as unknown as Protocol;
  const scenario = scenarioOf(protocol, name);
  const { judge, world } = new Arena(protocol, scenario, [easy], null).at(settingOf(scenario, 0, new Random(1)));
  return setUp(judge.viewOf(easy, world.row) as unknown as World);
};

it('three users with a server need a host more, and half as many addresses and one list instead of three', () => {
  expect([counted('grants'), counted('grantsEach')]).toEqual([
    { dedicated: 1, addresses: 3, lists: 1 },
    { dedicated: 0, addresses: 6, lists: 3 },
  ]);
});
