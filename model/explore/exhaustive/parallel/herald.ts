import { askedAt, endAt } from '../layout.ts';
import { flagsAt, turnAt } from '../replacements.ts';
import type { Search } from '../search.ts';
import type { Memory, News } from './memory.ts';

/** Tells the other threads what a search has learned. */
export class Herald {
  private readonly search: Search;
  /** By slot, how many of its values were told. */
  private readonly known: number[];
  /** How rows were laid out when they were last told of, and how many chunks of them were. */
  private bits: Uint8Array | null = null;
  private chunks = 0;
  /** Programs whose words were written since, and parts that are asked anew. */
  private readonly written = new Set<number>();
  private readonly asked = new Set<number>();
  /** Of each plan: the instance, a world, and where it stands; and how many of these integers were told. */
  private readonly seats: number[] = [];
  private seatsTold = 0;
  private lists: number[] = [];
  private faults: number[] = [];
  /** Where what faults do stands. */
  private readonly laid: number[] = [];
  private replacements: number[] = [];
  /** By edit: the codes of which it is known what it makes of them. */
  private readonly pairs = new Map<number, Set<number>>();
  private stamp = -1;
  /** What else was told last. */
  private doubts = '';
  private standing: readonly unknown[] = [];

  constructor(search: Search) {
    this.search = search;
    this.known = search.visited.codes.values.map(() => 0);
    search.programs.onWritten = (start) => this.written.add(start);
    search.programs.onAsked = (part) => this.asked.add(part);
    search.plans.onLearned = (instance, start) => this.seats.push(instance, search.standpoint.index, start);
    search.faults.onListed = (part, slot, faults) => this.lists.push(part, slot, search.standpoint.index, faults.length, ...faults);
    search.faults.onLaid = (fault, consulted, start) => {
      this.faults.push(fault, search.standpoint.index, start, consulted.length, ...consulted);
      this.laid.push(start);
    };
    search.onReplaced = (edit, before, turn, flags) => {
      this.replacements.push(edit, before, turn, flags);
      const codes = this.pairs.get(edit);
      if (codes === undefined) this.pairs.set(edit, new Set([before]));
      else codes.add(before);
    };
  }

  /** Where claims have come to look at more, works out at once what has to be asked after every step. */
  renew(): void {
    const { search } = this;
    search.watch.renew();
    const { stamp } = search.watch;
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    const { replacements } = search;
    replacements.renew(stamp);
    const all: number[] = [];
    for (const [edit, codes] of this.pairs)
      for (const before of codes) {
        const at = replacements.of(edit, before);
        all.push(edit, before, replacements.table[at + turnAt] as number, replacements.table[at + flagsAt] as number);
      }
    this.replacements = all;
    for (let i = 0; i < this.seats.length; i += 3) {
      search.standpoint.goTo(this.seats[i + 1] as number);
      search.programs.renew(this.seats[i + 2] as number, search.standpoint.codes);
    }
    // What faults do is laid out for every code, so that of any world will do.
    for (const start of this.laid) search.programs.renew(start, search.standpoint.codes);
  }

  /** What is news since the last time; null where nothing is. */
  news(memory: Memory): News | null {
    const { search } = this;
    const { visited, watch } = search;
    const values: number[] = [];
    visited.codes.values.forEach((of, slot) => {
      for (let code = this.known[slot] as number; code < of.length; code++) values.push(slot, of[code] as number);
      this.known[slot] = of.length;
    });
    const isLaidAnew = visited.packing.bits !== this.bits;
    this.bits = visited.packing.bits;
    if (isLaidAnew) this.chunks = 0;
    const { table, chunks } = visited.memory;
    const firstChunk = this.chunks;
    this.chunks = chunks.length;
    const code = this.code();
    const seats = Int32Array.from(this.seats.slice(this.seatsTold));
    this.seatsTold = this.seats.length;
    const replacements = Int32Array.from(this.replacements);
    this.replacements = [];
    const lists = Int32Array.from(this.lists);
    const faults = Int32Array.from(this.faults);
    this.lists = [];
    this.faults = [];
    const { doubts } = watch;
    const standing = [table, memory.streams, memory.taken, watch.stamp];
    const isNothing =
      values.length + code.length + seats.length + lists.length + faults.length + replacements.length === 0 &&
      !isLaidAnew &&
      firstChunk === chunks.length &&
      doubts.join() === this.doubts &&
      standing.every((each, at) => each === this.standing[at]);
    if (isNothing) return null;
    this.doubts = doubts.join();
    this.standing = standing;
    return {
      values: Int32Array.from(values),
      bits: isLaidAnew ? this.bits : null,
      table,
      firstChunk,
      chunks: chunks.slice(firstChunk),
      code,
      seats,
      lists,
      faults,
      replacements,
      stamp: watch.stamp,
      doubts,
      streams: memory.streams,
      taken: memory.taken,
    };
  }

  /** What was written of programs since the last time: where it stands, its length, its words. */
  private code(): Int32Array {
    const { code } = this.search.programs;
    const pieces: (readonly [start: number, length: number])[] = [];
    for (const start of this.written) pieces.push([start, (code[start + endAt] as number) - start]);
    for (const part of this.asked) pieces.push([part + askedAt, 1]);
    this.written.clear();
    this.asked.clear();
    const told = new Int32Array(pieces.reduce((words, [, length]) => words + 2 + length, 0));
    let at = 0;
    for (const [start, length] of pieces) {
      told.set([start, length], at);
      told.set(code.subarray(start, start + length), at + 2);
      at += 2 + length;
    }
    return told;
  }
}
