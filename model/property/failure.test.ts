import { describe, expect, it } from 'vitest';
import { speakerRole, stage } from '../../properties/engine/speaker.ts';
import { Random } from '../kernel/random.ts';
import { namedHost } from '../protocol/scenario.ts';
import { settingOf } from '../world/system.ts';
import { Arena } from './arena.ts';
import { settleAndJudge } from './failure.ts';
import { defineProperty, type PropertyType } from './property.ts';

/** Goes from `a` to `e` and stays there; settling takes it one state further in each round. */
const states = { a: { after: { 10: 'b' } }, b: { after: { 10: 'c' } }, c: { after: { 10: 'd' } }, d: { after: { 10: 'e' } }, e: { tags: 'rest' } };
const protocol = stage(
  { speaker: speakerRole({}, { initial: 'a', states }) },
  { hosts: [namedHost('ann', ['speaker'])], network: { link: 'datagram' }, bounds: { rounds: 12 } },
);

/** What settling says of a recovery: in which states it holds, and within how many rounds it must. */
const judged = (good: readonly string[], withinRounds: number): string | null => {
  const property = defineProperty(protocol, {
    id: 'RECOVERS',
    claim: 'It recovers.',
    holdsUnder: ['one'],
    recovers: { good: { withinRounds, holds: (world) => world.every('speaker', (each) => good.includes(each.value as string)) } },
  } satisfies PropertyType as never);
  const arena = new Arena(protocol, protocol.scenarios['one'] as never, [property], null);
  const { world, judge } = arena.at(settingOf(arena.scenario, 0, new Random(1)));
  world.reset();
  return (
    settleAndJudge(
      world,
      judge,
      () => {},
      () => {},
    )?.detail ?? null
  );
};

describe('a recovery', () => {
  it('holds within a number of rounds if it holds after that round, and no sooner', () => {
    expect(judged(['d', 'e'], 3)).toBeNull();
    expect(judged(['d', 'e'], 2)).toBe('not so in round 2 of settling (bound: 2)');
  });

  it('has to hold to the last: what comes and goes is none', () => {
    expect(judged(['b', 'd', 'e'], 3)).toBeNull();
    expect(judged(['b', 'd', 'e'], 1)).toBe('not so in round 2 of settling (bound: 1)');
    expect(judged(['b', 'c', 'd'], 1)).toMatch(/^not so after \d+ rounds of settling \(bound: 1\)$/);
  });
});
