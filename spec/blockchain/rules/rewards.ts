import type { Address } from '../chain.ts';

/**
 * What a block issues, and to whom. Sources: ECIP-1017 (eras), ECIP-1039 (rounding), yellow paper section 11.3 (ommers).
 */
export type RewardSchedule = {
  /** The reward of a block of era 0. */
  readonly base: bigint;
  readonly eraBlocks: number;
};

/** 5 ether, a fifth less every 5,000,000 blocks. */
export const classicRewards: RewardSchedule = { base: 5_000_000_000_000_000_000n, eraBlocks: 5_000_000 };

/** The era of a block, counted from 0. */
export const eraOf = ({ eraBlocks }: RewardSchedule, number: number): number => (number < 1 ? 0 : Math.floor((number - 1) / eraBlocks));

/** ⌊base · 4^era / 5^era⌋, floored once: to floor era by era differs from era 21 on. */
export const blockReward = (schedule: RewardSchedule, number: number): bigint => {
  const era = BigInt(eraOf(schedule, number));
  return (schedule.base * 4n ** era) / 5n ** era;
};

/** What the including miner gets for each ommer. */
export const inclusionReward = (schedule: RewardSchedule, number: number): bigint => blockReward(schedule, number) / 32n;

/** What the ommer's miner gets: less for each block of delay in era 0, a thirty-second later. */
export const ommerReward = (schedule: RewardSchedule, number: number, ommerNumber: number): bigint => {
  const reward = blockReward(schedule, number);
  return eraOf(schedule, number) === 0 ? (BigInt(ommerNumber + 8 - number) * reward) / 8n : reward / 32n;
};

export type Payment = { readonly to: Address; readonly amount: bigint };
export type OmmerOf = { readonly number: number; readonly beneficiary: Address };

/** What a block pays, in order: each ommer's miner, then the block's own. */
export const payments = (schedule: RewardSchedule, number: number, beneficiary: Address, ommers: readonly OmmerOf[]): readonly Payment[] => [
  ...ommers.map((ommer): Payment => ({ to: ommer.beneficiary, amount: ommerReward(schedule, number, ommer.number) })),
  { to: beneficiary, amount: blockReward(schedule, number) + BigInt(ommers.length) * inclusionReward(schedule, number) },
];
