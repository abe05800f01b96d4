import { RLP } from '@ethereumjs/rlp';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Block } from '../chain.ts';
import { hexOf } from '../chains/bytes.ts';
import { decodeHeader, maxHeaderBytes } from '../chains/exact-header.ts';
import { accumulatorRoot, epochBlocks, type HeaderRecord, uint256Of } from './accumulator.ts';
import { endOf, type Entry, entryAt, entryOf, entryTypes, viewOf } from './e2store.ts';
import { era1Error, type Place } from './fault.ts';
import { unframe } from './snappy-frames.ts';

/** A block as its file holds it. */
export type Era1Block = Block & {
  readonly number: number;
  /** Where its first entry stands. */
  readonly offset: number;
  readonly header: Uint8Array;
  readonly totalDifficulty: bigint;
};

/** A chain file that was read whole: every entry has its place, and the accumulator and the index fit the blocks. */
export type Era1 = { readonly blocks: readonly Era1Block[]; readonly accumulator: string };

/** No block comes near; what says that it is longer is refused before it is uncompressed. */
const maxBodyBytes = 16 * 1024 * 1024;

/** The lists of a body: transactions, which a file of this release may not have, and ommers, each as the RLP of its header. */
const bodyOf = (bytes: Uint8Array, at: Place): Block['body'] => {
  const lists = decoded(bytes, at);
  const [transactions, ommers] = lists;
  if (lists.length !== 2 || !Array.isArray(transactions) || !Array.isArray(ommers)) throw era1Error('ERA1_RLP', 'a body is not two lists', at);
  if (transactions.length > 0) throw era1Error('ERA1_TRANSACTIONS', `it holds ${transactions.length} transactions`, at);
  return { transactions: [], ommers: ommers.map((ommer) => RLP.encode(ommer)) };
};

const decoded = (bytes: Uint8Array, at: Place): readonly unknown[] => {
  try {
    const list = RLP.decode(bytes);
    if (Array.isArray(list)) return list;
  } catch (cause) {
    throw era1Error('ERA1_RLP', 'a record is no RLP', at, cause);
  }
  throw era1Error('ERA1_RLP', 'a record is no list', at);
};

/** Reads one block, whose header entry stands at the offset, and says where the next begins. */
const blockAt = (file: Uint8Array, offset: number, number: number): { readonly block: Era1Block; readonly end: number } => {
  const headerEntry = entryOf(file, offset, 'compressedHeader', number);
  const bodyEntry = entryOf(file, endOf(headerEntry), 'compressedBody', number);
  const receiptsEntry = entryOf(file, endOf(bodyEntry), 'compressedReceipts', number);
  const difficultyEntry = entryOf(file, endOf(receiptsEntry), 'totalDifficulty', number);
  const plain = (entry: Entry, limit: number): Uint8Array => unframe(entry.value, limit, { offset: entry.offset, block: number });

  const header = plain(headerEntry, maxHeaderBytes);
  const fields = decodeHeader(header);
  if (fields === null) throw era1Error('ERA1_RLP', 'the header is not the RLP of one', { offset, block: number });
  if (fields.number !== number) throw era1Error('ERA1_NUMBER', `the header says that it is block ${fields.number}`, { offset, block: number });
  const body = bodyOf(plain(bodyEntry, maxBodyBytes), { offset: bodyEntry.offset, block: number });
  const receiptsAt = { offset: receiptsEntry.offset, block: number };
  if (decoded(plain(receiptsEntry, maxBodyBytes), receiptsAt).length > 0)
    throw era1Error('ERA1_BODY', 'it has receipts, but no transactions', receiptsAt);
  if (difficultyEntry.value.length !== 32)
    throw era1Error('ERA1_FORMAT', 'a total difficulty is not 32 bytes long', { offset: difficultyEntry.offset, block: number });
  return { block: { number, offset, header, body, totalDifficulty: uint256Of(difficultyEntry.value) }, end: endOf(difficultyEntry) };
};

/** The number that the first header gives its block; the others must follow. */
const startOf = (file: Uint8Array): number => {
  const at = { offset: 8, block: 'first' } as const;
  const fields = decodeHeader(unframe(entryOf(file, 8, 'compressedHeader', 'first').value, maxHeaderBytes, at));
  if (fields === null) throw era1Error('ERA1_RLP', 'the header is not the RLP of one', at);
  return fields.number;
};

/** Compares the index (first number, an offset for each block, count) with where the blocks were found. */
const checkIndex = (index: Entry, blocks: readonly Era1Block[]): void => {
  const at = { offset: index.offset };
  if (index.value.length !== 16 + 8 * blocks.length) throw era1Error('ERA1_INDEX', `the index does not hold ${blocks.length} blocks`, at);
  const view = viewOf(index.value);
  const word = (position: number): number => Number(view.getBigInt64(8 * position, true));
  if (word(0) !== blocks[0]?.number || word(blocks.length + 1) !== blocks.length)
    throw era1Error('ERA1_INDEX', 'the index states another first number or count', at);
  for (const [position, block] of blocks.entries())
    if (index.offset + word(position + 1) !== block.offset)
      throw era1Error('ERA1_INDEX', 'the index points to another place', { offset: index.offset, block: block.number });
};

/** Reads a file that is in memory. Each fault is a RolecallError that names the byte and the block. */
export const readEra1 = (file: Uint8Array): Era1 => {
  // A view of plain bytes: slices of a Buffer would share its memory, and the libraries answer in kind.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 8) throw era1Error('ERA1_CUT', `the file has ${bytes.length} bytes`, { offset: 0 });
  if (entryOf(bytes, 0, 'version').value.length !== 0) throw era1Error('ERA1_FORMAT', 'the version entry is not empty', { offset: 0 });
  const start = startOf(bytes);
  const blocks: Era1Block[] = [];
  let offset = 8;
  while (entryAt(bytes, offset, start + blocks.length).type !== entryTypes.accumulator) {
    const number = start + blocks.length;
    if (blocks.length === epochBlocks) throw era1Error('ERA1_FORMAT', `the file holds more than ${epochBlocks} blocks`, { offset, block: number });
    const { block, end } = blockAt(bytes, offset, number);
    blocks.push(block);
    offset = end;
  }
  const accumulator = entryOf(bytes, offset, 'accumulator');
  const index = entryOf(bytes, endOf(accumulator), 'blockIndex');
  if (endOf(index) !== bytes.length) throw era1Error('ERA1_FORMAT', 'bytes follow the index', { offset: endOf(index) });
  checkIndex(index, blocks);
  return { blocks, accumulator: hexOf(accumulator.value) };
};

/** Compares the accumulator with the blocks: the only one that vouches for the last header, which no other names. */
export const checkAccumulator = ({ blocks, accumulator }: Era1): void => {
  const records = blocks.map(({ header, totalDifficulty }): HeaderRecord => ({ hash: keccak_256(header), totalDifficulty }));
  const root = hexOf(accumulatorRoot(records));
  if (root !== accumulator) throw era1Error('ERA1_ACCUMULATOR', `the accumulator is ${accumulator}, and the blocks give ${root}`, {});
};
