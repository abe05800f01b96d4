import { keccak_256 } from '@noble/hashes/sha3.js';
import { expect, test, type TestContext } from 'vitest';
import { RolecallError } from '../../../model/kernel/errors.ts';
import { realData } from '../../../vitest.data.ts';
import type { Account, State } from '../chain.ts';
import { decodeHeader, encodeHeader, type HeaderFields } from '../chains/exact-header.ts';
import { executeChecked, foldFromGenesis, importBlocks } from '../rules/import.ts';
import { heldAbove } from '../rules/issuance.ts';
import { entryTypes } from './e2store.ts';
import { type Era1Block, readEra1 } from './read.ts';
import { type Progress, verifyChainFile } from './verify-chain-file.ts';
import { chainOf, verifyBlocks } from './verify-blocks.ts';
import { writeEra1 } from './write.ts';

const dataFile = (context: TestContext): Uint8Array => realData(context, 'mainnet-00000-5ec1ffb8.era1');

const errorOf = async (act: () => unknown): Promise<RolecallError> => {
  try {
    await act();
  } catch (error) {
    expect(error).toBeInstanceOf(RolecallError);
    return error as RolecallError;
  }
  throw new Error('nothing was thrown');
};

test('the first 8,192 blocks of Ethereum: everything but the seals is as the rules say', { timeout: 90_000 }, async (context) => {
  const progress: Progress[] = [];
  const { file, chain, kept, counts, statistics, states } = await verifyChainFile(dataFile(context), (one) => void progress.push(one));
  expect(counts).toEqual({ parentLinks: 8192, totalDifficulties: 8192, difficulties: 8191, ommerHashes: 8192, ommers: 1410, stateRoots: 8192 });
  expect(statistics).toMatchObject({ blocks: 8192, ommers: 1410, blocksWithOmmers: 1295, transactions: 0 });
  expect([...statistics.ommersAtDepth]).toEqual([
    [2, 1060],
    [3, 224],
    [4, 75],
    [5, 31],
    [6, 20],
  ]);
  expect(statistics.interval).toEqual({ seconds: 43_243, blocks: 8_190 }); // 5.28 s.
  expect(file.accumulator).toMatch(/^0x5ec1ffb8/);
  expect(progress.at(-1)).toEqual({ phase: 'states', done: 8192, of: 8192 });

  const { head } = kept;
  // What a joining node does: the verified states hold it to the roots.
  const imported = importBlocks(chain, chain.genesis, new Map(), file.blocks.slice(1));
  expect([imported.fault, imported.head.hash, imported.head.totalDifficulty]).toEqual([null, head.hash, 1_344_623_723_034_024n]);
  expect(heldAbove(chain, imported.state)).toBe(chain.issued(head));
  expect(states.size).toBe(8192);
  expect(kept.state).toEqual(imported.state);

  // Any other state is refused, and unwinding leads to every state that was verified.
  const miner = chain.beneficiary(head.header);
  const account = imported.state.get(miner) as Account;
  expect(chain.stateMatches(head.header, imported.state)).toBe(true);
  expect(chain.stateMatches(head.header, new Map(imported.state).set(miner, { ...account, balance: account.balance + 1n }))).toBe(false);
  let state: State = imported.state;
  let cell = imported.head;
  for (const undo of imported.undos.toReversed().slice(0, 500)) {
    state = chain.unwind(state, undo);
    cell = cell.parent as typeof cell;
    if (!chain.stateMatches(cell.header, state)) throw new Error(`block ${cell.number}`);
  }
  expect(state).toEqual(foldFromGenesis(chain, cell));

  // A block that is made on top of the file commits to its state as a simulated one does.
  const template = { parent: head, state: imported.state, timestamp: chain.timestamp(head.header) + 5, transactions: [], ommers: [] };
  const next = chain.build({ ...template, beneficiary: chain.addressOf('maya') });
  expect(executeChecked(chain, imported.state, next)).toHaveProperty('state');
  expect(executeChecked(chain, imported.state, chain.forge(next, 'state'))).toEqual({ fault: 'state' });
});

