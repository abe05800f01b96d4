import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lies, type Address, type Block, type Cell, type Chain, type Header, type State, type Transaction, type Undo } from '../chain.ts';
import { allocate } from '../rules/allocation.ts';
import { classicDifficulty, difficultyBy, minimumDifficulty } from '../rules/difficulty.ts';
import { cellOver, executeChecked, foldFromGenesis, importBlocks, pathTo } from '../rules/import.ts';
import { heldAbove } from '../rules/issuance.ts';
import { eligibleOmmers } from '../rules/ommers.ts';
import { abstractChain } from './abstract.ts';
import { exactAddress, exactChain } from './exact.ts';

// Forks and eras come every few blocks, so that small trees cross them.
const schedule = { ...classicDifficulty, homestead: 4n, atlantis: 7n };
const rewards = { base: 320n, eraBlocks: 3 };
const balances = { alice: 10n, bob: 10n };
const instances = {
  abstract: abstractChain({
    rewards,
    difficulty: difficultyBy(schedule),
    genesisDifficulty: minimumDifficulty,
    allocation: allocate((name) => name, balances),
  }),
  exact: exactChain({ rewards, difficulty: schedule, allocation: allocate(exactAddress, balances) }),
};
const names = ['alice', 'bob', 'maya', 'nobody'];

const name = fc.constantFrom(...names);
const step = fc.record({
  /** Counted back from the newest block. */
  parent: fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, fc.nat(12)),
  beneficiary: name,
  seconds: fc.integer({ min: 0, max: 40 }),
  transfers: fc.array(fc.record({ from: name, to: name, amount: fc.bigInt({ min: 0n, max: 15n }), skip: fc.constantFrom(0, 0, 0, 1) }), {
    maxLength: 3,
  }),
  ommers: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('eligible' as const, 'twice' as const) }, fc.array(fc.nat(30), { maxLength: 3 })),
  lie: fc.option(fc.constantFrom(...lies), { freq: 4 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

type Grown = { readonly cells: Cell[]; readonly states: State[]; readonly undos: (Undo | null)[]; readonly outcomes: string[] };

/** Makes a tree of blocks by the steps, and says of each block what became of it. */
const grow = (chain: Chain, steps: readonly Step[]): Grown => {
  const grown: Grown = { cells: [chain.genesis], states: [new Map()], undos: [null], outcomes: [] };
  for (const { parent: at, beneficiary, seconds, transfers, ommers, lie } of steps) {
    const index = grown.cells.length - 1 - (at % grown.cells.length);
    const parent = grown.cells[index] as Cell;
    const state = grown.states[index] as State;
    const transactions = transfers.map(({ from, to, amount, skip }): Transaction => {
      const sender = chain.addressOf(from);
      return { from: sender, to: chain.addressOf(to), amount, nonce: chain.account(state, sender).nonce + skip };
    });
    const known = grown.cells.slice(1).map((cell) => cell.header);
    const eligible = eligibleOmmers(chain, known, parent);
    const drawn = (picks: readonly number[]): Header[] =>
      picks.flatMap((pick): Header[] => (known.length === 0 ? [] : [known[pick % known.length] as Header]));
    const chosen = ommers === 'eligible' ? eligible : ommers === 'twice' ? [...eligible.slice(0, 1), ...eligible.slice(0, 1)] : drawn(ommers);
    const honest = chain.build({
      parent,
      state,
      timestamp: chain.timestamp(parent.header) + seconds,
      beneficiary: chain.addressOf(beneficiary),
      transactions,
      ommers: chosen,
    });
    const block: Block = lie === null ? honest : chain.forge(honest, lie);
    const imported = importBlocks(chain, parent, state, [block]);
    grown.outcomes.push(imported.fault ?? `${block.body.transactions.length} transactions`);
    if (imported.fault !== null) continue;
    grown.cells.push(imported.head);
    grown.states.push(imported.state);
    grown.undos.push(imported.undos[0] ?? null);
  }
  return grown;
};

const steps = fc.array(step, { maxLength: 24 });
const balanceSheet = (chain: Chain, state: State): readonly string[] =>
  names.map((who) => {
    const { balance, nonce } = chain.account(state, chain.addressOf(who));
    return `${who} ${balance} ${nonce}`;
  });

test('abstract and exact accept and refuse the same blocks, for the same reasons, and reach the same balances', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(steps, (script) => {
      const [small, large] = [grow(instances.abstract, script), grow(instances.exact, script)];
      expect(small.outcomes).toEqual(large.outcomes);
      for (const outcome of small.outcomes) seen.add(outcome);
      expect(small.cells.map((cell) => cell.totalDifficulty)).toEqual(large.cells.map((cell) => cell.totalDifficulty));
      expect(small.states.map((state) => balanceSheet(instances.abstract, state))).toEqual(
        large.states.map((state) => balanceSheet(instances.exact, state)),
      );
    }),
    { numRuns: 150, seed: 1 },
  );
  // The comparison means something only if each kind of refusal was met.
  for (const outcome of [...lies, 'ommer twice', 'ommer is an ancestor', 'ommer is not kin', 'too many ommers', '2 transactions'])
    expect(seen).toContain(outcome);
});

