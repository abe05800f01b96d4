import { sha256 } from '@noble/hashes/sha2.js';

/** What an accumulator is made of. */
export type HeaderRecord = { readonly hash: Uint8Array; readonly totalDifficulty: bigint };

/** How many blocks a file holds at most. Source: Portal network, history network specification, `EPOCH_SIZE`. */
export const epochBlocks = 8_192;

/** 32 bytes, the least first, as SSZ writes a uint256. */
export const uint256 = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(32);
  for (let at = 0; at < 32; at++) bytes[at] = Number((value >> BigInt(8 * at)) & 0xffn);
  return bytes;
};

export const uint256Of = (bytes: Uint8Array): bigint => {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at] as number);
  return value;
};

const both = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const pair = new Uint8Array(64);
  pair.set(left);
  pair.set(right, 32);
  return sha256(pair);
};

/**
 * The SSZ root of a list of header records: it ties every hash and total difficulty of a file to one value, whose first four
 * bytes stand in the name of the file. Sources: SSZ simple-serialize.md, Merkleization; Portal history network.
 */
export const accumulatorRoot = (records: readonly HeaderRecord[]): Uint8Array => {
  let layer = records.map(({ hash, totalDifficulty }) => both(hash, uint256(totalDifficulty)));
  let padding: Uint8Array = new Uint8Array(32);
  for (let leaves = epochBlocks; leaves > 1; leaves /= 2) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < layer.length; at += 2) above.push(both(layer[at] as Uint8Array, layer[at + 1] ?? padding));
    layer = above;
    padding = both(padding, padding);
  }
  return both(layer[0] ?? padding, uint256(BigInt(records.length)));
};
