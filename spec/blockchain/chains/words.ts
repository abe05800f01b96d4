import { keccak_256 } from '@noble/hashes/sha3.js';

const consonants = 'bdfghjklmnprstvz';
const vowels = 'aiou';

/** Sixteen bits as five letters that can be spoken. Source: Wilkerson, A Proposal for Proquints, arXiv 0901.4016. */
const quint = (bits: number): string =>
  [consonants[bits >> 12], vowels[(bits >> 10) & 3], consonants[(bits >> 6) & 15], vowels[(bits >> 4) & 3], consonants[bits & 15]].join('');

const utf8 = new TextEncoder();

/**
 * A short word for a text, the same everywhere, such as `lusab-babad`. It has 32 bits, and an abstract hash has the number
 * of its block in front: a search that meets a thousand blocks of one height takes two for one with a chance of 1 in 8,600.
 */
export const wordFor = (text: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = keccak_256(utf8.encode(text));
  return `${quint((a << 8) | b)}-${quint((c << 8) | d)}`;
};
