import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Account, Address, Execution, State, Undo } from '../chain.ts';
import { bigintOf } from './bytes.ts';

/**
 * A digest of a whole state that costs only what a block changed: the sum of the hashes of its accounts, modulo 2^256.
 * Source: Bellare and Micciancio, A New Paradigm for Collision-free Hashing, 1997 (AdHash). It stands for a state root that
 * was verified before, where the trie itself is asynchronous.
 */
export type StateDigest = bigint;

const modulus = 1n << 256n;
const utf8 = new TextEncoder();

const leaf = (address: Address, { balance, nonce }: Account): bigint => {
  const digest = keccak_256(utf8.encode(`${address} ${balance} ${nonce}`));
  // A leading zero is no number in RLP's sense; one bit less in 256 does not matter here.
  digest[0] = (digest[0] as number) | 0x80;
  return bigintOf(digest) as bigint;
};

export type StateDigests = {
  readonly of: (state: State) => StateDigest;
  /** Notes the digest of a state that came out of another. */
  readonly follow: (before: State, done: Execution) => Execution;
};

/** Digests of the states of one chain, remembered as long as the states live. */
export const stateDigests = (): StateDigests => {
  const known = new WeakMap<State, StateDigest>();
  // Accounts are never changed, and equal ones may be one object: remembered for each account and address.
  const leaves = new WeakMap<Account, Map<Address, bigint>>();
  const leafOf = (address: Address, account: Account): bigint => {
    const byAddress = leaves.get(account) ?? new Map<Address, bigint>();
    leaves.set(account, byAddress);
    const value = byAddress.get(address) ?? leaf(address, account);
    byAddress.set(address, value);
    return value;
  };
  const of = (state: State): StateDigest => {
    let sum = known.get(state);
    if (sum !== undefined) return sum;
    sum = 0n;
    for (const [address, account] of state) sum += leafOf(address, account);
    sum %= modulus;
    known.set(state, sum);
    return sum;
  };
  const changed = (before: State, after: State, undo: Undo): StateDigest => {
    let sum = of(before);
    for (const [address, held] of undo) {
      const now = after.get(address);
      if (held !== null) sum -= leafOf(address, held);
      if (now !== undefined) sum += leafOf(address, now);
    }
    return ((sum % modulus) + modulus) % modulus;
  };
  const follow = (before: State, done: Execution): Execution => {
    if (!('fault' in done)) known.set(done.state, changed(before, done.state, done.undo));
    return done;
  };
  return { of, follow };
};
