import { NONE } from '../../../world/system.ts';
import * as layout from '../layout.ts';
import { Sleep } from '../sleep.ts';
import { unasked } from '../stillness.ts';
import type { Start } from './crew.ts';
import { Known } from './known.ts';
import * as memory from './memory.ts';
import { Places } from './places.ts';
import { Records } from './records.ts';
import { Steps } from './steps.ts';

/** Expands worlds by what is known, in any thread: it calls no role and asks no claim. What it finds it writes down as records. */
export class Expander {
  private readonly known: Known;
  private readonly steps: Steps;
  private readonly records: Records;
  private readonly places: Places;
  /** Where the programs of the world stand: what each instance can do, and what faults do. */
  private readonly starts: Int32Array;
  private readonly strikes: number[] = [];
  private readonly sleep: Sleep;
  /** The first world of the batch, and whether steps may be passed over; those that sleep in each of its worlds. */
  private from = 0;
  private passes = false;
  private masks: Int32Array = new Int32Array(0);

  constructor(thread: number, start: Start) {
    this.known = new Known(start);
    this.steps = new Steps(this.known);
    this.records = new Records(thread, this.known);
    this.starts = new Int32Array(start.slots.local.length);
    this.sleep = new Sleep(this.known, this.starts);
    this.places = new Places(this.known, this.steps, this.records, this.sleep);
  }

  hear(news: memory.News): void {
    this.known.hear(news);
  }

  /** Records or places ran out. */
  get isFull(): boolean {
    return this.records.isFull;
  }

  /** Expands chunks of a batch as long as there are any. */
  expandAll(): void {
    const { control, masks } = this.known.memory;
    const [from, to] = [control[memory.fromAt] as number, control[memory.toAt] as number];
    this.from = from;
    this.passes = control[memory.passesAt] !== 0;
    this.masks = masks[control[memory.setAt] as number] as Int32Array;
    this.records.begin();
    for (;;) {
      const chunk = Atomics.add(control, memory.nextAt, 1);
      const first = from + chunk * memory.chunkWorlds;
      if (first >= to || Atomics.load(control, memory.overflowAt) !== 0) break;
      this.expandChunk(chunk, first, Math.min(to, first + memory.chunkWorlds));
    }
    this.tell();
  }

  private expandChunk(chunk: number, first: number, end: number): void {
    this.records.open();
    let holes = 0;
    for (let index = first; index < end; index++) if (!this.expand(index)) holes++;
    this.records.close(chunk, holes);
  }

  /** Expands the worlds of a chunk that had to be learned, at their places among the others. False where that did not do. */
  mend(chunk: number): boolean {
    const { records } = this;
    const { directory } = records;
    const entry = chunk * memory.entryWords;
    const thread = directory[entry + memory.threadAt] as number;
    const from = records.streams[thread] as Int32Array;
    const [start, end] = [directory[entry + memory.startAt] as number, directory[entry + memory.endAt] as number];
    records.open();
    records.generated = directory[entry + memory.generatedAt] as number;
    records.fires = directory[entry + memory.firesAt] as number;
    records.cuts = directory[entry + memory.cutsAt] as number;
    let holes = 0;
    for (let at = start; at < end; at += records.size) {
      if (from[at + memory.stateAt] === memory.hole) {
        if (!this.expand(from[at + memory.parentAt] as number)) holes++;
        continue;
      }
      if (!records.hasRoom(0)) return false;
      records.copy(thread, at);
    }
    records.close(chunk, holes);
    this.tell();
    return holes === 0 && !records.isFull;
  }

  /** Counts the steps that were passed over as taken. */
  private tell(): void {
    const { code, passed } = this.known;
    passed.tell(code, this.records.taken);
  }

  /** False where something has to be learned. */
  private expand(index: number): boolean {
    const { known, sleep, starts, steps, records, strikes } = this;
    const { code, seats, now, stamp } = known;
    known.goTo(index);
    steps.count = 0;
    sleep.begin(this.passes, this.masks[index - this.from] as number);
    const environment = seats.environment(now);
    for (let instance = 0; instance < starts.length; instance++) {
      const start = seats.startOf(instance, environment, now);
      if (start === 0 || code[start] !== stamp) return this.leave(index);
      starts[instance] = start;
      if (!sleep.passes(instance)) steps.gather(start);
      sleep.ends[instance] = steps.count;
    }
    if (!known.faults.find(environment, now, known.isSpent, strikes)) return this.leave(index);
    for (let nth = 0; nth < strikes.length; nth++) {
      const start = strikes[nth] as number;
      if (code[start] !== stamp) return this.leave(index);
      steps.gather(start);
    }
    if (!steps.lay()) return this.leave(index);
    records.cuts += steps.cuts;
    for (let instance = 0; instance < starts.length; instance++) this.countIdle(starts[instance] as number);
    this.places.seek(index);
    this.write(index);
    return true;
  }

  /** Leaves a world to be learned. */
  private leave(index: number): boolean {
    if (this.records.hasRoom(0)) this.records.put(index, memory.hole);
    return false;
  }

  /** Counts steps without effect, and timers that a bound keeps from firing. */
  private countIdle(program: number): void {
    const { known, records } = this;
    const { code } = known;
    records.generated += code[program + layout.idleAt] as number;
    if (code[program + layout.countsAt] === 0) return;
    for (let at = program + layout.budgetsAt; at < (code[program + layout.partsAt] as number); at++)
      if (known.valueOf(code[at] as number) > 0) records.generated++;
    const fires = code[program + layout.firesAt] as number;
    if (fires !== NONE && known.valueOf(fires) === 0) records.fires++;
  }

  /** Writes down the steps to new worlds, and those that a claim has to be asked of. */
  private write(index: number): void {
    const { known, places, records, sleep, steps } = this;
    const { count, dues, parts } = steps;
    if (!records.hasRoom(count)) return;
    if (count === 0 && !sleep.isAny) records.put(index, memory.stuck);
    records.generated += count + sleep.count(count);
    const { code } = known;
    const { taken } = records;
    const { found } = places;
    const unsure = known.unsureAt(index);
    for (let nth = 0; nth < count; nth++) {
      const part = parts[nth] as number;
      const act = code[part + layout.actAt] as number;
      taken[act] = (taken[act] as number) + 1;
      const due = (dues[nth] as number) | unsure;
      const place = (found[nth] as number) > 0 ? memory.step : places.take(index, nth);
      if (place === memory.step) {
        if (code[part + layout.throwsAt] === 0 && ((code[part + layout.askedAt] as number) & (due | unasked)) === 0) continue;
        records.write(index, nth, steps, 0);
      }
      records.end(due, place);
    }
  }
}
