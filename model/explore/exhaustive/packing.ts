/** Bits in a word, without the sign. */
const wordBits = 32;

/** How many bits it takes to hold a count. */
const bitsFor = (value: number): number => wordBits - Math.clz32(value);

/** Slots that take many values are given two bits more at once, because laying all rows out anew costs their number. */
const roomFor = (value: number): number => {
  const bits = bitsFor(value);
  return bits > 4 ? Math.min(wordBits - 1, bits + 2) : bits;
};

/**
 * How a row of small integers is packed into words: each slot has as many bits as its largest value so far needs, and none
 * where it has always been zero. No slot lies across two words, so that one mask changes it.
 */
export class Packing {
  readonly bits: Uint8Array;
  /** Words in a packed row; at least one. */
  readonly words: number;
  /** For each slot: its word, its place in it, and the largest value that fits. */
  readonly wordOf: Int32Array;
  readonly shiftOf: Int32Array;
  readonly maxOf: Int32Array;
  /** Slots that have bits. */
  private readonly laid: Int32Array;

  constructor(bits: Uint8Array) {
    this.bits = bits;
    this.wordOf = new Int32Array(bits.length);
    this.shiftOf = new Int32Array(bits.length);
    this.maxOf = Int32Array.from(bits, (count) => (count === 0 ? 0 : count >= wordBits - 1 ? 0x7fffffff : 2 ** count - 1));
    this.laid = Int32Array.from([...bits.keys()].filter((slot) => bits[slot] !== 0));
    // The widest first, each into the first word with room.
    const room: number[] = [];
    for (const slot of [...this.laid].sort((a, b) => (bits[b] as number) - (bits[a] as number) || a - b)) {
      const width = bits[slot] as number;
      let word = room.findIndex((left) => left >= width);
      if (word < 0) word = room.push(wordBits) - 1;
      this.wordOf[slot] = word;
      this.shiftOf[slot] = wordBits - (room[word] as number);
      room[word] = (room[word] as number) - width;
    }
    this.words = Math.max(1, room.length);
  }

  /** The packing that also holds this row; this one, if it does. */
  holding(row: Int32Array): Packing {
    if (this.fits(row)) return this;
    return new Packing(this.bits.map((bits, slot) => ((row[slot] as number) > (this.maxOf[slot] as number) ? roomFor(row[slot] as number) : bits)));
  }

  fits(row: Int32Array): boolean {
    for (let slot = 0; slot < row.length; slot++) if ((row[slot] as number) > (this.maxOf[slot] as number)) return false;
    return true;
  }

  pack(row: Int32Array, into: Int32Array): void {
    const { laid, wordOf, shiftOf } = this;
    into.fill(0);
    for (let i = 0; i < laid.length; i++) {
      const slot = laid[i] as number;
      const word = wordOf[slot] as number;
      into[word] = (into[word] as number) | ((row[slot] as number) << (shiftOf[slot] as number));
    }
  }

  /** Slots without bits are left alone: they are zero in every row. */
  unpack(from: Int32Array, at: number, row: Int32Array): void {
    const { laid, wordOf, shiftOf, maxOf } = this;
    for (let i = 0; i < laid.length; i++) {
      const slot = laid[i] as number;
      row[slot] = ((from[at + (wordOf[slot] as number)] as number) >>> (shiftOf[slot] as number)) & (maxOf[slot] as number);
    }
  }
}
