import type { Body, Cell, Chain, Fault, Hash, Header } from '../chain.ts';

/** At most two ommers a block; an ommer's parent is an ancestor of the block at depth 7 at most. Source: yellow paper 11.1. */
export const maxOmmers = 2;
export const maxOmmerDepth = 7;

type Reads = Pick<Chain, 'hash' | 'parentHash' | 'headerFault' | 'sealFault'>;

/** The nearest ancestors, the parent first: depth 1 to 7. */
export const kin = (parent: Cell): readonly Cell[] => {
  const cells: Cell[] = [];
  for (let cell: Cell | null = parent; cell !== null && cells.length < maxOmmerDepth; cell = cell.parent) cells.push(cell);
  return cells;
};

/**
 * The first ommer rule that a block breaks. An ommer is a valid header whose parent is an ancestor, but not the block's own
 * parent (such a header is a sibling, and not yet one generation old), and that neither is an ancestor nor was included before.
 */
export const ommersFault = (chain: Reads, body: Body, parent: Cell): Fault | null => {
  if (body.ommers.length === 0) return null;
  if (body.ommers.length > maxOmmers) return 'too many ommers';
  const ancestors = kin(parent);
  const byHash = new Map<Hash, Header>(ancestors.map((cell) => [cell.hash, cell.header]));
  const included = new Set<Hash>(ancestors.flatMap((cell) => cell.body.ommers.map(chain.hash)));
  for (const ommer of body.ommers) {
    const hash = chain.hash(ommer);
    if (included.has(hash)) return 'ommer twice';
    included.add(hash);
    if (byHash.has(hash)) return 'ommer is an ancestor';
    const parentHash = chain.parentHash(ommer);
    const ommerParent = byHash.get(parentHash);
    if (ommerParent === undefined || parentHash === parent.hash) return 'ommer is not kin';
    const fault = chain.sealFault(ommer) ?? chain.headerFault(ommer, ommerParent);
    if (fault !== null) return `ommer ${fault}`;
  }
  return null;
};

/** Which of the known headers a miner may include in a block over this parent, in the order given. */
export const eligibleOmmers = (chain: Reads, known: readonly Header[], parent: Cell): readonly Header[] => {
  const chosen: Header[] = [];
  for (const header of known) {
    if (chosen.length === maxOmmers) break;
    if (ommersFault(chain, { transactions: [], ommers: [...chosen, header] }, parent) === null) chosen.push(header);
  }
  return chosen;
};
