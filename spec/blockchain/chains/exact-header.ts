import { RLP } from '@ethereumjs/rlp';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bigintOf, integerOf } from './bytes.ts';

/** A header as its RLP holds it: fifteen strings of bytes. Source: yellow paper, section 4.3. */
export type HeaderFields = {
  readonly parentHash: Uint8Array;
  readonly ommersHash: Uint8Array;
  readonly beneficiary: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly transactionsRoot: Uint8Array;
  readonly receiptsRoot: Uint8Array;
  readonly logsBloom: Uint8Array;
  readonly difficulty: bigint;
  readonly number: number;
  readonly gasLimit: number;
  readonly gasUsed: number;
  readonly timestamp: number;
  readonly extraData: Uint8Array;
  readonly mixHash: Uint8Array;
  readonly nonce: Uint8Array;
};

/** Lengths that are fixed; a header with others is not one. -1: free. */
const lengths = [32, 32, 20, 32, 32, 32, 256, -1, -1, -1, -1, -1, -1, 32, 8] as const;

/** A header of a whole file or network stays far below; what is longer is refused before it is decoded. */
export const maxHeaderBytes = 1_024;

const decodeList = (header: Uint8Array): readonly (Uint8Array | readonly unknown[])[] | null => {
  if (header.length === 0 || header.length > maxHeaderBytes) return null;
  try {
    const list = RLP.decode(header);
    return Array.isArray(list) ? list : null;
  } catch {
    return null; // The library throws where bytes are no RLP; to a peer that is a header like any other wrong one.
  }
};

/** What a header says, or null if the bytes are not the RLP of one. */
export const decodeHeader = (header: Uint8Array): HeaderFields | null => {
  const list = decodeList(header);
  if (list?.length !== lengths.length) return null;
  for (let at = 0; at < lengths.length; at++) {
    const item = list[at];
    if (!(item instanceof Uint8Array)) return null;
    const length = lengths[at] as number;
    if (length >= 0 && item.length !== length) return null;
  }
  const items = list as readonly Uint8Array[];
  const at = (index: number): Uint8Array => items[index] as Uint8Array;
  const difficulty = bigintOf(at(7));
  const number = integerOf(at(8));
  const gasLimit = integerOf(at(9));
  const gasUsed = integerOf(at(10));
  const timestamp = integerOf(at(11));
  if (difficulty === null || number === null || gasLimit === null || gasUsed === null || timestamp === null) return null;
  return {
    parentHash: at(0),
    ommersHash: at(1),
    beneficiary: at(2),
    stateRoot: at(3),
    transactionsRoot: at(4),
    receiptsRoot: at(5),
    logsBloom: at(6),
    difficulty,
    number,
    gasLimit,
    gasUsed,
    timestamp,
    extraData: at(12),
    mixHash: at(13),
    nonce: at(14),
  };
};

const unsealed = (fields: HeaderFields): (Uint8Array | bigint | number)[] => [
  fields.parentHash,
  fields.ommersHash,
  fields.beneficiary,
  fields.stateRoot,
  fields.transactionsRoot,
  fields.receiptsRoot,
  fields.logsBloom,
  fields.difficulty,
  fields.number,
  fields.gasLimit,
  fields.gasUsed,
  fields.timestamp,
  fields.extraData,
];

export const encodeHeader = (fields: HeaderFields): Uint8Array => RLP.encode([...unsealed(fields), fields.mixHash, fields.nonce]);

/** What the proof of work is about: the header without mixHash and nonce. Source: yellow paper, section 11.5. */
export const sealSubject = (fields: HeaderFields): Uint8Array => keccak_256(RLP.encode(unsealed(fields)));