test('a byte that is flipped in a real header is found in that block', async (context) => {
  const bytes = dataFile(context);
  const { blocks } = readEra1(bytes);
  for (const number of [0, 1, 2_500, 4_096, 8_191]) {
    const { offset } = blocks[number] as Era1Block;
    const tampered = bytes.slice();
    tampered[offset + 60] = (tampered[offset + 60] as number) ^ 1;
    expect((await errorOf(() => verifyChainFile(tampered))).place).toMatch(number === 0 ? /first block$/ : new RegExp(`block ${number}$`));
  }
});

test('a file cut in the middle names the block that is cut', async (context) => {
  const bytes = dataFile(context);
  const { blocks } = readEra1(bytes);
  const middle = bytes.length >> 1;
  const cut = blocks.findLast(({ offset }) => offset <= middle);
  const error = await errorOf(() => verifyChainFile(bytes.slice(0, middle)));
  expect([error.code, error.place.split(', ')[1]]).toEqual(['ERA1_CUT', `block ${cut?.number}`]);
});

test('a wrong total difficulty and an exchange of blocks are named', async (context) => {
  const bytes = dataFile(context);
  const { blocks } = readEra1(bytes);
  const [first, second, third] = [3000, 3001, 3002].map((number) => (blocks[number] as Era1Block).offset) as [number, number, number];

  const inflated = bytes.slice();
  expect(inflated[second - 40]).toBe(entryTypes.totalDifficulty);
  inflated[second - 32] = (inflated[second - 32] as number) ^ 1;
  expect(await errorOf(() => verifyBlocks(readEra1(inflated)))).toMatchObject({ code: 'ERA1_DIFFICULTY', place: `byte ${first}, block 3000` });

  const exchanged = new Uint8Array([...bytes.slice(0, first), ...bytes.slice(second, third), ...bytes.slice(first, second), ...bytes.slice(third)]);
  expect(await errorOf(() => verifyChainFile(exchanged))).toMatchObject({ code: 'ERA1_NUMBER', place: `byte ${first}, block 3000` });
});

test('a real header that was changed and stored with checksums that fit is named', async (context) => {
  const { blocks } = readEra1(dataFile(context));
  const start = blocks.slice(0, 60);
  const changed = (at: number, change: Partial<HeaderFields>) =>
    start.map((block) =>
      block.number === at ? { ...block, header: encodeHeader({ ...(decodeHeader(block.header) as HeaderFields), ...change }) } : block,
    );
  const placeOf = async (at: number, change: Partial<HeaderFields>) => {
    const { code, place } = await errorOf(() => verifyBlocks(readEra1(writeEra1(changed(at, change)))));
    return `${code} ${place.split(', ').at(-1)}`;
  };
  expect(await placeOf(0, { extraData: new Uint8Array() })).toBe('ERA1_START block 0');
  expect(await placeOf(30, { extraData: new Uint8Array(9) })).toBe('ERA1_PARENT block 30');
  expect(await placeOf(30, { difficulty: 17n })).toBe('ERA1_RULE block 30');
  expect(await placeOf(30, { stateRoot: keccak_256(new Uint8Array()) })).toBe('ERA1_PARENT block 30');
  expect(await placeOf(59, { transactionsRoot: new Uint8Array(32) })).toBe('ERA1_BODY block 59');
  // The last block has no other to vouch for it: its state is found by the trie.
  expect(verifyBlocks(readEra1(writeEra1(changed(59, { stateRoot: new Uint8Array(32) })))).parentLinks).toBe(60);
  const error = await errorOf(() => verifyChainFile(writeEra1(changed(59, { stateRoot: new Uint8Array(32) }))));
  expect([error.code, error.place.split(', ')[1]]).toEqual(['ERA1_STATE', 'block 59']);
  // A file that begins later has no balances to begin with.
  expect((await errorOf(() => verifyChainFile(writeEra1(blocks.slice(1, 60))))).code).toBe('ERA1_START');
  expect(chainOf({ blocks, accumulator: '' }).genesis.number).toBe(0);
});
