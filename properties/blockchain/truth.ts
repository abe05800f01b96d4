import type { Cell, Chain, Hash, Header, State } from '../../spec/blockchain/chain.ts';
import type { PeerContext } from '../../spec/blockchain/peer/context.ts';
import { abstract, exact } from '../../spec/blockchain/protocol.ts';
import { executeChecked, blockFault } from '../../spec/blockchain/rules/import.ts';

/**
 * What is true of blocks, whatever a peer believes: judged by the chain itself, of which no mutant replaced a function.
 * Everything is remembered for each cell, because properties ask after every step.
 */

/** The instance that a header belongs to: exact headers are bytes. */
export const chainFor = (header: Header): Chain => (header instanceof Uint8Array ? exact : abstract);

export const chainOf = (cell: Cell): Chain => chainFor(cell.header);

type Truth = { readonly valid: boolean; readonly why: string; readonly state: State };

const known = new WeakMap<Cell, Truth>();

const judged = (cell: Cell): Truth => {
  const chain = chainOf(cell);
  const { parent } = cell;
  if (parent === null) return { valid: cell.hash === chain.genesis.hash, why: 'genesis', state: new Map() };
  const before = truthOf(parent);
  if (!before.valid) return { ...before, why: before.why };
  const refused = (why: string): Truth => ({ valid: false, why, state: before.state });
  const fault = blockFault(chain, parent, cell);
  if (fault !== null) return refused(fault);
  const done = executeChecked(chain, before.state, cell);
  if ('fault' in done) return refused(done.fault);
  if (cell.hash !== chain.hash(cell.header)) return refused('hash');
  if (cell.totalDifficulty !== parent.totalDifficulty + chain.difficulty(cell.header)) return refused('total difficulty');
  return { valid: true, why: '', state: done.state };
};

/** Whether a cell and all before it are valid, and the state after it, executed from genesis. */
export const truthOf = (cell: Cell): Truth => {
  const path: Cell[] = [];
  for (let at: Cell | null = cell; at !== null && !known.has(at); at = at.parent) path.push(at);
  for (const one of path.reverse()) known.set(one, judged(one));
  return known.get(cell) as Truth;
};

export const isValid = (cell: Cell): boolean => truthOf(cell).valid;

/** Whether two states hold the same. */
export const sameState = (a: State, b: State): boolean =>
  a.size === b.size &&
  [...a].every(([address, account]) => {
    const other = b.get(address);
    return other !== undefined && other.balance === account.balance && other.nonce === account.nonce;
  });

/** The cells of a chain, the head's first. */
export const chainFrom = (head: Cell): readonly Cell[] => {
  const cells: Cell[] = [];
  for (let at: Cell | null = head; at !== null; at = at.parent) cells.push(at);
  return cells;
};

/** Every cell that a peer keeps, on its chain and beside it. */
export const cellsOf = ({ kept }: Pick<PeerContext, 'kept'>): readonly Cell[] => [...chainFrom(kept.head), ...kept.side.values()];

/** Whether a peer keeps a block. */
export const keeps = (context: PeerContext, hash: Hash): boolean => cellsOf(context).some((cell) => cell.hash === hash);
