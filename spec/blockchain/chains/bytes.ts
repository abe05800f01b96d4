/** Numbers as RLP writes them: big-endian, without leading zeros. Source: yellow paper, appendix B. */

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const hexOf = (bytes: Uint8Array): string => {
  let hex = '0x';
  for (let at = 0; at < bytes.length; at++) hex += digits[bytes[at] as number];
  return hex;
};

export const bytesOf = (hex: string): Uint8Array => {
  const bytes = new Uint8Array((hex.length - 2) / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 + 2 * at, 4 + 2 * at), 16);
  return bytes;
};

/** A safe integer, or null if the bytes are not the shortest form of one. */
export const integerOf = (bytes: Uint8Array): number | null => {
  if (bytes[0] === 0 || bytes.length > 7) return null;
  let value = 0;
  for (let at = 0; at < bytes.length; at++) value = value * 256 + (bytes[at] as number);
  return value <= Number.MAX_SAFE_INTEGER ? value : null;
};

/** An integer of 256 bits, or null if the bytes are not the shortest form of one. */
export const bigintOf = (bytes: Uint8Array): bigint | null => {
  const small = integerOf(bytes);
  if (small !== null) return BigInt(small);
  return bytes[0] === 0 || bytes.length > 32 ? null : BigInt(hexOf(bytes));
};

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
};
