/**
 * A 64-bit content hash in two 32-bit halves: quick, the same on every machine, and good enough to count distinct
 * worlds. Nothing rests on the absence of collisions: what must be told apart is compared exactly.
 */

/** Mixes the bits of a word (the finaliser of MurmurHash3, public domain). */
export const mix32 = (word: number): number => {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/** Folds words into a hash, in order. */
export class Hasher {
  hi = 0x9e3779b9 | 0;
  lo = 0x243f6a88 | 0;

  word(word: number): this {
    this.hi = mix32(Math.imul(this.hi, 31) + word);
    this.lo = mix32(Math.imul(this.lo ^ word, 0x01000193) + 0x7f4a7c15);
    return this;
  }

  text(text: string): this {
    this.word(text.length);
    for (let i = 0; i < text.length; i++) this.word(text.charCodeAt(i));
    return this;
  }
}
