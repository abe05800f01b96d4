import type { Account, Address, Body, Chain, Execution, Fault, Header, State, Transaction, Undo } from '../chain.ts';
import { payments, type RewardSchedule } from './rewards.ts';

/**
 * Accounts: balances and nonces, changed by transfers and rewards. The state holds only what differs from the allocation, so
 * one set of balances has one state, whichever way it was reached; that makes unwinding comparable with folding anew.
 */

export const emptyAccount: Account = { balance: 0n, nonce: 0 };

type Reads = Pick<Chain, 'number' | 'beneficiary' | 'account' | 'transactionFault' | 'allocation'>;

/** The account of the state, else of the allocation. */
export const account = (allocation: Chain['allocation'], state: State, address: Address): Account => state.get(address) ?? allocation(address);

/** Why a transfer cannot be applied: its nonce must be the next one, and the balance must cover it. */
export const transactionFault = (chain: Pick<Chain, 'account'>, state: State, transaction: Transaction): Fault | null => {
  const { balance, nonce } = chain.account(state, transaction.from);
  if (transaction.amount < 0n) return 'amount';
  if (transaction.nonce < nonce) return 'nonce';
  if (transaction.nonce > nonce) return 'nonce gap';
  return balance < transaction.amount ? 'balance' : null;
};

/** Transactions in order, then rewards. The state that comes in is not changed. */
export const execute = (chain: Reads, rewards: RewardSchedule, before: State, header: Header, body: Body): Execution => {
  const state = new Map(before);
  const undo = new Map<Address, Account | null>();
  const set = (address: Address, next: Account): void => {
    if (!undo.has(address)) undo.set(address, state.get(address) ?? null);
    const allocated = chain.allocation(address);
    if (next.balance === allocated.balance && next.nonce === allocated.nonce) state.delete(address);
    else state.set(address, next);
  };
  const credit = (address: Address, amount: bigint): void => {
    const { balance, nonce } = chain.account(state, address);
    set(address, { balance: balance + amount, nonce });
  };
  for (const transaction of body.transactions) {
    const fault = chain.transactionFault(state, transaction);
    if (fault !== null) return { fault: `transaction ${fault}` };
    const { balance, nonce } = chain.account(state, transaction.from);
    set(transaction.from, { balance: balance - transaction.amount, nonce: nonce + 1 });
    credit(transaction.to, transaction.amount);
  }
  const ommers = body.ommers.map((ommer) => ({ number: chain.number(ommer), beneficiary: chain.beneficiary(ommer) }));
  for (const { to, amount } of payments(rewards, chain.number(header), chain.beneficiary(header), ommers)) credit(to, amount);
  return { state, undo };
};

/** Puts back what an execution changed. */
export const unwind = (after: State, undo: Undo): State => {
  const state = new Map(after);
  for (const [address, held] of undo) {
    if (held === null) state.delete(address);
    else state.set(address, held);
  }
  return state;
};

/** The transactions of a template that can be applied one after the other; the others are left out. */
export const applicable = (chain: Reads, state: State, transactions: readonly Transaction[]): readonly Transaction[] => {
  const draft = new Map(state);
  return transactions.filter((transaction) => {
    if (chain.transactionFault(draft, transaction) !== null) return false;
    const from = chain.account(draft, transaction.from);
    draft.set(transaction.from, { balance: from.balance - transaction.amount, nonce: from.nonce + 1 });
    const to = chain.account(draft, transaction.to);
    draft.set(transaction.to, { balance: to.balance + transaction.amount, nonce: to.nonce });
    return true;
  });
};

/** The accounts of a state by address, so that equal states are written alike. Compared by code unit: no locale decides. */
export const sortedAccounts = (state: State): readonly (readonly [Address, Account])[] => [...state].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
