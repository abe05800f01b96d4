import { invariant } from '../../kernel/errors.ts';
import { Codes, Packing } from './packing.ts';

/** Rows in a chunk, as a power of two: what grows is the list of chunks, so growth copies no row. */
const chunkBits = 16;
const chunkRows = 1 << chunkBits;
const chunkMask = chunkRows - 1;

/** How full the table may be. Above it, probing sequences grow long. */
const load = 0.7;

/**
 * The worlds that were reached, numbered from 0 in the order in which they came. Rows are packed to the bit, and told apart
 * exactly: the table holds, for each, 32 bits of its hash and its number, and rows with equal hashes are compared.
 */
export class Visited {
  readonly codes: Codes;
  packing: Packing;
  count = 0;
  private wanted: Int32Array;
  private chunks: Int32Array[] = [];
  private capacity = 1 << 12;
  private table: Int32Array;

  constructor(width: number) {
    this.table = new Int32Array(2 * this.capacity);
    this.codes = new Codes(width);
    this.packing = new Packing(this.codes, new Uint8Array(width));
    this.wanted = new Int32Array(this.packing.words);
  }

  /** Bytes that the worlds take. */
  get bytes(): number {
    return this.table.byteLength + this.chunks.length * chunkRows * this.packing.words * 4;
  }

  /** Takes a row: its number if it is new, else minus its number minus one. */
  addRow(row: Int32Array): number {
    if (!this.packing.pack(row, this.wanted)) {
      for (let slot = 0; slot < row.length; slot++) this.codes.of(slot, row[slot] as number);
      this.widen();
      this.packing.pack(row, this.wanted);
    }
    return this.add(this.wanted, 0, hashOf(this.wanted, 0, this.wanted.length));
  }

  /** The code of a value of a slot, for which rows have room from then on; so {@link packing} may be another one after it. */
  codeOf(slot: number, value: number): number {
    const code = this.codes.of(slot, value);
    if (code > (this.packing.maxOf[slot] as number)) this.widen();
    return code;
  }

  /**
   * Looks up packed rows by their hashes, from one of them on, as far as the first look goes: minus the number of each minus one,
   * or zero for one that {@link add} has to look for. All loads stand side by side, so that none waits for another.
   */
  seek(rows: Int32Array, hashes: Int32Array, from: number, count: number, into: Int32Array): void {
    const { table, chunks } = this;
    const { words } = this.packing;
    const mask = this.capacity - 1;
    for (let i = from; i < count; i++) {
      const at = 2 * ((hashes[i] as number) & mask);
      into[i] = table[at] === hashes[i] ? -(table[at + 1] as number) : 0;
    }
    for (let i = from; i < count; i++) {
      const entry = into[i] as number;
      if (entry === 0) continue;
      const index = -entry - 1;
      const chunk = chunks[index >>> chunkBits] as Int32Array;
      const offset = (index & chunkMask) * words;
      for (let word = 0; word < words; word++)
        if (chunk[offset + word] !== rows[i * words + word]) {
          into[i] = 0;
          break;
        }
    }
  }

  /** Takes a packed row by its hash: its number if it is new, else minus its number minus one. */
  add(row: Int32Array, from: number, hash: number): number {
    const { table } = this;
    const { words } = this.packing;
    const mask = this.capacity - 1;
    let at = hash & mask;
    for (;;) {
      const entry = table[2 * at + 1] as number;
      if (entry === 0) break;
      if (table[2 * at] === hash && this.isAt(entry - 1, row, from)) return -entry;
      at = (at + 1) & mask;
    }
    const index = this.count++;
    const chunk = this.chunkOf(index);
    const offset = (index & chunkMask) * words;
    for (let word = 0; word < words; word++) chunk[offset + word] = row[from + word] as number;
    table[2 * at] = hash;
    table[2 * at + 1] = index + 1;
    if (this.count > this.capacity * load) this.grow();
    return index;
  }

  /** Copies the words of a row. */
  wordsOf(index: number, into: Int32Array): void {
    const { words } = this.packing;
    const chunk = this.chunks[index >>> chunkBits] as Int32Array;
    const offset = (index & chunkMask) * words;
    for (let word = 0; word < words; word++) into[word] = chunk[offset + word] as number;
  }

