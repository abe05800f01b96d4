/** Bits in a word. */
const wordBits = 32;

/** No slot takes a value as large as this; asked of what comes from a file. */
const largest = 1 << 26;

/** How many bits it takes to hold a count. */
const bitsFor = (value: number): number => wordBits - Math.clz32(value);

/** Slots that take many values are given three bits more at once, because laying all rows out anew costs their number. */
const roomFor = (value: number): number => {
  const bits = bitsFor(value);
  return bits > 4 ? Math.min(wordBits - 1, bits + 3) : bits;
};

/** The values that each slot has taken, numbered from 0 in the order in which they came; most slots take few. */
export class Codes {
  /** By slot and code. */
  readonly values: number[][];
  /** By slot and value: the code plus one; zero, or nothing at all, for a value that never came. */
  readonly codes: Int32Array[];

  constructor(width: number) {
    this.values = Array.from({ length: width }, () => []);
    this.codes = Array.from({ length: width }, () => new Int32Array(16));
  }

  /** Gives the values of a checkpoint their codes again. False where they are not all different, or are no values. */
  load(lengths: readonly number[], values: Int32Array): boolean {
    let at = 0;
    for (let slot = 0; slot < lengths.length; slot++) {
      const length = lengths[slot] as number;
      for (let code = 0; code < length; code++) {
        const value = values[at++] as number;
        if (!(value >= 0 && value < largest) || this.of(slot, value) !== code) return false;
      }
    }
    return at === values.length;
  }

  /** The code of a value, which is new or known. */
  of(slot: number, value: number): number {
    const codes = this.codes[slot] as Int32Array;
    const known = ((codes[value] as number) | 0) - 1;
    if (known >= 0) return known;
    const code = (this.values[slot] as number[]).push(value) - 1;
    if (value < codes.length) codes[value] = code + 1;
    else {
      const longer = new Int32Array(2 ** bitsFor(value));
      longer.set(codes);
      longer[value] = code + 1;
      this.codes[slot] = longer;
    }
    return code;
  }
}

/**
 * How a row of small integers is packed into words: each slot has as many bits as the number of its values needs, and none
 * where it has always been the same. No slot lies across two words, so that one mask changes it.
 */
export class Packing {
  readonly bits: Uint8Array;
  /** Words in a packed row; at least one. */
  readonly words: number;
  /** For each slot: its word, its place in it, and the largest code that fits. */
  readonly wordOf: Int32Array;
  readonly shiftOf: Int32Array;
  readonly maxOf: Int32Array;
  private readonly codes: Codes;
  /** Slots that have bits. */
  private readonly laid: Int32Array;

  constructor(codes: Codes, bits: Uint8Array) {
    this.codes = codes;
    this.bits = bits;
    this.wordOf = new Int32Array(bits.length);
    this.shiftOf = new Int32Array(bits.length);
    this.maxOf = Int32Array.from(bits, (count) => 2 ** Math.min(count, wordBits - 1) - 1);
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

  /** Puts one value into a packed row. False where it needs a code or bits that are not there. */
  put(slot: number, value: number, into: Int32Array): boolean {
    const code = (((this.codes.codes[slot] as Int32Array)[value] as number) | 0) - 1;
    const max = this.maxOf[slot] as number;
    if (code < 0 || code > max) return false;
    const word = this.wordOf[slot] as number;
    const shift = this.shiftOf[slot] as number;
    into[word] = ((into[word] as number) & ~(max << shift)) | (code << shift);
    return true;
  }

  /** The packing that holds every value that has a code; this one, if it has the bits. */
  holding(): Packing {
    const highest = this.codes.values.map(({ length }) => length - 1);
    if (highest.every((code, slot) => code <= (this.maxOf[slot] as number))) return this;
    // What was left over and shared out is shared out anew.
    const bits = this.bits.map((had, slot) => {
      const [code, room] = [highest[slot] as number, roomFor(highest[slot] as number)];
      return code > (this.maxOf[slot] as number) ? room : Math.min(had, room);
    });
    return new Packing(this.codes, bits).spread();
  }

  /** The room that is left in the words is given to the narrowest slots, so that rows are laid out anew less often. */
  private spread(): Packing {
    const bits = Uint8Array.from(this.bits);
    for (const slot of [...this.laid].sort((a, b) => (bits[a] as number) - (bits[b] as number) || a - b)) {
      bits[slot] = (bits[slot] as number) + 1;
      if (new Packing(this.codes, bits).words > this.words) bits[slot] = (bits[slot] as number) - 1;
    }
    return new Packing(this.codes, bits);
  }

  /** Packs a row. False where a value needs a code or bits that are not there. */
  pack(row: Int32Array, into: Int32Array): boolean {
    into.fill(0);
    for (let slot = 0; slot < row.length; slot++) if (!this.put(slot, row[slot] as number, into)) return false;
    return true;
  }

  /** Packs the rows from one place to another as another packing has them. */
  relay(from: Int32Array, other: Packing, into: Int32Array, rows: number): void {
    const { laid, wordOf, shiftOf, maxOf, words } = this;
    for (let i = 0; i < laid.length; i++) {
      const slot = laid[i] as number;
      const max = maxOf[slot] as number;
      const shift = shiftOf[slot] as number;
      const otherShift = other.shiftOf[slot] as number;
      let at = wordOf[slot] as number;
      let to = other.wordOf[slot] as number;
      for (let row = 0; row < rows; row++) {
        into[to] = (into[to] as number) | ((((from[at] as number) >>> shift) & max) << otherShift);
        at += words;
        to += other.words;
      }
    }
  }

  /** Unpacks the codes of a row, but for those of slots that are the same in every row: they are 0. */
  unpackCodes(from: Int32Array, at: number, codes: Int32Array): void {
    const { laid, wordOf, shiftOf, maxOf } = this;
    for (let i = 0; i < laid.length; i++) {
      const slot = laid[i] as number;
      codes[slot] = ((from[at + (wordOf[slot] as number)] as number) >>> (shiftOf[slot] as number)) & (maxOf[slot] as number);
    }
  }

  /** Fills in the slots that are the same in every row, which {@link unpack} leaves alone. */
  fill(row: Int32Array): void {
    for (let slot = 0; slot < this.bits.length; slot++) if (this.bits[slot] === 0) row[slot] = this.codes.values[slot]?.[0] ?? 0;
  }

  /** Unpacks a row, but for the slots that are the same in every row. */
  unpack(from: Int32Array, at: number, row: Int32Array): void {
    const { laid, wordOf, shiftOf, maxOf } = this;
    const { values } = this.codes;
    for (let i = 0; i < laid.length; i++) {
      const slot = laid[i] as number;
      const code = ((from[at + (wordOf[slot] as number)] as number) >>> (shiftOf[slot] as number)) & (maxOf[slot] as number);
      row[slot] = (values[slot] as number[])[code] as number;
    }
  }
}
