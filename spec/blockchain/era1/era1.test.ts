import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RolecallError } from '../../../model/kernel/errors.ts';
import type { Header, State } from '../chain.ts';
import { decodeHeader, encodeHeader, type HeaderFields } from '../chains/exact-header.ts';
import { exactAddress, exactChain } from '../chains/exact.ts';
import { importBlocks, pathTo } from '../rules/import.ts';
import { eligibleOmmers } from '../rules/ommers.ts';
import { checkAccumulator, type Era1, readEra1 } from './read.ts';
import { verifyBlocks } from './verify-blocks.ts';
import { entryTypes } from './e2store.ts';
import { entry, frame, framed, type Writable, writeEra1 } from './write.ts';
import { identifier } from './snappy-frames.ts';

/** A small chain with ommers, made by the exact instance: what a reader must refuse does not depend on real data. */
const chain = exactChain({ seal: 'unchecked' });
const made = ((): readonly Writable[] => {
  let head = chain.genesis;
  let state: State = new Map();
  const siblings: Header[] = [];
  for (let at = 1; at <= 11; at++) {
    const over = { parent: head, state, timestamp: 11 * at, transactions: [] };
    siblings.push(chain.build({ ...over, beneficiary: exactAddress('sibling'), ommers: [] }).header);
    const ommers = at % 3 === 0 ? eligibleOmmers(chain, siblings, head) : [];
    const imported = importBlocks(chain, head, state, [chain.build({ ...over, beneficiary: exactAddress('maya'), ommers })]);
    if (imported.fault !== null) throw new Error(imported.fault);
    ({ head, state } = imported);
  }
  return pathTo(head).map(({ number, header, body, totalDifficulty }) => ({ number, header: header as Uint8Array, body, totalDifficulty }));
})();

const verify = (bytes: Uint8Array): Era1 => {
  const file = readEra1(bytes);
  verifyBlocks(file, chain);
  checkAccumulator(file);
  return file;
};

const errorOf = (act: () => unknown): RolecallError => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(RolecallError);
    return error as RolecallError;
  }
  throw new Error('nothing was thrown');
};

const whole = writeEra1(made);
const { blocks } = readEra1(whole);
const blockAt = (offset: number): number | null => {
  const end = whole.length - (8 + 32) - (8 + 16 + 8 * blocks.length);
  return offset < 8 || offset >= end ? null : (blocks.findLast((block) => block.offset <= offset)?.number ?? null);
};

test('what is written is read again, and the rules find nothing wrong', () => {
  expect(verify(whole).blocks.map(({ number, header, body, totalDifficulty }) => ({ number, header, body, totalDifficulty }))).toEqual(made);
  expect(verifyBlocks(readEra1(whole), chain)).toEqual({ parentLinks: 12, totalDifficulties: 12, difficulties: 11, ommerHashes: 12, ommers: 6 });
});

test('a file that is cut anywhere is refused, and the error names the block that is cut', () => {
  for (let length = 0; length < whole.length; length += 3) {
    const error = errorOf(() => verify(whole.slice(0, length)));
    expect(error.code).toBe('ERA1_CUT');
    const block = blockAt(length);
    if (block !== null && length > (blocks[block]?.offset ?? 0))
      expect(error.place).toMatch(block === 0 ? /(block 0|first block)$/ : new RegExp(`block ${block}$`));
  }
});

