import type { Cell, Chain, State } from '../chain.ts';
import { payments, type RewardSchedule } from './rewards.ts';

/** What one block issues by the schedule. */
const issuedIn = (chain: Pick<Chain, 'number' | 'beneficiary'>, rewards: RewardSchedule, cell: Cell): bigint => {
  if (cell.parent === null) return 0n;
  const ommers = cell.body.ommers.map((ommer) => ({ number: chain.number(ommer), beneficiary: chain.beneficiary(ommer) }));
  return payments(rewards, cell.number, chain.beneficiary(cell.header), ommers).reduce((sum, { amount }) => sum + amount, 0n);
};

/** What a chain has issued up to a cell; remembered for each cell, because properties ask after every step. */
export const issuanceBy = (chain: Pick<Chain, 'number' | 'beneficiary'>, rewards: RewardSchedule): ((cell: Cell) => bigint) => {
  const known = new WeakMap<Cell, bigint>();
  return (cell) => {
    const path: Cell[] = [];
    let at: Cell | null = cell;
    while (at !== null && !known.has(at)) {
      path.push(at);
      at = at.parent;
    }
    let sum = at === null ? 0n : (known.get(at) ?? 0n);
    for (const one of path.reverse()) {
      sum += issuedIn(chain, rewards, one);
      known.set(one, sum);
    }
    return sum;
  };
};

/** What a state holds above the allocation: equal to what was issued, or money was made or lost. */
export const heldAbove = (chain: Pick<Chain, 'allocation'>, state: State): bigint => {
  let sum = 0n;
  for (const [address, { balance }] of state) sum += balance - chain.allocation(address).balance;
  return sum;
};
