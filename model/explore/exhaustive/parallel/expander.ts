import { NONE } from '../../../world/system.ts';
import * as layout from '../layout.ts';
import { cut, flagsAt, known, turnAt } from '../replacements.ts';
import { unasked } from '../stillness.ts';
import { hashOf } from '../visited.ts';
import type { Start } from './crew.ts';
import { isSame, Known, longer } from './known.ts';
import * as memory from './memory.ts';

/**
 * Expands worlds by what is known, in any thread: it calls no role and asks no claim. For each step to a world without a number it
 * takes a place in the table, which then tells of its record; of several records of one world, of that which comes first.
 */
export class Expander extends Known {
  private readonly thread: number;
  private readonly instances: number;
  private readonly starts: Int32Array;
  private readonly strikes: number[] = [];
  /** Steps that were gathered: their parts, hashes, what has to be asked, what the table said, and their packed rows. */
  private count = 0;
  private steps: Int32Array = new Int32Array(256);
  private hashes: Int32Array = new Int32Array(256);
  private dues: Int32Array = new Int32Array(256);
  private found: Int32Array = new Int32Array(256);
  private ahead: Int32Array = new Int32Array(1024);
  /** The set of records that is written, and those of both sets. */
  private set = 0;
  private directory: Int32Array = new Int32Array(0);
  private streams: readonly Int32Array[] = [];
  private allStreams: readonly Int32Array[] = [];
  private threads = 1;
  private own: Int32Array = new Int32Array(0);
  /** Where the next record goes. */
  private at = 0;
  /** Places in the table that were taken. */
  private placed = 0;
  /** Records or places ran out. */
  isFull = false;
  private generated = 0;
  private fires = 0;
  private cuts = 0;

  constructor(thread: number, start: Start) {
    super(start);
    this.thread = thread;
    this.instances = start.slots.local.length;
    this.starts = new Int32Array(this.instances);
  }

  /** Expands chunks as long as there are any. */
  expandAll(): void {
    const { control } = this.memory;
    this.set = control[memory.setAt] as number;
    this.directory = this.memory.directories[this.set] as Int32Array;
    this.streams = this.memory.streams[this.set] as readonly Int32Array[];
    this.allStreams = this.memory.streams.flat();
    this.threads = this.streams.length;
    this.own = this.streams[this.thread] as Int32Array;
    const [from, to] = [control[memory.fromAt] as number, control[memory.toAt] as number];
    this.at = 0;
    this.placed = 0;
    this.isFull = false;
    for (;;) {
      const chunk = Atomics.add(control, memory.nextAt, 1);
      const first = from + chunk * memory.chunkWorlds;
      if (first >= to || Atomics.load(control, memory.overflowAt) !== 0) break;
      this.expandChunk(chunk, first, Math.min(to, first + memory.chunkWorlds));
    }
  }

  private expandChunk(chunk: number, first: number, end: number): void {
    const start = this.begin();
    let holes = 0;
    for (let index = first; index < end; index++) if (!this.expand(index)) holes++;
    this.close(chunk, start, holes);
  }

  private begin(): number {
    this.generated = this.fires = this.cuts = 0;
    return this.at;
  }

  private close(chunk: number, start: number, holes: number): void {
    const { directory } = this;
    const entry = chunk * memory.entryWords;
    directory[entry + memory.threadAt] = this.thread;
    directory[entry + memory.startAt] = start;
    directory[entry + memory.endAt] = this.at;
    directory[entry + memory.generatedAt] = this.generated;
    directory[entry + memory.firesAt] = this.fires;
    directory[entry + memory.cutsAt] = this.cuts;
    directory[entry + memory.holesAt] = holes;
  }

  /** Expands the worlds of a chunk that had to be learned, at their places among the others. */
  mend(chunk: number): boolean {
    const { directory, streams } = this;
    const entry = chunk * memory.entryWords;
    const thread = directory[entry + memory.threadAt] as number;
    const from = streams[thread] as Int32Array;
    const [start, end] = [directory[entry + memory.startAt] as number, directory[entry + memory.endAt] as number];
    const { own } = this;
    const counted = [memory.generatedAt, memory.firesAt, memory.cutsAt].map((at) => directory[entry + at] as number);
    const begun = this.begin();
    [this.generated, this.fires, this.cuts] = counted as [number, number, number];
    const size = memory.rowAt + this.packing.words;
    let holes = 0;
    for (let at = start; at < end; at += size) {
      if (from[at + memory.stateAt] === memory.hole) {
        if (!this.expand(from[at + memory.parentAt] as number)) holes++;
        continue;
      }
      if (!this.hasRoom(1)) return false;
      own.set(from.subarray(at, at + size), this.at);
      const place = 2 * (from[at + memory.stateAt] as number) + 1;
      if (place > 0 && this.table[place] === this.refOf(thread, at)) Atomics.store(this.table, place, this.refOf(this.thread, this.at));
      this.at += size;
    }
    this.close(chunk, begun, holes);
    return holes === 0 && !this.isFull;
  }

