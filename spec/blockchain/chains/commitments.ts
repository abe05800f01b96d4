import { RLP } from '@ethereumjs/rlp';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Body, State, Transaction } from '../chain.ts';
import { sortedAccounts } from '../rules/ledger.ts';
import { bytesOf } from './bytes.ts';

/** The root of a trie that holds nothing: keccak of the RLP of an empty string. */
export const emptyTrieRoot = keccak_256(RLP.encode(new Uint8Array()));
/** The hash of an empty list of ommers. */
export const emptyListHash = keccak_256(RLP.encode([]));

const utf8 = new TextEncoder();
const address = (text: string): Uint8Array => (/^0x[0-9a-f]{40}$/.test(text) ? bytesOf(text) : utf8.encode(text));
/** RLP has no negative numbers; a lie that contains one still needs a hash. */
const amount = (value: bigint): bigint | Uint8Array => (value < 0n ? utf8.encode(value.toString()) : value);

const items = (transaction: Transaction): (Uint8Array | bigint | number)[] => [
  address(transaction.from),
  address(transaction.to),
  amount(transaction.amount),
  Math.max(0, transaction.nonce),
];

export const transactionDigest = (transaction: Transaction): Uint8Array => keccak_256(RLP.encode(items(transaction)));

/**
 * What stands for the transactions root of a simulated block. A real one is the root of a Merkle-Patricia trie, for which the
 * library is asynchronous, and roles are not. Without transactions both are the same: docs/decisions/0001-model-commitments.md.
 */
export const transactionsCommitment = (transactions: readonly Transaction[]): Uint8Array =>
  transactions.length === 0 ? emptyTrieRoot : keccak_256(RLP.encode(transactions.map(items)));

/** What stands for the state root of a simulated block: a hash over the allocation's and the sorted accounts that differ. */
export const stateCommitment = (allocation: Uint8Array, state: State): Uint8Array =>
  keccak_256(RLP.encode([allocation, sortedAccounts(state).map(([of, { balance, nonce }]) => [address(of), balance, nonce])]));

/** The real ommers hash, of the RLP of the list of headers; null where an ommer is no RLP. */
export const ommersHash = (ommers: Body['ommers']): Uint8Array | null => {
  if (ommers.length === 0) return emptyListHash;
  try {
    return keccak_256(RLP.encode(ommers.map((ommer) => RLP.decode(ommer as Uint8Array))));
  } catch {
    return null;
  }
};
