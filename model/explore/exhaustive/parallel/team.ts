import type { Search } from '../search.ts';
import { seatSlots } from '../seats.ts';
import { type Batch, type Chunk, chunksOf } from './batch.ts';
import type { Crew, Start } from './crew.ts';
import { Expander } from './expander.ts';
import { Herald } from './herald.ts';
import * as memory from './memory.ts';

/** Worlds of a batch at most. Larger ones meet less often; in smaller ones fewer steps lead to worlds that have no number yet. */
export const mostWorlds = 4096;

/** All threads of a search, this one among them, and the memory that they share: it gives them batches, and tells them what is known. */
export class Team {
  readonly size: number;
  readonly own: Expander;
  /** By thread: how many worlds it has expanded, those not counted that one thread expanded alone. */
  readonly shares: number[];
  private readonly search: Search;
  private readonly crew: Crew;
  private readonly herald: Herald;
  private readonly memory: memory.Memory;
  private readonly start: Start;
  private isCalled = false;
  private isReady = false;
  private isGone = false;
  /** Places in the table that are kept free for each world of a batch. */
  private spare = 16;

  constructor(search: Search, crew: Crew) {
    this.search = search;
    this.crew = crew;
    this.size = crew.size + 1;
    this.shares = Array.from({ length: this.size }, () => 0);
    this.herald = new Herald(search);
    const each = <T>(make: () => T): readonly T[] => Array.from({ length: this.size }, make);
    const entries = (mostWorlds / memory.chunkWorlds) * memory.entryWords;
    this.memory = {
      control: memory.shared(memory.controlWords),
      directories: [memory.shared(entries), memory.shared(entries)],
      masks: [memory.shared(mostWorlds), memory.shared(mostWorlds)],
      streams: [each(() => memory.shared(1 << memory.streamBits)), each(() => memory.shared(1 << memory.streamBits))],
      taken: [each(() => memory.shared(1 << 10)), each(() => memory.shared(1 << 10))],
    };
    const { width } = search.world.system;
    this.start = { width, slots: seatSlots(search.world.system), faults: search.faults.slots, memory: this.memory };
    this.own = new Expander(0, this.start);
  }

  /** Whether all threads wait for something to do. The first call begins them. */
  isThere(): boolean {
    if (this.isReady) return true;
    if (!this.isCalled) this.crew.begin(this.start);
    this.isCalled = true;
    this.isReady = this.crew.isReady();
    return this.isReady;
  }

  /** Threads that have ended before their time. */
  get lost(): number {
    return this.isGone ? 0 : this.crew.lost();
  }

  /** Places in the table that two batches may take. */
  get places(): number {
    return 2 * this.spare * mostWorlds;
  }

  /** What claims have come to look at is heeded from the next batch on. */
  renew(): void {
    this.herald.renew();
  }

  /** Lets the other threads expand the worlds of a batch. */
  begin(batch: Batch): void {
    const { control } = this.memory;
    const room = this.spare * (batch.to - batch.from);
    this.search.visited.makeChunks(2 * room);
    this.makeRoom(true);
    this.tellNews();
    this.tellMasks(batch);
    for (const taken of this.takenIn(batch)) taken.fill(0);
    control[memory.taskAt] = memory.expandTask;
    control[memory.setAt] = batch.set;
    control[memory.passesAt] = this.search.passes ? 1 : 0;
    control[memory.fromAt] = batch.from;
    control[memory.toAt] = batch.to;
    control[memory.roomAt] = Math.floor(room / this.size);
    control[memory.nextAt] = control[memory.doneAt] = control[memory.overflowAt] = 0;
    this.wake();
  }

  /** Tells which instances sleep in the worlds of a batch. */
  private tellMasks({ set, from, to }: Batch): void {
    const { masks } = this.search;
    const into = this.memory.masks[set] as Int32Array;
    masks.pass(from);
    for (let index = from; index < to; index++) into[index - from] = masks.at(index);
  }

  /**
   * Waits until the other threads are through. How many of them say nothing, and are given up.
   * @throws what one of them has thrown.
   */
  silent(): number {
    const { control } = this.memory;
    const others = this.size - 1;
    const isThrough = memory.comesTo(control, memory.doneAt, others, this.crew.patienceMs);
    if (control[memory.failedAt] !== 0) throw this.crew.thrown();
    return isThrough ? 0 : others - Atomics.load(control, memory.doneAt);
  }

  /** Records or places ran out. */
  get isFull(): boolean {
    return this.memory.control[memory.overflowAt] !== 0;
  }

  enlarge(): void {
    this.spare *= 2;
    this.memory.streams = this.memory.streams.map((of) => of.map(({ length }) => memory.shared(2 * length)));
  }

  chunksOf(batch: Batch): readonly Chunk[] {
    return chunksOf(batch, this.memory);
  }

  /** By thread: how often each act was taken. */
  takenIn({ set }: Batch): readonly Int32Array[] {
    return this.memory.taken[set] as readonly Int32Array[];
  }

  /** Expands worlds of chunks that have been learned by now. False where that did not do. */
  mend(holed: readonly Chunk[]): boolean {
    this.makeRoom(false);
    this.tellNews();
    return holed.every(({ nth }) => this.own.mend(nth));
  }

  /** Gives back the places in the table that batches took. */
  undo(...batches: readonly Batch[]): void {
    const { visited } = this.search;
    const size = memory.rowAt + visited.packing.words;
    // What is left of batches before has no place that is taken now, or one that is given back too.
    for (const { set } of batches)
      for (const stream of this.memory.streams[set] as readonly Int32Array[])
        for (let at = memory.stateAt; at < stream.length; at += size) if ((stream[at] as number) >= 0) visited.vacate(stream[at] as number);
  }

  /** Lets the other threads go. */
  end(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.memory.control[memory.taskAt] = memory.endTask;
    this.wake();
    this.crew.end();
  }

  private wake(): void {
    Atomics.add(this.memory.control, memory.turnAt, 1);
    Atomics.notify(this.memory.control, memory.turnAt);
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
}

const longer = (words: Int32Array, length: number): Int32Array => {
  const long = memory.shared(length);
  long.set(words);
  return long;
};