  /** False where something has to be learned. */
  private expand(index: number): boolean {
    const { code, seats, now, starts } = this;
    this.goTo(index);
    this.count = 0;
    const environment = seats.environment(now);
    for (let instance = 0; instance < this.instances; instance++) {
      const start = seats.startOf(instance, environment, now);
      if (start === 0 || code[start] !== this.stamp) return this.leave(index);
      starts[instance] = start;
      this.gather(start);
    }
    if (!this.faults.find(environment, now, this.isSpent, this.strikes)) return this.leave(index);
    for (let nth = 0; nth < this.strikes.length; nth++) {
      const start = this.strikes[nth] as number;
      if (code[start] !== this.stamp) return this.leave(index);
      this.gather(start);
    }
    if (!this.layAhead()) return this.leave(index);
    for (let instance = 0; instance < this.instances; instance++) this.countIdle(starts[instance] as number);
    this.seek(index);
    this.write(index);
    return true;
  }

  private leave(index: number): boolean {
    if (!this.hasRoom(1)) return false;
    this.put(index, 0, memory.hole);
    return false;
  }

  private put(index: number, part: number, state: number): void {
    const { own } = this;
    own[this.at + memory.parentAt] = index;
    own[this.at + memory.partAt] = part;
    own[this.at + memory.stateAt] = state;
    this.at += memory.rowAt + this.packing.words;
  }

  private hasRoom(records: number): boolean {
    const { own } = this;
    if (this.at + records * (memory.rowAt + this.packing.words) <= own.length) return true;
    return this.overflow();
  }

  private overflow(): false {
    this.isFull = true;
    Atomics.store(this.memory.control, memory.overflowAt, 1);
    return false;
  }

  private countIdle(program: number): void {
    const { code } = this;
    this.generated += code[program + layout.idleAt] as number;
    if (code[program + layout.countsAt] === 0) return;
    for (let at = program + layout.budgetsAt; at < (code[program + layout.partsAt] as number); at++)
      if (this.valueOf(code[at] as number) > 0) this.generated++;
    const fires = code[program + layout.firesAt] as number;
    if (fires !== NONE && this.valueOf(fires) === 0) this.fires++;
  }

  private gather(program: number): void {
    const { code } = this;
    const end = code[program + layout.endAt] as number;
    for (let part = code[program + layout.partsAt] as number; part < end; part = code[part + layout.nextAt] as number) {
      const budget = code[part + layout.budgetAt] as number;
      if (budget !== NONE && this.valueOf(budget) === 0) continue;
      const crashes = code[part + layout.crashesAt] as number;
      if (crashes !== NONE && this.valueOf(crashes) === 0) continue;
      if (this.count === this.steps.length) this.makeRoom();
      this.steps[this.count++] = part;
    }
  }

  private makeRoom(): void {
    this.steps = longer(this.steps);
    this.hashes = longer(this.hashes);
    this.dues = longer(this.dues);
    this.found = longer(this.found);
  }

  private layAhead(): boolean {
    const width = this.words.length;
    while (this.count * width > this.ahead.length) this.ahead = longer(this.ahead);
    const { ahead, code, count, dues, hashes, now, replacements, steps, words } = this;
    const { wordOf, shiftOf } = this.packing;
    let cuts = 0;
    for (let nth = 0, base = 0; nth < count; nth++, base += width) {
      const part = steps[nth] as number;
      for (let word = 0; word < width; word++) ahead[base + word] = words[word] as number;
      let due = code[part + layout.dueAt] as number;
      let at = part + layout.fixedAt;
      for (const end = code[part + layout.fixedEndAt] as number; at < end; at += 2) {
        const slot = code[at] as number;
        const word = base + (wordOf[slot] as number);
        ahead[word] = (ahead[word] as number) ^ ((code[at + 1] as number) << (shiftOf[slot] as number));
      }
      for (const end = code[part + layout.nextAt] as number; at < end; at += 2) {
        const slot = code[at] as number;
        const place = replacements.of(code[at + 1] as number, now[slot] as number);
        const flags = replacements.table[place + flagsAt] as number;
        if (flags === 0) return false;
        const word = base + (wordOf[slot] as number);
        ahead[word] = (ahead[word] as number) ^ ((replacements.table[place + turnAt] as number) << (shiftOf[slot] as number));
        if ((flags & cut) !== 0) cuts++;
        due |= flags;
      }
      dues[nth] = due & ~known;
      hashes[nth] = hashOf(ahead, base, width);
    }
    this.cuts += cuts;
    return true;
  }

