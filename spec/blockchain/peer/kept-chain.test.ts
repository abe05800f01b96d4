import { describe, expect, it } from 'vitest';
import type { Block, Cell, Chain } from '../chain.ts';
import { abstractChain } from '../chains/abstract.ts';
import { exactChain } from '../chains/exact.ts';
import { over } from '../domain.ts';
import { foldFromGenesis } from '../rules/import.ts';
import type { Kept } from './context.ts';
import { ancestorAt, branchAbove, find, findAt, forkOf, importOver, keptFromGenesis, returned, standAt } from './kept-chain.ts';

const blockOver = (
  chain: Chain,
  kept: Kept,
  parent: Cell,
  miner: string,
  timestamp: number,
  transactions: Block['body']['transactions'] = [],
): Block => {
  const { state } = standAt(over(chain), kept, parent);
  return chain.build({ parent, state, timestamp, beneficiary: chain.addressOf(miner), transactions, ommers: [] });
};

describe.each([
  ['abstract', abstractChain()],
  ['exact', exactChain()],
])('a kept chain over the %s algebra', (_, chain) => {
  const domain = over(chain);
  const genesis = keptFromGenesis(domain);
  const extend = (kept: Kept, parent: Cell, miner: string, timestamp: number, transactions: Block['body']['transactions'] = []) =>
    importOver(domain, kept, parent, [blockOver(chain, kept, parent, miner, timestamp, transactions)], null);
  const payment = { from: chain.addressOf('alice'), to: chain.addressOf('bob'), amount: 3n, nonce: 0 };

  it('moves to a heavier block, and keeps one that is no heavier beside', () => {
    const first = extend(genesis, domain.genesis, 'ann', 1);
    expect(first.became).toBe('head');
    const second = extend(first.kept, domain.genesis, 'ben', 1);
    expect(second.became).toBe('side');
    expect(second.kept.head.hash).toBe(first.kept.head.hash);
    expect(second.kept.side.size).toBe(1);
  });

  it('has, after a reorganisation, the state of the new branch executed from genesis', () => {
    const ann = extend(genesis, domain.genesis, 'ann', 1, [payment]).kept;
    const one = extend(ann, domain.genesis, 'ben', 1).kept;
    const [ben] = [...one.side.values()];
    const moved = extend(one, ben as Cell, 'ben', 2);
    expect(moved.became).toBe('head');
    expect(moved.kept.head.number).toBe(2);
    expect(moved.kept.state).toEqual(foldFromGenesis(chain, moved.kept.head));
    expect(moved.kept.side.has(ann.head.hash)).toBe(true);
    expect(returned(ann.head, moved.kept.head)).toEqual([payment]);
  });

  it('keeps the way back to genesis', () => {
    let kept = genesis;
    for (const at of [1, 40, 50]) kept = extend(kept, kept.head, 'ann', at).kept;
    let { state } = kept;
    let depth = 0;
    for (let trail = kept.trail; trail !== null; trail = trail.below, depth++) state = chain.unwind(state, trail.undo);
    expect(depth).toBe(3);
    expect(state).toEqual(new Map());
  });

  it.each(['seal', 'timestamp', 'difficulty', 'state', 'body'] as const)('refuses a block with a lie about its %s', (lie) => {
    const kept = extend(genesis, domain.genesis, 'ann', 1).kept;
    const forged = chain.forge(blockOver(chain, kept, kept.head, 'ann', 2), lie);
    const done = importOver(domain, kept, kept.head, [forged], null);
    expect(done.became).toBe('refused');
    expect(done.fault).not.toBeNull();
    expect(done.kept).toBe(kept);
  });

  it('takes of a batch what stands before the first invalid block', () => {
    const first = blockOver(chain, genesis, domain.genesis, 'ann', 1);
    const after = importOver(domain, genesis, domain.genesis, [first], null).kept;
    const second = chain.forge(blockOver(chain, after, after.head, 'ann', 2), 'state');
    const done = importOver(domain, genesis, domain.genesis, [first, second], null);
    expect(done.cells.map((cell) => cell.number)).toEqual([1]);
    expect(done.refused).toBe(second);
    expect(done.kept.head.number).toBe(1);
  });

  it('finds blocks by height and hash', () => {
    const one = extend(genesis, domain.genesis, 'ann', 1).kept;
    const two = extend(one, one.head, 'ann', 2).kept;
    expect(findAt(two, one.head.hash, 1)).toBe(one.head);
    expect(findAt(two, one.head.hash, 2)).toBeNull();
    expect(find(two, domain.genesis.hash)).toBe(domain.genesis);
    expect(find(two, 'nothing')).toBeNull();
    expect(ancestorAt(two.head, 9)).toBeNull();
    expect(forkOf(one.head, two.head)).toBe(one.head);
    expect(branchAbove(two.head, domain.genesis).map((cell) => cell.number)).toEqual([1, 2]);
  });
});
