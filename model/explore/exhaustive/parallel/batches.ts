import { invariant } from '../../../kernel/errors.ts';
import { throwsAt } from '../layout.ts';
import type { Search } from '../search.ts';
import { seatSlots } from '../seats.ts';
import type { Crew, Start } from './crew.ts';
import { Expander } from './expander.ts';
import { Herald } from './herald.ts';
import * as memory from './memory.ts';

/** Worlds of a batch. Larger ones meet less often; in smaller ones fewer steps lead to worlds that have no number yet. */
const mostWorlds = 4096;
const leastWorlds = 256;

/** Batches between two looks at the clock, the memory and the user. */
const atOnce = 8;

/** Below so many worlds a search is over before threads are worth their start. */
const worthwhile = 4_000;

/** So many new worlds that a world leads to are reckoned with where a limit is near. */
const mostNew = 64;

/** Worlds that were expanded; what they lead to has places in the table, and no numbers yet. */
interface Batch {
  readonly set: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Expands worlds by the batch, in several threads, with the very outcome of one. Threads find what worlds lead to, by what is known;
 * this one learns what is not, and while the others are at the next batch, numbers new worlds in the order in which it would have
 * found them alone, and asks claims. After each call a search stands where it would stand with one thread. Where a claim fails or a
 * limit is reached within a batch, the batch is forgotten, and the search goes on with one thread.
 */
export class Batches {
  private readonly search: Search;
  private readonly crew: Crew;
  private readonly threads: number;
  private readonly herald: Herald;
  private readonly memory: memory.Memory;
  private readonly own: Expander;
  private readonly start: Start;
  private isManned = false;
  private hasBegun = false;
  private isOver = false;
  /** Places in the table that are kept free for each world of a batch. */
  private spare = 16;
  /** Where the search stood before the batch that was settled last. */
  private before: ReturnType<Search['mark']> | null = null;

  constructor(search: Search, crew: Crew) {
    this.search = search;
    this.crew = crew;
    this.threads = crew.size + 1;
    this.herald = new Herald(search);
    const each = <T>(make: () => T): readonly T[] => Array.from({ length: this.threads }, make);
    const entries = (mostWorlds / memory.chunkWorlds) * memory.entryWords;
    this.memory = {
      control: memory.shared(memory.controlWords),
      directories: [memory.shared(entries), memory.shared(entries)],
      streams: [each(() => memory.shared(1 << memory.streamBits)), each(() => memory.shared(1 << memory.streamBits))],
      taken: [each(() => memory.shared(1 << 10)), each(() => memory.shared(1 << 10))],
    };
    const slots = seatSlots(search.world.system);
    const { width } = search.world.system;
    this.start = { width, slots, faults: search.faults.slots, memory: this.memory };
    this.own = new Expander(0, this.start);
  }

  /** Expands some batches. False where one thread has to go on alone. */
  advance(): boolean {
    const { search } = this;
    const { limits, visited } = search;
    if (this.isOver || !this.isBegun()) return false;
    const begun = search.expanded;
    let last: Batch | null = null;
    for (let n = 0; n < atOnce; ) {
      const from: number = last?.to ?? search.expanded;
      const room = Math.floor((limits.states - visited.count) / mostNew);
      const to: number = from + Math.min(mostWorlds, visited.count - from, room);
      const isEnough = to - from >= leastWorlds && search.depths.at(to - 1) < limits.depth;
      if (last !== null && !(isEnough && visited.hasRoom(2 * this.spare * mostWorlds))) {
        if (!this.isSound(last)) return this.alone();
        last = null;
      } else if (isEnough) {
        if (last === null) this.herald.renew();
        const batch: Batch = { set: last === null ? 0 : 1 - last.set, from, to };
        if (!this.expanded(batch, last)) return this.alone();
        last = batch;
        n++;
      } else break;
    }
    if (last !== null && !this.isSound(last)) return this.alone();
    return search.expanded > begun;
  }

  private isBegun(): boolean {
    if (this.hasBegun) return true;
    if (!this.isManned && this.search.expanded >= worthwhile) {
      this.crew.begin(this.start);
      this.isManned = true;
    }
    this.hasBegun = this.isManned && this.crew.isReady();
    return this.hasBegun;
  }

