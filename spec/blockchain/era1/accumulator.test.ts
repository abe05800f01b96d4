import { sha256 } from '@noble/hashes/sha2.js';
import { expect, test } from 'vitest';
import { accumulatorRoot, uint256, uint256Of } from './accumulator.ts';
import { crc32c, maskedCrc32c } from './crc32c.ts';

test('CRC-32C: the vectors of RFC 3720, B.4, and the check value', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e);
  const check = new TextEncoder().encode('123456789');
  expect(crc32c(check)).toBe(0xe3069283);
  expect(maskedCrc32c(check)).toBe((((0xe3069283 >>> 15) | (0xe3069283 << 17)) + 0xa282ead8) >>> 0);
});

test('a number of 256 bits goes there and back', () => {
  for (const value of [0n, 1n, 17_179_869_184n, (1n << 256n) - 1n]) expect(uint256Of(uint256(value))).toBe(value);
});

test('the root of an empty list is that of zeros thirteen layers deep, with the length mixed in', () => {
  let zeros: Uint8Array = new Uint8Array(32);
  const pair = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(new Uint8Array([...left, ...right]));
  for (let layer = 0; layer < 13; layer++) zeros = pair(zeros, zeros);
  expect(accumulatorRoot([])).toEqual(pair(zeros, new Uint8Array(32)));
  expect(accumulatorRoot([{ hash: new Uint8Array(32), totalDifficulty: 1n }])).not.toEqual(accumulatorRoot([]));
});
