import type { Block, Cell, Fault, Hash, State, Transaction } from '../chain.ts';
import type { BlockchainDomain } from '../domain.ts';
import { blockFault, cellOver, executeChecked } from '../rules/import.ts';
import type { Kept, Trail } from './context.ts';

/**
 * The chain that a peer keeps. The state is kept incrementally: a reorganisation unwinds it to the fork with the undo
 * records, and executes the other branch from there. Sources: yellow paper section 4 and 6; Core Geth, core/blockchain.go, reorg.
 */

export const keptFromGenesis = (domain: BlockchainDomain): Kept => ({ head: domain.genesis, state: new Map(), trail: null, side: new Map() });

/** The ancestor of a cell, or the cell itself, at a height. */
export const ancestorAt = (cell: Cell, number: number): Cell | null => {
  let at: Cell | null = cell;
  while (at !== null && at.number > number) at = at.parent;
  return at !== null && at.number === number ? at : null;
};

/** The kept block with this hash at this height, on the chain or beside it. */
export const findAt = (kept: Kept, hash: Hash, number: number): Cell | null => {
  const beside = kept.side.get(hash);
  if (beside !== undefined) return beside;
  const cell = ancestorAt(kept.head, number);
  return cell !== null && cell.hash === hash ? cell : null;
};

/** Above this height the blocks of a chain are looked up, because a request for bodies names hundreds of hashes. */
const indexedAbove = 256;
const indexes = new WeakMap<Cell, ReadonlyMap<Hash, Cell>>();

/** The blocks of a chain by hash, remembered for its head. */
const indexOf = (head: Cell): ReadonlyMap<Hash, Cell> => {
  const known = indexes.get(head);
  if (known !== undefined) return known;
  const index = new Map<Hash, Cell>();
  for (let at: Cell | null = head; at !== null; at = at.parent) index.set(at.hash, at);
  indexes.set(head, index);
  return index;
};

/** The kept block with this hash. */
export const find = (kept: Kept, hash: Hash): Cell | null => {
  const beside = kept.side.get(hash);
  if (beside !== undefined) return beside;
  if (kept.head.number > indexedAbove) return indexOf(kept.head).get(hash) ?? null;
  let at: Cell | null = kept.head;
  while (at !== null && at.hash !== hash) at = at.parent;
  return at;
};

/** The last block that two chains share. */
export const forkOf = (a: Cell, b: Cell): Cell => {
  let [left, right]: [Cell, Cell] = [a, b];
  while (left.hash !== right.hash) {
    const higher = left.number >= right.number ? left : right;
    if (higher.parent === null) return higher; // Both end in genesis, so this is not reached with chains of one genesis.
    if (higher === left) left = higher.parent;
    else right = higher.parent;
  }
  return left;
};

/** The cells above an ancestor, the lowest first. */
export const branchAbove = (cell: Cell, ancestor: Cell): readonly Cell[] => {
  const cells: Cell[] = [];
  for (let at: Cell | null = cell; at !== null && at.number > ancestor.number; at = at.parent) cells.push(at);
  return cells.reverse();
};

type Standing = { readonly cell: Cell; readonly state: State; readonly trail: Trail | null };

/** The state after a kept block: unwound from the head to the fork, then executed along the branch. */
export const standAt = (domain: BlockchainDomain, kept: Kept, cell: Cell): Standing => {
  const fork = forkOf(kept.head, cell);
  let { state, trail } = kept;
  for (let at: Cell = kept.head; at.number > fork.number && at.parent !== null && trail !== null; at = at.parent) {
    state = domain.unwind(state, trail.undo);
    trail = trail.below;
  }
  for (const { header, body } of branchAbove(cell, fork)) {
    const done = domain.execute(state, header, body);
    if ('fault' in done) break; // Every kept block was executed once, so it can be executed again.
    state = done.state;
    trail = { undo: done.undo, below: trail };
  }
  return { cell, state, trail };
};

export type Imported = {
  readonly kept: Kept;
  readonly became: 'head' | 'side' | 'refused';
  /** What is wrong with the first block that was refused. */
  readonly fault: Fault | null;
  /** The blocks that are valid, and the first that is not. */
  readonly cells: readonly Cell[];
  readonly refused: Block | null;
};

/** Valid blocks beside the chain: the highest ones, in a bounded number, by height and hash. */
const besides = (domain: BlockchainDomain, head: Cell, cells: readonly Cell[]): ReadonlyMap<Hash, Cell> => {
  const near = cells.filter((cell) => cell.number + domain.limits.sideDepth >= head.number && ancestorAt(head, cell.number)?.hash !== cell.hash);
  near.sort((a, b) => b.number - a.number || (a.hash < b.hash ? -1 : 1));
  return new Map(near.slice(0, domain.limits.side).map((cell) => [cell.hash, cell]));
};

/**
 * Imports blocks that follow one another over a kept parent: every rule of header, seal, body, ommers, execution and state
 * commitment for each. The chain moves to the last valid one if the fork choice prefers it; otherwise they are kept beside.
 */
export const importOver = (domain: BlockchainDomain, kept: Kept, parent: Cell, blocks: readonly Block[], claimed: bigint | null): Imported => {
  let at = standAt(domain, kept, parent);
  const cells: Cell[] = [];
  let fault: Fault | null = null;
  let refused: Block | null = null;
  for (const block of blocks) {
    fault = blockFault(domain, at.cell, block);
    const done = fault === null ? executeChecked(domain, at.state, block) : { fault };
    if ('fault' in done) {
      [fault, refused] = [done.fault, block];
      break;
    }
    const cell: Cell = { ...cellOver(domain, at.cell, block), totalDifficulty: domain.totalDifficulty(at.cell, block.header, claimed) };
    cells.push(cell);
    at = { cell, state: done.state, trail: { undo: done.undo, below: at.trail } };
  }
  if (cells.length === 0) return { kept, became: 'refused', fault, cells, refused };
  const moves = domain.prefers(at.cell, kept.head);
  const head = moves ? at.cell : kept.head;
  const left = moves ? branchAbove(kept.head, forkOf(kept.head, at.cell)) : [];
  const side = besides(domain, head, [...kept.side.values(), ...cells, ...left]);
  return {
    kept: moves ? { head, state: at.state, trail: at.trail, side } : { ...kept, side },
    became: moves ? 'head' : 'side',
    fault,
    cells,
    refused,
  };
};

/** The transactions of blocks that a peer has left: they are pending again. */
export const returned = (before: Cell, after: Cell): readonly Transaction[] =>
  branchAbove(before, forkOf(before, after)).flatMap((cell) => cell.body.transactions);
