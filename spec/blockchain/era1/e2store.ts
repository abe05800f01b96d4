import { era1Error, type Place } from './fault.ts';

/** One entry of an e2store file: eight bytes of head (type, length, reserved), then the value. */
export type Entry = { readonly type: number; readonly offset: number; readonly value: Uint8Array };

/** Source: e2store format, nimbus-eth2 docs/e2store.md; era1 types, go-ethereum internal/era. */
export const entryTypes = {
  version: 0x3265,
  compressedHeader: 0x03,
  compressedBody: 0x04,
  compressedReceipts: 0x05,
  totalDifficulty: 0x06,
  accumulator: 0x07,
  blockIndex: 0x3266,
} as const;

const headBytes = 8;

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The entry at an offset, without a copy. `block` is the one that is being read, for the error. */
export const entryAt = (file: Uint8Array, offset: number, block?: Place['block']): Entry => {
  const at = block === undefined ? { offset } : { offset, block };
  if (offset + headBytes > file.length) throw era1Error('ERA1_CUT', `the file ends at byte ${file.length}, within the head of an entry`, at);
  const head = viewOf(file.subarray(offset, offset + headBytes));
  const length = head.getUint32(2, true);
  if (head.getUint16(6, true) !== 0) throw era1Error('ERA1_FORMAT', 'the reserved bytes of an entry are not zero', at);
  const from = offset + headBytes;
  if (from + length > file.length) throw era1Error('ERA1_CUT', `an entry of ${length} bytes begins, and ${file.length - from} bytes are left`, at);
  return { type: head.getUint16(0, true), offset, value: file.subarray(from, from + length) };
};

export const endOf = (entry: Entry): number => entry.offset + headBytes + entry.value.length;

/** The entry at an offset, which must be of this type. */
export const entryOf = (file: Uint8Array, offset: number, type: keyof typeof entryTypes, block?: Place['block']): Entry => {
  const entry = entryAt(file, offset, block);
  if (entry.type === entryTypes[type]) return entry;
  const hex = `0x${entry.type.toString(16).padStart(4, '0')}`;
  throw era1Error('ERA1_FORMAT', `an entry of type ${hex} stands where ${type} is expected`, block === undefined ? { offset } : { offset, block });
};
