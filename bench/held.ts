import { realChain } from '../spec/blockchain/chains/ethereum.ts';
import { type StateDigest, stateDigests } from '../spec/blockchain/chains/state-digest.ts';
import type { Hash } from '../spec/blockchain/chain.ts';
import type { Held } from '../spec/blockchain/download.ts';
import { type Era1Block, readEra1 } from '../spec/blockchain/era1/read.ts';
import { chainOf, stepsOf } from '../spec/blockchain/era1/verify-blocks.ts';
import { writeEra1 } from '../spec/blockchain/era1/write.ts';
import type { Kept } from '../spec/blockchain/peer/context.ts';

/**
 * The chain of a file with what its holders keep: every block by rule, but no trie, which takes most of the time of a whole
 * verification and has no part in a download.
 */
export const heldOf = (bytes: Uint8Array): Held => {
  const file = readEra1(bytes);
  const trusting = chainOf(file);
  const digests = stateDigests();
  const states = new Map<Hash, StateDigest>();
  let kept: Kept = { head: trusting.genesis, state: new Map(), trail: null, side: new Map() };
  for (const { cell, state, undo } of stepsOf(trusting, file)) {
    states.set(cell.hash, digests.of(state));
    if (cell.parent !== null) kept = { ...kept, head: cell, state, trail: { undo, below: kept.trail } };
  }
  return { chain: realChain((file.blocks[0] as Era1Block).header, states), kept };
};

/** The first blocks of a chain file, as a file. */
export const firstBlocks = (bytes: Uint8Array, count: number): Uint8Array => writeEra1(readEra1(bytes).blocks.slice(0, count));
