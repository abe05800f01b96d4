import { hexOf } from '../chains/bytes.ts';
import type { Chain, Hash, State } from '../chain.ts';
import { ethereumAllocation, realChain, type VerifiedStates } from '../chains/ethereum.ts';
import { decodeHeader } from '../chains/exact-header.ts';
import { type StateDigest, stateDigests } from '../chains/state-digest.ts';
import type { Kept } from '../peer/context.ts';
import { era1Error } from './fault.ts';
import { checkAccumulator, type Era1, type Era1Block, readEra1 } from './read.ts';
import { AccountTrie } from './state-roots.ts';
import { type ChainStatistics, statisticsOf } from './statistics.ts';
import { type BlockCounts, chainOf, stepsOf, verifyBlocks } from './verify-blocks.ts';

/** How far the verification is. */
export type Progress = { readonly phase: 'blocks' | 'allocation' | 'states'; readonly done: number; readonly of: number };

/** Called between batches; a promise that it returns is waited for, so that a terminal can be written to. */
export type OnProgress = (progress: Progress) => void | Promise<void>;

export type VerifiedChainFile = {
  readonly file: Era1;
  /** The chain over the file's genesis; `stateMatches` compares with the states that were verified. */
  readonly chain: Chain;
  /** What a peer keeps that has imported the whole file. */
  readonly kept: Kept;
  readonly counts: BlockCounts & { readonly stateRoots: number };
  readonly statistics: ChainStatistics;
  readonly states: VerifiedStates;
};

const batch = 256;

const stateRootOf = (block: Era1Block): string => hexOf((decodeHeader(block.header) as { readonly stateRoot: Uint8Array }).stateRoot);

/** Verifies the state root of every block: those that follow from the genesis allocation and the rewards. */
const verifyStates = async (file: Era1, chain: Chain, onProgress: OnProgress) => {
  const digests = stateDigests();
  const states = new Map<Hash, StateDigest>();
  const allocation = ethereumAllocation();
  await onProgress({ phase: 'allocation', done: 0, of: allocation.size });
  const trie = await AccountTrie.over(allocation);
  let kept: Kept = { head: chain.genesis, state: new Map() as State, trail: null, side: new Map() };
  for (const { block, cell, state, undo } of stepsOf(chain, file)) {
    for (const address of undo.keys()) await trie.put(address, chain.account(state, address));
    const wanted = stateRootOf(block);
    if (trie.root !== wanted)
      throw era1Error('ERA1_STATE', `the header commits to the state ${wanted}; the rewards lead to ${trie.root}`, {
        offset: block.offset,
        block: block.number,
      });
    states.set(cell.hash, digests.of(state));
    if (cell.parent !== null) kept = { ...kept, head: cell, state, trail: { undo, below: kept.trail } };
    if (states.size % batch === 0) await onProgress({ phase: 'states', done: states.size, of: file.blocks.length });
  }
  return { states, kept };
};

/**
 * Reads a chain file and verifies everything but the proofs of work, which would need ethash: the file's own checksums,
 * links, difficulties, bodies, ommers, total difficulties, the accumulator, and every state root.
 */
export const verifyChainFile = async (bytes: Uint8Array, onProgress: OnProgress = () => {}): Promise<VerifiedChainFile> => {
  const file = readEra1(bytes);
  const trusting = chainOf(file);
  await onProgress({ phase: 'blocks', done: 0, of: file.blocks.length });
  const counts = verifyBlocks(file, trusting);
  await onProgress({ phase: 'blocks', done: file.blocks.length, of: file.blocks.length });
  const { states, kept } = await verifyStates(file, trusting, onProgress);
  checkAccumulator(file); // Last: a fault that can be pinned to a block is pinned there.
  const chain = realChain((file.blocks[0] as Era1Block).header, states);
  return { file, chain, kept, counts: { ...counts, stateRoots: states.size }, statistics: statisticsOf(file.blocks), states };
};