  /** One thread goes on, from the start of the batch that was settled last. */
  private alone(): false {
    this.end();
    if (this.before !== null) this.search.returnTo(this.before);
    return false;
  }

  /** Lets the other threads go. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.memory.control[memory.taskAt] = memory.endTask;
    this.wake();
    this.crew.end();
  }

  private tellNews(): void {
    const news = this.herald.news(this.memory);
    if (news === null) return;
    this.own.hear(news);
    this.crew.tell(news);
  }

  /** Makes room to count how often acts were taken; for other threads only while they wait. */
  private makeRoom(isIdle: boolean): void {
    const { acts } = this.search.programs;
    const roomy = (words: Int32Array, thread: number): Int32Array =>
      (isIdle || thread === 0) && acts.length > words.length ? longer(words, 2 * acts.length) : words;
    this.memory.taken = this.memory.taken.map((of) => of.map(roomy));
  }

  private wake(): void {
    Atomics.add(this.memory.control, memory.turnAt, 1);
    Atomics.notify(this.memory.control, memory.turnAt);
  }

  /** Lets the other threads expand the worlds of a batch. */
  private begin({ set, from, to }: Batch): void {
    const { control, taken } = this.memory;
    const room = this.spare * (to - from);
    this.search.visited.makeChunks(2 * room);
    this.makeRoom(true);
    this.tellNews();
    for (const of of taken[set] as readonly Int32Array[]) of.fill(0);
    control[memory.taskAt] = memory.expandTask;
    control[memory.setAt] = set;
    control[memory.fromAt] = from;
    control[memory.toAt] = to;
    control[memory.roomAt] = Math.floor(room / this.threads);
    control[memory.nextAt] = control[memory.doneAt] = control[memory.overflowAt] = 0;
    this.wake();
  }

  /** Expands the worlds of a batch, while the one before it is completed and settled. False where a claim fails of that. */
  private expanded(batch: Batch, before: Batch | null): boolean {
    const { search } = this;
    const { control } = this.memory;
    for (let last = before; ; ) {
      if (last === null) search.visited.reserve(2 * this.spare * mostWorlds);
      const known = search.watch.looksAndDoubts;
      this.begin(batch);
      const isComplete = last === null || this.completed(last);
      const isSound = last === null || (isComplete && this.settled(last));
      if (isSound) this.own.expandAll();
      memory.waitFor(control, memory.doneAt, this.threads - 1);
      invariant(control[memory.failedAt] === 0, 'a thread of the search failed');
      if (last !== null && !isComplete) {
        this.undo(last, batch);
        if (this.own.isFull) this.enlarge();
        if (!this.expanded(last, null)) return false;
        continue;
      }
      if (!isSound) return false;
      last = null;
      // What claims have come to look at since was not heeded in what these worlds lead to.
      const isStale = search.watch.looksAndDoubts !== known;
      const isFull = control[memory.overflowAt] !== 0;
      if (!isStale && !isFull) return true;
      this.undo(batch);
      if (isStale) this.herald.renew();
      if (isFull) this.enlarge();
    }
  }

  private isSound(batch: Batch): boolean {
    while (!this.completed(batch)) {
      this.undo(batch);
      if (this.own.isFull) this.enlarge();
      this.expanded(batch, null);
    }
    return this.settled(batch);
  }

  private enlarge(): void {
    this.spare *= 2;
    this.memory.streams = this.memory.streams.map((of) => of.map(({ length }) => memory.shared(2 * length)));
  }

