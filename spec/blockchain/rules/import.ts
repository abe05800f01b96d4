import type { Block, Cell, Chain, Execution, Fault, State, Undo } from '../chain.ts';

/** The cell of a block over its parent. */
export const cellOver = (chain: Pick<Chain, 'hash' | 'difficulty'>, parent: Cell, { header, body }: Block): Cell => ({
  hash: chain.hash(header),
  number: parent.number + 1,
  header,
  body,
  totalDifficulty: parent.totalDifficulty + chain.difficulty(header),
  parent,
});

/** The first rule that a block breaks before it is executed: seal, header, body, ommers. */
export const blockFault = (chain: Chain, parent: Cell, { header, body }: Block): Fault | null =>
  chain.sealFault(header) ??
  chain.headerFault(header, parent.header) ??
  (chain.bodyMatches(header, body) ? chain.ommersFault(header, body, parent) : 'body');

/** Executes a block and compares the state with what the header commits to. */
export const executeChecked = (chain: Chain, state: State, { header, body }: Block): Execution => {
  const done = chain.execute(state, header, body);
  return 'fault' in done || chain.stateMatches(header, done.state) ? done : { fault: 'state' };
};

/** How far an import came: the cells and undos of the blocks that are valid, and the fault of the first that is not. */
export type Imported = { readonly head: Cell; readonly state: State; readonly undos: readonly Undo[]; readonly fault: Fault | null };

/** Imports blocks one after the other over a head, up to the first that is invalid: the whole of what a full node checks. */
export const importBlocks = (chain: Chain, head: Cell, state: State, blocks: readonly Block[]): Imported => {
  const undos: Undo[] = [];
  for (const block of blocks) {
    const fault = blockFault(chain, head, block);
    if (fault !== null) return { head, state, undos, fault };
    const done = executeChecked(chain, state, block);
    if ('fault' in done) return { head, state, undos, fault: done.fault };
    head = cellOver(chain, head, block);
    state = done.state;
    undos.push(done.undo);
  }
  return { head, state, undos, fault: null };
};

/** The cells of a chain from genesis to this one. */
export const pathTo = (cell: Cell): readonly Cell[] => {
  const path: Cell[] = [];
  for (let at: Cell | null = cell; at !== null; at = at.parent) path.push(at);
  return path.reverse();
};

/** The state of a chain, executed anew from genesis: what incrementally kept state must equal. */
export const foldFromGenesis = (chain: Pick<Chain, 'execute'>, cell: Cell): State => {
  let state: State = new Map();
  for (const { header, body, parent } of pathTo(cell)) {
    if (parent === null) continue;
    const done = chain.execute(state, header, body);
    if ('fault' in done) return state;
    state = done.state;
  }
  return state;
};
