import { RLP } from '@ethereumjs/rlp';
import { keccak_256 } from '@noble/hashes/sha3.js';
import snappy from 'snappyjs';
import { accumulatorRoot, uint256 } from './accumulator.ts';
import { maskedCrc32c } from './crc32c.ts';
import { entryTypes, viewOf } from './e2store.ts';
import type { Era1Block } from './read.ts';
import { identifier, maxChunkBytes } from './snappy-frames.ts';

/** What a file is made of; a wrong total difficulty or accumulator can be given, so that readers can be tried. */
export type Writable = Pick<Era1Block, 'number' | 'header' | 'body' | 'totalDifficulty'>;

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
};

export const entry = (type: number, value: Uint8Array): Uint8Array => {
  const head = new Uint8Array(8);
  viewOf(head).setUint16(0, type, true);
  viewOf(head).setUint32(2, value.length, true);
  return joined([head, value]);
};

/** One chunk of framed Snappy; the payload is what follows the checksum. */
export const frame = (type: number, checksum: number, payload: Uint8Array): Uint8Array => {
  const head = new Uint8Array(8);
  viewOf(head).setUint32(0, ((payload.length + 4) << 8) | type, true);
  viewOf(head).setUint32(4, checksum, true);
  return joined([head, payload]);
};

/** Framed and compressed, with checksums that fit. */
export const framed = (bytes: Uint8Array): Uint8Array => {
  const chunks: Uint8Array[] = [identifier];
  for (let from = 0; from < bytes.length; from += maxChunkBytes) {
    const part = bytes.slice(from, from + maxChunkBytes);
    chunks.push(frame(0, maskedCrc32c(part), snappy.compress(part)));
  }
  return joined(chunks);
};

const blockEntries = ({ header, body, totalDifficulty }: Writable): Uint8Array =>
  joined([
    entry(entryTypes.compressedHeader, framed(header)),
    entry(entryTypes.compressedBody, framed(RLP.encode([[], body.ommers.map((ommer) => RLP.decode(ommer as Uint8Array))]))),
    entry(entryTypes.compressedReceipts, framed(RLP.encode([]))),
    entry(entryTypes.totalDifficulty, uint256(totalDifficulty)),
  ]);

/** Writes blocks without transactions as an era1 file. */
export const writeEra1 = (blocks: readonly Writable[], accumulator?: Uint8Array): Uint8Array => {
  const parts = [entry(entryTypes.version, new Uint8Array())];
  const offsets: number[] = [];
  let at = 8;
  for (const block of blocks) {
    const bytes = blockEntries(block);
    offsets.push(at);
    parts.push(bytes);
    at += bytes.length;
  }
  const root = accumulator ?? accumulatorRoot(blocks.map(({ header, totalDifficulty }) => ({ hash: keccak_256(header), totalDifficulty })));
  parts.push(entry(entryTypes.accumulator, root));
  at += 8 + root.length;
  const index = new Uint8Array(16 + 8 * blocks.length);
  const words = [blocks[0]?.number ?? 0, ...offsets.map((offset) => offset - at), blocks.length];
  for (const [position, word] of words.entries()) viewOf(index).setBigInt64(8 * position, BigInt(word), true);
  parts.push(entry(entryTypes.blockIndex, index));
  return joined(parts);
};
