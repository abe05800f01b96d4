import { MerklePatriciaTrie } from '@ethereumjs/mpt';
import { RLP } from '@ethereumjs/rlp';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Account, Address } from '../chain.ts';
import { bytesOf, hexOf } from '../chains/bytes.ts';
import { emptyTrieRoot } from '../chains/commitments.ts';
import type { Allocation } from '../rules/allocation.ts';

/** The hash of no code: every account here is a person's. */
const noCode = keccak_256(new Uint8Array());

/** An account as the trie holds it. Source: yellow paper, section 4.1. */
const accountBytes = ({ nonce, balance }: Account): Uint8Array => RLP.encode([nonce, balance, emptyTrieRoot, noCode]);

/** A Merkle-Patricia trie of accounts that follows a state. The library is asynchronous: this is for verifying, never for roles. */
export class AccountTrie {
  // Without pruning, which would take twice the time; what is left behind by 8,192 blocks is 30 MB.
  private readonly trie = new MerklePatriciaTrie({ useKeyHashing: true });

  static async over(allocation: Allocation): Promise<AccountTrie> {
    const accounts = new AccountTrie();
    for (const [address, account] of allocation) await accounts.put(address, account);
    return accounts;
  }

  async put(address: Address, account: Account): Promise<void> {
    await this.trie.put(bytesOf(address), accountBytes(account));
  }

  get root(): string {
    return hexOf(this.trie.root());
  }
}
