import type { Known } from './known.ts';
import * as memory from './memory.ts';
import type { Steps } from './steps.ts';

/**
 * What a thread writes of the worlds of a batch: records, one after the other, and for each chunk of worlds an entry that says where
 * its records stand and what was counted.
 */
export class Records {
  /** Its own, and those of all threads: of this set, and of both. */
  own: Int32Array = new Int32Array(0);
  streams: readonly Int32Array[] = [];
  all: readonly Int32Array[] = [];
  directory: Int32Array = new Int32Array(0);
  /** Where the next record goes. */
  at = 0;
  /** Places in the table that were taken for records. */
  placed = 0;
  /** Records or places ran out. */
  isFull = false;
  /** Counted in the chunk that is open. */
  generated = 0;
  fires = 0;
  cuts = 0;
  private readonly thread: number;
  private set = 0;
  private start = 0;
  private readonly known: Known;

  constructor(thread: number, known: Known) {
    this.thread = thread;
    this.known = known;
  }

  /** Begins the records of a batch. */
  begin(): void {
    const { control, directories, streams } = this.known.memory;
    this.set = control[memory.setAt] as number;
    this.directory = directories[this.set] as Int32Array;
    this.streams = streams[this.set] as readonly Int32Array[];
    this.all = streams.flat();
    this.own = this.streams[this.thread] as Int32Array;
    this.at = 0;
    this.placed = 0;
    this.isFull = false;
  }

  /** Words of a record. */
  get size(): number {
    return memory.rowAt + this.known.packing.words;
  }

  /** How often this thread took each act. */
  get taken(): Int32Array {
    return (this.known.memory.taken[this.set] as readonly Int32Array[])[this.thread] as Int32Array;
  }

  open(): void {
    this.start = this.at;
    this.generated = this.fires = this.cuts = 0;
  }

  /** @param holes worlds of the chunk that have to be learned. */
  close(chunk: number, holes: number): void {
    const { directory } = this;
    const entry = chunk * memory.entryWords;
    directory[entry + memory.threadAt] = this.thread;
    directory[entry + memory.startAt] = this.start;
    directory[entry + memory.endAt] = this.at;
    directory[entry + memory.generatedAt] = this.generated;
    directory[entry + memory.firesAt] = this.fires;
    directory[entry + memory.cutsAt] = this.cuts;
    directory[entry + memory.holesAt] = holes;
  }

  /** Whether so many records more can be written, each with a place. */
  hasRoom(records: number): boolean {
    const { control } = this.known.memory;
    if (this.at + Math.max(1, records) * this.size <= this.own.length && this.placed + records <= (control[memory.roomAt] as number)) return true;
    this.isFull = true;
    Atomics.store(control, memory.overflowAt, 1);
    return false;
  }

  /** Writes a record that tells of a world, and of no step. */
  put(index: number, state: number): void {
    const { at, own } = this;
    own[at + memory.parentAt] = index;
    own[at + memory.partAt] = 0;
    own[at + memory.stateAt] = state;
    this.at += this.size;
  }

  /** Writes of a step; {@link end} ends the record. */
  write(index: number, nth: number, { parts, hashes, rows }: Steps, mask: number): void {
    const { at, own } = this;
    const { words } = this.known.packing;
    own[at + memory.parentAt] = index;
    own[at + memory.nthAt] = nth;
    own[at + memory.partAt] = parts[nth] as number;
    own[at + memory.hashAt] = hashes[nth] as number;
    own[at + memory.maskAt] = mask;
    for (let word = 0; word < words; word++) own[at + memory.rowAt + word] = rows[nth * words + word] as number;
  }

  end(due: number, state: number): void {
    this.own[this.at + memory.dueAt] = due;
    this.own[this.at + memory.stateAt] = state;
    this.at += this.size;
  }

  /** Takes a record over from another thread. */
  copy(thread: number, at: number): void {
    const from = this.streams[thread] as Int32Array;
    const { table } = this.known;
    this.own.set(from.subarray(at, at + this.size), this.at);
    const place = 2 * (from[at + memory.stateAt] as number) + 1;
    if (place > 0 && table[place] === this.refOf(thread, at)) Atomics.store(table, place, this.refOf(this.thread, this.at));
    this.at += this.size;
  }

  /** How the table tells of the record that is being written. */
  get ref(): number {
    return this.refOf(this.thread, this.at);
  }

  private refOf(thread: number, at: number): number {
    return -(((this.set * this.streams.length + thread) << this.known.streamBits) + at) - 1;
  }
}
