/**
 * The difficulty of a block as a function of its parent's. Sources: Ethereum yellow paper (Frontier), EIP-2, EIP-100,
 * ECIP-1010 (the bomb is held), ECIP-1041 (the bomb is removed).
 */

/** What the rules read. */
export type DifficultyInput = {
  readonly number: bigint;
  /** Seconds from the parent's timestamp to the block's; positive in a valid block. */
  readonly seconds: bigint;
  readonly parentDifficulty: bigint;
  readonly parentHasOmmers: boolean;
};

export type DifficultyRule = (input: DifficultyInput) => bigint;

export const minimumDifficulty = 131_072n;
const boundDivisor = 2_048n;
const bombPeriod = 100_000n;

const atLeast = (floor: bigint, value: bigint): bigint => (value < floor ? floor : value);

/** 2^(⌊reference / 100,000⌋ − 2), floored: nothing in the first 200,000 blocks. */
export const bomb = (reference: bigint): bigint => {
  const exponent = reference / bombPeriod - 2n;
  return exponent < 0n ? 0n : 1n << exponent;
};

/** One step up if the block came within 13 seconds, otherwise one step down. */
export const frontierAdjustment: DifficultyRule = ({ parentDifficulty, seconds }) => {
  const step = parentDifficulty / boundDivisor;
  return atLeast(minimumDifficulty, seconds < 13n ? parentDifficulty + step : parentDifficulty - step);
};

/** EIP-2: steps grow with the time that the block took, down to −99. */
export const homesteadAdjustment: DifficultyRule = ({ parentDifficulty, seconds }) =>
  atLeast(minimumDifficulty, parentDifficulty + (parentDifficulty / boundDivisor) * atLeast(-99n, 1n - seconds / 10n));

/** EIP-100: the target counts ommers, so that their rewards cannot raise the issuance. */
export const atlantisAdjustment: DifficultyRule = ({ parentDifficulty, seconds, parentHasOmmers }) =>
  atLeast(minimumDifficulty, parentDifficulty + (parentDifficulty / boundDivisor) * atLeast(-99n, (parentHasOmmers ? 2n : 1n) - seconds / 9n));

/** From which block each rule holds. */
export type DifficultySchedule = {
  /** EIP-2. */
  readonly homestead: bigint;
  /** EIP-100. */
  readonly atlantis: bigint;
  /** ECIP-1010: the bomb stands still from this block for that many blocks, and runs on from where it stood. */
  readonly bombHeld: { readonly from: bigint; readonly blocks: bigint };
  /** ECIP-1041: no bomb from this block. */
  readonly bombRemoved: bigint;
};

/** Ethereum Classic. Source: ECIP-1066, the list of its upgrades. */
export const classicDifficulty: DifficultySchedule = {
  homestead: 1_150_000n,
  atlantis: 8_772_000n,
  bombHeld: { from: 3_000_000n, blocks: 2_000_000n },
  bombRemoved: 5_900_000n,
};

/** The number that the bomb counts from, at a block. */
const bombReference = ({ bombHeld }: DifficultySchedule, number: bigint): bigint => {
  if (number < bombHeld.from) return number;
  return number < bombHeld.from + bombHeld.blocks ? bombHeld.from : number - bombHeld.blocks;
};

/** The rule of a schedule. */
export const difficultyBy =
  (schedule: DifficultySchedule): DifficultyRule =>
  (input) => {
    const { number } = input;
    const adjust = number >= schedule.atlantis ? atlantisAdjustment : number >= schedule.homestead ? homesteadAdjustment : frontierAdjustment;
    return adjust(input) + (number >= schedule.bombRemoved ? 0n : bomb(bombReference(schedule, number)));
  };
