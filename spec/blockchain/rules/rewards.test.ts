import { expect, test } from 'vitest';
import { blockReward, classicRewards, eraOf, inclusionReward, ommerReward, payments } from './rewards.ts';

const ether = 10n ** 18n;
const startOfEra = (era: number): number => era * 5_000_000 + 1;

test('eras begin one block after each five million', () => {
  expect([0, 1, 5_000_000, 5_000_001, 10_000_000, 10_000_001].map((number) => eraOf(classicRewards, number))).toEqual([0, 0, 0, 1, 1, 2]);
});

test('the table of ECIP-1017: 5, 4, 3.2, 2.56 ether', () => {
  expect([0, 1, 2, 3].map((era) => blockReward(classicRewards, startOfEra(era)))).toEqual([
    5n * ether,
    4n * ether,
    (32n * ether) / 10n,
    (256n * ether) / 100n,
  ]);
});

test('the reward is floored once: era by era differs from era 21 on', () => {
  let byEra = classicRewards.base;
  for (let era = 0; era <= 21; era++) {
    const once = blockReward(classicRewards, startOfEra(era));
    expect([era, once === byEra]).toEqual([era, era < 21]);
    byEra = (byEra * 4n) / 5n;
  }
});

test('ommers: less with each block of delay in era 0, a thirty-second later; the includer gets a thirty-second for each', () => {
  expect([9, 8, 7, 4].map((ommer) => ommerReward(classicRewards, 10, ommer))).toEqual([7n, 6n, 5n, 2n].map((eighths) => (eighths * 5n * ether) / 8n));
  expect(ommerReward(classicRewards, startOfEra(1) + 9, startOfEra(1) + 4)).toBe((4n * ether) / 32n);
  expect(inclusionReward(classicRewards, 10)).toBe((5n * ether) / 32n);
  expect(payments(classicRewards, 10, 'maya', [{ number: 9, beneficiary: 'noor' }])).toEqual([
    { to: 'noor', amount: (7n * 5n * ether) / 8n },
    { to: 'maya', amount: 5n * ether + (5n * ether) / 32n },
  ]);
});
