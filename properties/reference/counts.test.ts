import { describe, expect, it } from 'vitest';
import { Search } from '../../model/explore/exhaustive/search.ts';
import { Random } from '../../model/kernel/random.ts';
import { Arena, scenarioOf } from '../../model/property/arena.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { settingOf } from '../../model/world/system.ts';
import { pingPong } from '../../spec/reference/ping-pong.ts';
import { singleCopyRegister } from '../../spec/reference/single-copy-register.ts';
import { transactionCommit } from '../../spec/reference/transaction-commit.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { type Counts, pingPongCounts, singleCopyRegisterCounts, transactionCommitCounts, twoPhaseCommitCounts } from './counts.ts';
import { pingPongProperties } from './ping-pong.property.ts';
import { singleCopyRegisterProperties } from './single-copy-register.property.ts';
import { transactionCommitProperties } from './transaction-commit.property.ts';
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

/** Those of the recorded counts that a test can wait for. */
const upTo = (most: number, counts: Readonly<Record<string, Counts>>) => Object.entries(counts).filter(([, { distinct }]) => distinct <= most);

describe('two-phase commit has the states, the steps and the depth that TLC finds', () => {
  it.each(upTo(60_000, twoPhaseCommitCounts))('%s participants', (scenario, counts) => {
    expect(explored(twoPhaseCommit, twoPhaseCommitProperties, scenario)).toEqual(counts);
    const { distinct, generated } = counts;
    expect(explored(twoPhaseCommit, twoPhaseCommitProperties, scenario, 'depth')).toEqual({ distinct, generated });
  });
});

/** Transaction commit once more, on strings: `wwp` are two that work and one that is prepared. */
const enumerated = (managers: number): Required<Counts> => {
  const seen = new Set(['w'.repeat(managers)]);
  let generated = 1;
  let depth = 0;
  for (let level = [...seen]; level.length > 0; depth++) {
    const successors = level.flatMap((now) =>
      [...now].flatMap((own, at) => {
        const to = [own === 'w' ? 'p' : '', own === 'p' && /^[pc]*$/.test(now) ? 'c' : '', 'wp'.includes(own) && !now.includes('c') ? 'a' : ''];
        return to.filter((letter) => letter !== '').map((letter) => now.slice(0, at) + letter + now.slice(at + 1));
      }),
    );
    generated += successors.length;
    level = [...new Set(successors)].filter((state) => !seen.has(state));
    for (const state of level) seen.add(state);
  }
  return { distinct: seen.size, generated, depth };
};

describe('transaction commit', () => {
  it('has the counts that TLC finds, and an enumeration by hand too', () => {
    expect(enumerated(3)).toEqual(transactionCommitCounts.three);
  });

  it.each(Object.keys(transactionCommit.scenarios).map((name, at) => [name, at + 3] as const))('%s managers', (scenario, managers) => {
    expect(explored(transactionCommit, transactionCommitProperties, scenario)).toEqual(enumerated(managers));
  });
});

describe("Stateright's examples have the states that its own tests assert", () => {
  it.each(Object.entries(pingPongCounts))('ping-pong, %s', (scenario, counts) => {
    expect(explored(pingPong, pingPongProperties, scenario)).toMatchObject(counts);
    expect(explored(pingPong, pingPongProperties, scenario, 'depth')).toMatchObject(counts);
  });

  it.each(Object.entries(singleCopyRegisterCounts))('single-copy register, %s', (scenario, counts) => {
    expect(explored(singleCopyRegister, singleCopyRegisterProperties, scenario)).toMatchObject(counts);
  });
});
