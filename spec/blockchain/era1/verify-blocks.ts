import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Cell, Chain, Fault, Hash, State, Undo } from '../chain.ts';
import { hexOf } from '../chains/bytes.ts';
import { realChain, ethereumGenesisHash } from '../chains/ethereum.ts';
import { cellOver, executeChecked } from '../rules/import.ts';
import { era1Error } from './fault.ts';
import type { Era1, Era1Block } from './read.ts';

/** What was compared, and was as it must be. */
export type BlockCounts = {
  readonly parentLinks: number;
  readonly totalDifficulties: number;
  readonly difficulties: number;
  readonly ommerHashes: number;
  readonly ommers: number;
};

/** A state that follows from the genesis and the rewards, with what the block changed in it. */
export type Step = { readonly block: Era1Block; readonly cell: Cell; readonly state: State; readonly undo: Undo };

/**
 * Where a block does not name the one before it as its parent, one of the two was changed. If the next block still names the
 * later one, that is as it was, and its parent is not. At the end of the file there is no such witness; the error says so.
 */
const parentError = (chain: Chain, { blocks }: Era1, at: number) => {
  const [before, block, next] = [blocks[at - 1] as Era1Block, blocks[at] as Era1Block, blocks[at + 1]];
  const changed = next !== undefined && chain.parentHash(next.header) !== chain.hash(block.header) ? block : before;
  const message =
    changed === block
      ? 'it does not name the block before it as its parent'
      : `block ${block.number} names another parent${next === undefined ? '; one of the two was changed' : ''}`;
  return era1Error('ERA1_PARENT', message, { offset: changed.offset, block: changed.number });
};

const ruleError = (chain: Chain, file: Era1, at: number, fault: Fault) => {
  if (fault === 'parentHash') return parentError(chain, file, at);
  const block = file.blocks[at] as Era1Block;
  return era1Error('ERA1_RULE', `the header breaks the rule of ${fault}`, { offset: block.offset, block: block.number });
};

/** Checks the blocks of a file one by one against every rule of their chain, and yields the state after each. */
export function* stepsOf(chain: Chain, file: Era1): Generator<Step, void> {
  let cell = chain.genesis;
  let state: State = new Map();
  for (const [at, block] of file.blocks.entries()) {
    const place = { offset: block.offset, block: block.number };
    if (at === 0 && chain.hash(block.header) !== cell.hash) throw era1Error('ERA1_START', 'it is not the first block of the chain', place);
    const fault = at === 0 ? null : (chain.headerFault(block.header, cell.header) ?? chain.sealFault(block.header));
    if (fault !== null) throw ruleError(chain, file, at, fault);
    if (!chain.bodyMatches(block.header, block.body)) throw era1Error('ERA1_BODY', 'the header commits to another body', place);
    const ommersFault = at === 0 ? null : chain.ommersFault(block.header, block.body, cell);
    if (ommersFault !== null) throw era1Error('ERA1_OMMERS', `it breaks a rule of ommers: ${ommersFault}`, place);
    let undo: Undo = new Map();
    if (at > 0) {
      const done = executeChecked(chain, state, block);
      if ('fault' in done) throw era1Error('ERA1_STATE', `it cannot be executed: ${done.fault}`, place);
      cell = cellOver(chain, cell, block);
      state = done.state;
      undo = done.undo;
    }
    if (cell.totalDifficulty !== block.totalDifficulty)
      throw era1Error(
        'ERA1_DIFFICULTY',
        `the file says that the total difficulty is ${block.totalDifficulty}; the sum is ${cell.totalDifficulty}`,
        place,
      );
    yield { block, cell, state, undo };
  }
}

/** The chain of a file, which must begin at the genesis of Ethereum; its states are taken as checked apart. */
export const chainOf = ({ blocks }: Era1): Chain => {
  const genesis = blocks[0];
  if (genesis === undefined) throw era1Error('ERA1_FORMAT', 'the file holds no blocks', {});
  const place = { offset: genesis.offset, block: genesis.number };
  if (genesis.number !== 0) throw era1Error('ERA1_START', `the file begins at block ${genesis.number}`, place);
  const hashOf = (block: Era1Block): Hash => hexOf(keccak_256(block.header));
  if (hashOf(genesis) !== ethereumGenesisHash) throw era1Error('ERA1_START', `the first block is ${hashOf(genesis)}, and not Ethereum's`, place);
  return realChain(genesis.header, new Map(blocks.map((block) => [hashOf(block), null])));
};

/** Checks every block without a trie: links, difficulties, bodies, ommers, total difficulties. */
export const verifyBlocks = (file: Era1, chain: Chain = chainOf(file)): BlockCounts => {
  let [links, ommers] = [0, 0];
  for (const { block } of stepsOf(chain, file)) {
    links += 1;
    ommers += block.body.ommers.length;
  }
  return { parentLinks: links, totalDifficulties: links, difficulties: links - 1, ommerHashes: links, ommers };
};