test('one byte that is changed is found, in the block that it belongs to', () => {
  for (let offset = 0; offset < whole.length; offset += 5) {
    const bytes = whole.slice();
    bytes[offset] = (bytes[offset] as number) ^ (1 << (offset % 8));
    let file: Era1 | null = null;
    try {
      file = verify(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(RolecallError);
      const block = blockAt(offset);
      if (block !== null) expect((error as RolecallError).place).toMatch(block === 0 ? /(block 0|first block)$/ : new RegExp(`block ${block}$`));
      continue;
    }
    // Compression has many texts for one content (a run of zeros can be copied from several places), so nothing was changed.
    expect(file.blocks.map(({ header, body, totalDifficulty }) => ({ header, body, totalDifficulty }))).toEqual(
      blocks.map(({ header, body, totalDifficulty }) => ({ header, body, totalDifficulty })),
    );
  }
});

const changes: { readonly [field: string]: (fields: HeaderFields) => Partial<HeaderFields> } = {
  parentHash: () => ({ parentHash: new Uint8Array(32) }),
  ommersHash: () => ({ ommersHash: new Uint8Array(32) }),
  beneficiary: () => ({ beneficiary: new Uint8Array(20) }),
  stateRoot: () => ({ stateRoot: new Uint8Array(32) }),
  transactionsRoot: () => ({ transactionsRoot: new Uint8Array(32) }),
  receiptsRoot: () => ({ receiptsRoot: new Uint8Array(32) }),
  logsBloom: () => ({ logsBloom: new Uint8Array(256).fill(1) }),
  difficulty: ({ difficulty }) => ({ difficulty: difficulty + 1n }),
  number: ({ number }) => ({ number: number + 1 }),
  gasLimit: ({ gasLimit }) => ({ gasLimit: gasLimit + 1 }),
  gasUsed: ({ gasUsed }) => ({ gasUsed: gasUsed + 1 }),
  timestamp: ({ timestamp }) => ({ timestamp: timestamp + 1 }),
  extraData: () => ({ extraData: new Uint8Array([1]) }),
  mixHash: () => ({ mixHash: new Uint8Array(32) }),
  nonce: () => ({ nonce: new Uint8Array(8).fill(1) }),
};

test.each(Object.keys(changes))('a header whose %s was changed, with checksums that fit, is named', (field) => {
  for (const at of [1, 5, 10, 11]) {
    const wrong = made.map((block, index): Writable => {
      const fields = decodeHeader(block.header) as HeaderFields;
      return index === at ? { ...block, header: encodeHeader({ ...fields, ...changes[field]?.(fields) }) } : block;
    });
    // The accumulator is that of the honest file: nothing else vouches for the last block.
    const error = errorOf(() => verify(writeEra1(wrong, readAccumulator(whole))));
    if (error.code === 'ERA1_ACCUMULATOR') expect(at).toBe(11);
    else expect(`${error.place}: ${error.message}`).toMatch(at === 11 ? /block 11\b/ : new RegExp(`block ${at}:`));
  }
});

const readAccumulator = (bytes: Uint8Array): Uint8Array => {
  const index = 8 + 16 + 8 * blocks.length;
  return bytes.slice(bytes.length - index - 32, bytes.length - index);
};

test('bodies, total difficulties, order and gaps', () => {
  const replaced = (at: number, change: (block: Writable) => Partial<Writable>): Uint8Array =>
    writeEra1(made.map((block, index) => (index === at ? { ...block, ...change(block) } : block)));
  const failing: readonly (readonly [string, number, Uint8Array])[] = [
    ['ERA1_DIFFICULTY', 4, replaced(4, ({ totalDifficulty }) => ({ totalDifficulty: totalDifficulty + 1n }))],
    ['ERA1_BODY', 6, replaced(6, ({ body }) => ({ body: { ...body, ommers: [] } }))],
    ['ERA1_NUMBER', 3, writeEra1([...made.slice(0, 3), made[4], made[3], ...made.slice(5)] as Writable[])],
    ['ERA1_NUMBER', 3, writeEra1([...made.slice(0, 3), ...made.slice(4)])],
    ['ERA1_NUMBER', 4, writeEra1([...made.slice(0, 4), ...made.slice(3)])],
    ['ERA1_RLP', 5, replaced(5, () => ({ header: new Uint8Array([0xc0]) }))],
  ];
  for (const [code, block, bytes] of failing) {
    const error = errorOf(() => verify(bytes));
    expect([error.code, error.place.split(', ')[1]]).toEqual([code, `block ${block}`]);
    expect(error.advice).not.toBe('');
    expect(error.kind).toBe('usage');
  }
});

test('an invalid ommer is found by the rule, though the header commits to it', () => {
  const [at, stranger] = [6, encodeHeader({ ...(decodeHeader(made[2]?.header as Uint8Array) as HeaderFields), parentHash: new Uint8Array(32) })];
  const parent = pathTo(importBlocks(chain, chain.genesis, new Map(), made.slice(1)).head)[at - 1];
  if (parent === undefined) throw new Error('no parent');
  const block = chain.build({
    parent,
    state: new Map(),
    timestamp: 11 * at,
    beneficiary: exactAddress('maya'),
    transactions: [],
    ommers: [stranger],
  });
  const error = errorOf(() =>
    verify(writeEra1([...made.slice(0, at), { ...block, header: block.header as Uint8Array, number: at, totalDifficulty: 0n }])),
  );
  expect([error.code, error.place.split(', ')[1]]).toEqual(['ERA1_OMMERS', `block ${at}`]);
});

test('what would fill the memory is refused before it is read', () => {
  const head = entry(entryTypes.version, new Uint8Array());
  const file = (payload: Uint8Array, checksum = 0): Uint8Array =>
    new Uint8Array([...head, ...entry(entryTypes.compressedHeader, new Uint8Array([...identifier, ...frame(0, checksum, payload)]))]);
  // A chunk of five bytes that says it holds four gigabytes; a header of a megabyte; an entry longer than the file.
  expect(errorOf(() => readEra1(file(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f])))).code).toBe('ERA1_TOO_LARGE');
  expect(errorOf(() => readEra1(new Uint8Array([...head, ...entry(entryTypes.compressedHeader, framed(new Uint8Array(1 << 20)))]))).code).toBe(
    'ERA1_TOO_LARGE',
  );
  expect(errorOf(() => readEra1(new Uint8Array([...head, 3, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 1]))).code).toBe('ERA1_CUT');
});

test('bytes that are no chain file end in a typed error, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(2), (noise, form) => {
      const bytes =
        form === 0 ? noise : form === 1 ? new Uint8Array([...whole.slice(0, 8), ...noise]) : new Uint8Array([...whole.slice(0, 700), ...noise]);
      errorOf(() => verify(bytes));
    }),
    { numRuns: 500 },
  );
});
