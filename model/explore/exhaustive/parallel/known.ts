import { FaultSeats } from '../fault-seats.ts';
import { Codes, Packing } from '../packing.ts';
import { Passed } from '../passed.ts';
import { Replacements } from '../replacements.ts';
import { Seats } from '../seats.ts';
import type { Start } from './crew.ts';
import * as memory from './memory.ts';

/** Rows of worlds lie in chunks of so many, as a power of two. */
const chunkBits = 16;
const chunkMask = (1 << chunkBits) - 1;

/** The same list with more room. */
export const longer = (list: Int32Array, least = 0): Int32Array => {
  const twice = new Int32Array(Math.max(least, 2 * list.length));
  twice.set(list);
  return twice;
};

/** What a thread knows of worlds and of what leads on from them: what it was told, and what lies in the memory that all threads share. */
export class Known {
  readonly codes: Codes;
  readonly seats: Seats;
  readonly faults: FaultSeats;
  /** What it was not told stays unknown. */
  readonly replacements = new Replacements(() => undefined);
  readonly memory: memory.Memory;
  packing: Packing;
  table: Int32Array = new Int32Array(0);
  code: Int32Array = new Int32Array(1 << 12);
  /** Programs with another stamp do not say what has to be asked now. */
  stamp = -1;
  /** Words of a stream of records, as a power of two. */
  streamBits = memory.streamBits;
  /** The world that is being expanded: its packed words, and the codes of its slots. */
  words: Int32Array = new Int32Array(0);
  readonly now: Int32Array;
  readonly passed = new Passed();
  private chunks: Int32Array[] = [];
  private doubts: Int32Array = new Int32Array(0);

  constructor({ width, slots, faults, memory: shared }: Start) {
    this.codes = new Codes(width);
    this.packing = new Packing(this.codes, new Uint8Array(width));
    this.seats = new Seats(slots);
    this.faults = new FaultSeats(faults);
    this.memory = { ...shared };
    this.now = new Int32Array(width);
  }

  /** Takes what is news, and forgets what holds no longer. */
  hear(news: memory.News): void {
    const { values, bits, code, seats, replacements, doubts } = news;
    for (let i = 0; i < values.length; i += 2) this.codes.of(values[i] as number, values[i + 1] as number);
    if (bits !== null) {
      this.packing = new Packing(this.codes, bits);
      this.words = new Int32Array(this.packing.words);
    }
    this.table = news.table;
    this.chunks.length = news.firstChunk;
    this.chunks.push(...news.chunks);
    this.memory.streams = news.streams;
    this.memory.taken = news.taken;
    this.streamBits = 31 - Math.clz32((news.streams.flat()[0] as Int32Array).length);
    for (let i = 0; i < code.length; ) {
      const [start, length] = [code[i] as number, code[i + 1] as number];
      if (start + length > this.code.length) this.code = longer(this.code, 2 * (start + length));
      this.code.set(code.subarray(i + 2, i + 2 + length), start);
      i += 2 + length;
    }
    for (let i = 0; i < seats.length; i += 3) {
      this.goTo(seats[i + 1] as number);
      this.seats.put(seats[i] as number, this.seats.environment(this.now), this.now, seats[i + 2] as number);
    }
    for (let i = 0; i < news.lists.length; ) {
      const [part, slot, world, count] = news.lists.subarray(i, i + 4) as unknown as [number, number, number, number];
      this.goTo(world);
      this.faults.list(part, slot, this.seats.environment(this.now), this.now, [...news.lists.subarray(i + 4, i + 4 + count)]);
      i += 4 + count;
    }
    for (let i = 0; i < news.faults.length; ) {
      const [fault, world, start, count] = news.faults.subarray(i, i + 4) as unknown as [number, number, number, number];
      this.goTo(world);
      this.faults.put(fault, [...news.faults.subarray(i + 4, i + 4 + count)], this.now, start);
      i += 4 + count;
    }
    this.replacements.renew(news.stamp);
    for (let i = 0; i < replacements.length; i += 4)
      this.replacements.put(replacements[i] as number, replacements[i + 1] as number, replacements[i + 2] as number, replacements[i + 3] as number);
    this.stamp = news.stamp;
    this.doubts = doubts;
  }

  goTo(index: number): void {
    const { packing } = this;
    const chunk = this.chunks[index >>> chunkBits] as Int32Array;
    const offset = (index & chunkMask) * packing.words;
    for (let word = 0; word < packing.words; word++) this.words[word] = chunk[offset + word] as number;
    packing.unpackCodes(this.words, 0, this.now);
  }

  readonly isSpent = (budget: number): boolean => this.valueOf(budget) === 0;

  valueOf(slot: number): number {
    return (this.codes.values[slot] as number[])[this.now[slot] as number] as number;
  }

  /** Counts the steps of a program as if they were taken. */
  pass(start: number): void {
    this.passed.pass(this.code, start);
  }

  unsureAt(index: number): number {
    const { doubts } = this;
    let bits = 0;
    for (let i = 0; i < doubts.length; i += 2) if (index < (doubts[i] as number)) bits |= doubts[i + 1] as number;
    return bits;
  }

  /** Whether the row of a world is this one. */
  isRow(index: number, row: Int32Array, from: number): boolean {
    const { words } = this.packing;
    return isSame(this.chunks[index >>> chunkBits] as Int32Array, (index & chunkMask) * words, row, from, words);
  }
}

/** Whether so many words are the same. */
export const isSame = (some: Int32Array, at: number, others: Int32Array, from: number, words: number): boolean => {
  for (let word = 0; word < words; word++) if (some[at + word] !== others[from + word]) return false;
  return true;
};
