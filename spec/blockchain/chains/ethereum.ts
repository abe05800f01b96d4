import { getGenesis } from '@ethereumjs/genesis';
import { invariant } from '../../../model/kernel/errors.ts';
import type { Chain, Hash } from '../chain.ts';
import type { Allocation } from '../rules/allocation.ts';
import { execute } from '../rules/ledger.ts';
import { classicRewards } from '../rules/rewards.ts';
import { exactChain } from './exact.ts';
import { type StateDigest, stateDigests } from './state-digest.ts';

/** The genesis block that Ethereum and Ethereum Classic share. Source: ECIP-1066. */
export const ethereumGenesisHash: Hash = '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3';

/** What the 8,893 buyers of ether held at genesis. */
export const ethereumAllocation = (): Allocation => {
  const balances = Object.entries(getGenesis(1) ?? {});
  return new Map(
    balances.map(([address, balance]) => {
      invariant(typeof balance === 'string', 'the genesis of Ethereum holds balances and nothing else');
      return [address.toLowerCase(), { balance: BigInt(balance), nonce: 0 }];
    }),
  );
};

/**
 * The state after each block, by hash, as it was verified against the state roots; null where it has not been, and
 * `stateMatches` then trusts the block: the roots are checked apart, before or never.
 */
export type VerifiedStates = ReadonlyMap<Hash, StateDigest | null>;

/**
 * The exact chain over the real genesis. Its seals are real and are not checked. Blocks of the file are compared with the
 * verified states; a block that was made on top of them commits to its state as simulated ones do.
 */
export const realChain = (genesis: Uint8Array, states: VerifiedStates = new Map()): Chain => {
  const digests = stateDigests();
  return exactChain(
    {
      seal: 'unchecked',
      genesis,
      allocation: ethereumAllocation(),
      stateMatches: (_header, hash, state) => {
        const verified = states.get(hash);
        if (verified === undefined) return null;
        return verified === null || verified === digests.of(state);
      },
    },
    (chain) => ({ execute: (state, header, body) => digests.follow(state, execute(chain, classicRewards, state, header, body)) }),
  );
};