  /** Which steps lead to worlds that are known. All first loads stand side by side, so that none waits for another. */
  private seek(index: number): void {
    const { ahead, count, found, hashes, allStreams: streams, table, streamBits: bits } = this;
    const { words } = this.packing;
    const mask = table.length / 2 - 1;
    for (let i = 0; i < count; i++) found[i] = table[2 * ((hashes[i] as number) & mask) + 1] as number;
    for (let i = 0; i < count; i++) {
      if (found[i] === 0) continue;
      const hash = hashes[i] as number;
      let at = hash & mask;
      while (table[2 * at] !== hash && table[2 * at + 1] !== 0) at = (at + 1) & mask;
      found[i] = table[2 * at + 1] as number;
    }
    for (let i = 0; i < count; i++) {
      const entry = found[i] as number;
      if (entry === 0) continue;
      if (entry > 0) {
        if (!this.isRow(entry - 1, ahead, i * words)) found[i] = 0;
      } else {
        // It leads where others lead: known, if they come first.
        const ref = -entry - 1;
        const stream = streams[ref >>> bits] as Int32Array;
        const record = ref & ((1 << bits) - 1);
        const isEarlier = (stream[record + memory.parentAt] as number) < index;
        found[i] = isEarlier && isSame(stream, record + memory.rowAt, ahead, i * words, words) ? 1 : 0;
      }
    }
  }

  /** The place in the table that was taken for the world after a step, or {@link memory.step} where it is known or others come before. */
  private placeOf(index: number, nth: number): number {
    const { ahead, table } = this;
    const { words } = this.packing;
    const mask = table.length / 2 - 1;
    const hash = this.hashes[nth] as number;
    let isWritten = false;
    for (let at = hash & mask; ; ) {
      let entry = table[2 * at + 1] as number;
      // What another thread has just written comes with the record that it tells of.
      if (entry < 0) entry = Atomics.load(table, 2 * at + 1);
      if (entry > 0) {
        if (table[2 * at] === hash) {
          entry = Atomics.load(table, 2 * at + 1);
          if (this.isRow(entry - 1, ahead, nth * words)) return memory.step;
        }
        at = (at + 1) & mask;
        continue;
      }
      if (entry < 0) {
        const { allStreams: streams } = this;
        const bits = this.streamBits;
        const stream = streams[(-entry - 1) >>> bits] as Int32Array;
        const record = (-entry - 1) & ((1 << bits) - 1);
        if (!isSame(stream, record + memory.rowAt, ahead, nth * words, words)) {
          at = (at + 1) & mask;
          continue;
        }
        const parent = stream[record + memory.parentAt] as number;
        if (parent < index || (parent === index && (stream[record + memory.nthAt] as number) < nth)) return memory.step;
      }
      if (!isWritten) {
        this.writeRecord(index, nth);
        isWritten = true;
      }
      if (Atomics.compareExchange(table, 2 * at + 1, entry, this.refOf(this.thread, this.at)) !== entry) continue;
      table[2 * at] = hash;
      this.placed++;
      return at;
    }
  }

  /** How the table tells of a record. */
  private refOf(thread: number, at: number): number {
    return -(((this.set * this.threads + thread) << this.streamBits) + at) - 1;
  }

  private writeRecord(index: number, nth: number): void {
    const { ahead } = this;
    const { words } = this.packing;
    const { own } = this;
    const { at } = this;
    own[at + memory.parentAt] = index;
    own[at + memory.nthAt] = nth;
    own[at + memory.partAt] = this.steps[nth] as number;
    own[at + memory.hashAt] = this.hashes[nth] as number;
    for (let word = 0; word < words; word++) own[at + memory.rowAt + word] = ahead[nth * words + word] as number;
  }

  private write(index: number): void {
    const { code, count, dues, found, steps } = this;
    if (!this.hasRoom(Math.max(1, count))) return;
    if (this.placed + count > (this.memory.control[memory.roomAt] as number)) {
      this.overflow();
      return;
    }
    if (count === 0) this.put(index, 0, memory.stuck);
    this.generated += count;
    const unsure = this.unsureAt(index);
    const { own } = this;
    const taken = this.memory.taken[this.set]?.[this.thread] as Int32Array;
    const size = memory.rowAt + this.packing.words;
    for (let nth = 0; nth < count; nth++) {
      const part = steps[nth] as number;
      const act = code[part + layout.actAt] as number;
      taken[act] = (taken[act] as number) + 1;
      const due = (dues[nth] as number) | unsure;
      const state = (found[nth] as number) > 0 ? memory.step : this.placeOf(index, nth);
      if (state === memory.step) {
        if (code[part + layout.throwsAt] === 0 && ((code[part + layout.askedAt] as number) & (due | unasked)) === 0) continue;
        this.writeRecord(index, nth);
      }
      own[this.at + memory.dueAt] = due;
      own[this.at + memory.stateAt] = state;
      this.at += size;
    }
  }
}