test.each(Object.entries(instances))(
  '%s: a state that is kept and unwound along any walk over the tree equals the fold from genesis',
  (_name, chain) => {
    fc.assert(
      fc.property(steps, fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }), (script, walk) => {
        const { cells, undos } = grow(chain, script);
        let head = chain.genesis;
        let state: State = new Map();
        for (const next of walk) {
          const target = cells[next % cells.length] as Cell;
          const targetPath = pathTo(target);
          // Reorganise as a peer does: unwind to the common ancestor, then execute the other branch.
          while (!targetPath.includes(head)) {
            state = chain.unwind(state, undos[cells.indexOf(head)] as Undo);
            head = head.parent as Cell;
          }
          for (const cell of targetPath.slice(targetPath.indexOf(head) + 1)) {
            const done = executeChecked(chain, state, cell);
            if ('fault' in done) throw new Error(done.fault);
            state = done.state;
            head = cell;
          }
          expect(state).toEqual(foldFromGenesis(chain, head));
          expect(heldAbove(chain, state)).toBe(chain.issued(head));
        }
      }),
      { numRuns: 100, seed: 2 },
    );
  },
);

test.each(Object.entries(instances))('%s: a header that is nonsense is refused and throws nowhere', (_name, chain) => {
  const genesis = chain.genesis.header;
  for (const header of [new Uint8Array(), new Uint8Array([0xc0]), new Uint8Array(600).fill(0xff), new Uint8Array([0xf8]), {}, { weight: 'heavy' }]) {
    expect(chain.headerFault(header, genesis)).toBe('encoding');
    expect([chain.number(header), chain.difficulty(header)]).toEqual([0, 0n]);
    const block = { header, body: { transactions: [], ommers: [header] } };
    expect(importBlocks(chain, chain.genesis, new Map(), [block]).fault).not.toBeNull();
    expect(typeof chain.hash(header) + chain.parentHash(header) + chain.beneficiary(header)).toContain('string');
    expect(chain.bodyMatches(genesis, block.body)).toBe(false);
  }
});

test.each(Object.entries(instances))('%s: each address and hash is one text, and a cell says what its header says', (_name, chain) => {
  const block: Block = chain.build({
    parent: chain.genesis,
    state: new Map(),
    timestamp: 9,
    beneficiary: chain.addressOf('maya'),
    transactions: [],
    ommers: [],
  });
  const cell = cellOver(chain, chain.genesis, block);
  const who: Address = chain.beneficiary(cell.header);
  expect(who).toBe(chain.addressOf('maya'));
  expect([cell.number, chain.number(cell.header), chain.timestamp(cell.header)]).toEqual([1, 1, 9]);
  expect(chain.parentHash(cell.header)).toBe(chain.genesis.hash);
});
