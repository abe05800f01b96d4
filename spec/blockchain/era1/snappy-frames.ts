import snappy from 'snappyjs';
import { maskedCrc32c } from './crc32c.ts';
import { viewOf } from './e2store.ts';
import { type Era1Code, era1Error, type Place } from './fault.ts';

/**
 * The framed format of Snappy: an identifier, then chunks of at most 65,536 bytes, each with a checksum.
 * Source: google/snappy framing_format.txt.
 */
export const identifier = Uint8Array.from([0xff, 6, 0, 0, ...new TextEncoder().encode('sNaPpY')]);
const chunk = { compressed: 0x00, plain: 0x01, firstSkippable: 0x80, identifier: 0xff } as const;
export const maxChunkBytes = 65_536;

/**
 * Takes the framing and the compression away. What comes out is limited before it is allocated, so that a small file cannot
 * fill the memory.
 */
export const unframe = (framed: Uint8Array, limitBytes: number, at: Place): Uint8Array => {
  const fail = (code: Era1Code, message: string, cause?: unknown) => era1Error(code, message, at, cause);
  if (framed.length < identifier.length || identifier.some((byte, index) => framed[index] !== byte))
    throw fail('ERA1_FORMAT', 'the record does not begin as framed Snappy does');
  const view = viewOf(framed);
  const parts: Uint8Array[] = [];
  let total = 0;
  for (let from = identifier.length; from < framed.length; ) {
    if (from + 4 > framed.length) throw fail('ERA1_CUT', 'a compressed chunk is cut within its head');
    const type = framed[from] as number;
    const length = view.getUint32(from, true) >>> 8;
    const data = framed.subarray(from + 4, from + 4 + length);
    if (data.length < length) throw fail('ERA1_CUT', 'a compressed chunk is longer than its record');
    from += 4 + length;
    if (type >= chunk.firstSkippable) continue; // Padding, reserved, or the identifier again.
    if (type !== chunk.compressed && type !== chunk.plain) throw fail('ERA1_FORMAT', `a chunk has the unknown type ${type}`);
    if (length < 4) throw fail('ERA1_CUT', 'a compressed chunk has no checksum');
    const payload = data.subarray(4);
    const part = type === chunk.plain ? payload : uncompressed(payload, fail);
    total += part.length;
    if (part.length > maxChunkBytes || total > limitBytes)
      throw fail('ERA1_TOO_LARGE', `a record holds more than ${Math.min(limitBytes, maxChunkBytes)} bytes`);
    if (maskedCrc32c(part) !== viewOf(data).getUint32(0, true)) throw fail('ERA1_CHECKSUM', 'a checksum does not fit the data');
    parts.push(part);
  }
  if (parts.length === 1) return parts[0] as Uint8Array;
  const whole = new Uint8Array(total);
  let to = 0;
  for (const part of parts) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
};

const uncompressed = (payload: Uint8Array, fail: (code: Era1Code, message: string, cause?: unknown) => Error): Uint8Array => {
  // The length stands in front; it is looked at before the library allocates.
  let length = 0;
  for (let at = 0, shift = 0; at < payload.length && shift < 35; at++, shift += 7) {
    const byte = payload[at] as number;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (length > maxChunkBytes) throw fail('ERA1_TOO_LARGE', `a chunk says that it holds ${length} bytes; ${maxChunkBytes} are allowed`);
  try {
    return snappy.uncompress(payload, maxChunkBytes);
  } catch (cause) {
    throw fail('ERA1_CHECKSUM', 'the compressed data cannot be read', cause);
  }
};