  /** Lays all rows out anew where values need more bits. */
  private widen(): void {
    const [narrow, wide] = [this.packing, this.packing.holding()];
    if (wide === narrow) return;
    const chunks: Int32Array[] = [];
    for (let first = 0; first < this.count; first += chunkRows) {
      const chunk = new Int32Array(chunkRows * wide.words);
      narrow.relay(this.chunks[first >>> chunkBits] as Int32Array, wide, chunk, Math.min(chunkRows, this.count - first));
      chunks.push(chunk);
      // Chunks that were read are let go, so that two copies never stand side by side.
      this.chunks[first >>> chunkBits] = new Int32Array(0);
    }
    this.packing = wide;
    this.chunks = chunks;
    this.wanted = new Int32Array(wide.words);
    this.rehash(this.capacity);
  }

  /** The rows as they lie in memory, chunk by chunk, for a checkpoint. */
  *content(): Generator<Int32Array> {
    const { words } = this.packing;
    for (let first = 0; first < this.count; first += chunkRows)
      yield (this.chunks[first >>> chunkBits] as Int32Array).subarray(0, Math.min(chunkRows, this.count - first) * words);
  }

  /** Takes the rows of a checkpoint; `take` gives so many of its words. */
  load(bits: Uint8Array, count: number, take: (words: number) => Int32Array): void {
    this.packing = new Packing(this.codes, bits);
    this.wanted = new Int32Array(this.packing.words);
    this.count = count;
    this.chunks = [];
    for (let first = 0; first < count; first += chunkRows) {
      const chunk = new Int32Array(chunkRows * this.packing.words);
      chunk.set(take(Math.min(chunkRows, count - first) * this.packing.words));
      this.chunks.push(chunk);
    }
    let capacity = this.capacity;
    while (count > capacity * load) capacity *= 2;
    this.rehash(capacity);
  }

  private chunkOf(index: number): Int32Array {
    const known = this.chunks[index >>> chunkBits];
    if (known !== undefined) return known;
    const chunk = new Int32Array(chunkRows * this.packing.words);
    this.chunks.push(chunk);
    return chunk;
  }

  private isAt(index: number, row: Int32Array, from: number): boolean {
    const { words } = this.packing;
    const chunk = this.chunks[index >>> chunkBits] as Int32Array;
    const offset = (index & chunkMask) * words;
    for (let word = 0; word < words; word++) if (chunk[offset + word] !== row[from + word]) return false;
    return true;
  }

  /** The table with twice the room. Hashes stand in it, so no row is looked at. */
  private grow(): void {
    const old = this.table;
    this.capacity *= 2;
    invariant(this.capacity <= 1 << 29, 'too many worlds for one table');
    const table = new Int32Array(2 * this.capacity);
    for (let i = 0; i < old.length; i += 2) if (old[i + 1] !== 0) place(table, this.capacity, old[i] as number, old[i + 1] as number);
    this.table = table;
  }

  private rehash(capacity: number): void {
    const { words } = this.packing;
    this.capacity = capacity;
    this.table = new Int32Array(2 * capacity);
    for (let index = 0; index < this.count; index++) {
      const chunk = this.chunks[index >>> chunkBits] as Int32Array;
      place(this.table, capacity, hashOf(chunk, (index & chunkMask) * words, words), index + 1);
    }
  }
}

const place = (table: Int32Array, capacity: number, hash: number, entry: number): void => {
  let at = hash & (capacity - 1);
  while (table[2 * at + 1] !== 0) at = (at + 1) & (capacity - 1);
  table[2 * at] = hash;
  table[2 * at + 1] = entry;
};

/** The hash of a packed row. */
export const hashOf = (words: Int32Array, at: number, count: number): number => {
  let h = 0x243f6a88;
  for (let word = 0; word < count; word++) {
    h = Math.imul(h ^ (words[at + word] as number), 0x85ebca6b);
    h ^= h >>> 15;
  }
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
};