  /** Learns what worlds of a batch need that was not known, in their order. False where the batch has to be expanded anew. */
  private completed({ set, from, to }: Batch): boolean {
    const { search } = this;
    const { packing } = search.visited;
    const size = memory.rowAt + packing.words;
    const [directory, streams] = this.records(set);
    const holed: number[] = [];
    for (let chunk = 0; chunk < chunksOf(from, to); chunk++) {
      const entry = chunk * memory.entryWords;
      if (directory[entry + memory.holesAt] === 0) continue;
      holed.push(chunk);
      const stream = streams[directory[entry + memory.threadAt] as number] as Int32Array;
      for (let at = directory[entry + memory.startAt] as number; at < (directory[entry + memory.endAt] as number); at += size) {
        if (stream[at + memory.stateAt] !== memory.hole) continue;
        const world = stream[at + memory.parentAt] as number;
        search.learn(world);
        search.onExpanded?.(world);
      }
    }
    // Rows were laid out anew, and with them the table.
    if (search.visited.packing !== packing) return false;
    if (holed.length === 0) return true;
    this.makeRoom(false);
    this.tellNews();
    return holed.every((chunk) => this.own.mend(chunk));
  }

  private records(set: number): readonly [directory: Int32Array, streams: readonly Int32Array[]] {
    return [this.memory.directories[set] as Int32Array, this.memory.streams[set] as readonly Int32Array[]];
  }

  /** Gives back the places in the table that batches took. */
  private undo(...batches: readonly Batch[]): void {
    const { visited } = this.search;
    const size = memory.rowAt + visited.packing.words;
    // What is left of batches before has no place that is taken now, or one that is given back too.
    for (const { set } of batches)
      for (const stream of this.records(set)[1])
        for (let at = memory.stateAt; at < stream.length; at += size) if ((stream[at] as number) >= 0) visited.vacate(stream[at] as number);
  }

  /** Numbers the new worlds of a batch, and asks claims of them. False where one of them fails, or a limit is reached. */
  private settled({ set, from, to }: Batch): boolean {
    const { search } = this;
    const { visited, programs, world } = search;
    const { table } = visited.memory;
    const [directory, streams] = this.records(set);
    const size = memory.rowAt + visited.packing.words;
    this.before = search.mark();
    let [fires, cuts] = [0, 0];
    for (let chunk = 0; chunk < chunksOf(from, to); chunk++) {
      const entry = chunk * memory.entryWords;
      const thread = directory[entry + memory.threadAt] as number;
      const stream = streams[thread] as Int32Array;
      const ref = -(set * this.threads + thread) * stream.length - 1;
      search.generated += directory[entry + memory.generatedAt] as number;
      fires += directory[entry + memory.firesAt] as number;
      cuts += directory[entry + memory.cutsAt] as number;
      const [start, end] = [directory[entry + memory.startAt] as number, directory[entry + memory.endAt] as number];
      // Of two records of one world the table tells of the one that comes first. All of a chunk are looked up side by side.
      for (let at = start; at < end; at += size) {
        const place = stream[at + memory.stateAt] as number;
        if (place >= 0 && table[2 * place + 1] !== ref - at) stream[at + memory.stateAt] = memory.step;
      }
      for (let at = start; at < end; at += size) if (!this.took(stream, at)) return false;
    }
    search.expanded = to;
    if (visited.count >= search.limits.states) return false;
    for (let n = 0; n < fires; n++) world.cut('fires');
    for (let n = 0; n < cuts; n++) world.cut('inbox');
    for (const of of this.memory.taken[set] as readonly Int32Array[])
      for (let act = 0; act < programs.acts.length; act++) programs.taken[act] = (programs.taken[act] as number) + (of[act] as number);
    programs.tell();
    return true;
  }

  /** Takes what a record tells as one thread would have done. False where a claim fails. */
  private took(stream: Int32Array, at: number): boolean {
    const { search } = this;
    const [parent, state] = [stream[at + memory.parentAt] as number, stream[at + memory.stateAt] as number];
    if (state === memory.stuck) {
      search.noteStuck(parent);
      return true;
    }
    const part = stream[at + memory.partAt] as number;
    if (search.programs.code[part + throwsAt] !== 0) return false;
    const index = state >= 0 ? search.append(stream, at + memory.rowAt, state, parent) : -1;
    return !search.fails(stream, at + memory.rowAt, index, parent, part, stream[at + memory.dueAt] as number);
  }
}

const chunksOf = (from: number, to: number): number => Math.ceil((to - from) / memory.chunkWorlds);

const longer = (words: Int32Array, length: number): Int32Array => {
  const long = memory.shared(length);
  long.set(words);
  return long;
};
