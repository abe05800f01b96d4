import type { Account, Address, Chain } from '../chain.ts';
import { emptyAccount } from './ledger.ts';

/** What addresses hold at genesis. */
export type Allocation = ReadonlyMap<Address, Account>;

export const allocationFrom =
  (allocated: Allocation): Chain['allocation'] =>
  (address) =>
    allocated.get(address) ?? emptyAccount;

/** An allocation of balances by name. */
export const allocate = (addressOf: (name: string) => Address, balances: Readonly<Record<string, bigint>>): Allocation =>
  new Map(Object.entries(balances).map(([name, balance]) => [addressOf(name), { balance, nonce: 0 }]));
