import { isSame, type Known, longer } from './known.ts';
import * as memory from './memory.ts';
import type { Sleep } from '../sleep.ts';
import type { Records } from './records.ts';
import type { Steps } from './steps.ts';

/**
 * The places in the table of the worlds that steps lead to. The place of a world tells its number; where it has none yet, it tells of
 * its record, and of several records of one world of that which comes first.
 */
export class Places {
  private readonly known: Known;
  private readonly steps: Steps;
  private readonly records: Records;
  private readonly sleep: Sleep;
  /** By step: more than zero where it is certain that the world after it is known, or that others come before. */
  found: Int32Array = new Int32Array(256);

  constructor(known: Known, steps: Steps, records: Records, sleep: Sleep) {
    this.known = known;
    this.steps = steps;
    this.records = records;
    this.sleep = sleep;
  }

  /** Looks for the worlds after all steps of a world. All first loads stand side by side, so that none waits for another. */
  seek(index: number): void {
    const { count, hashes, rows } = this.steps;
    if (count > this.found.length) this.found = longer(this.found, this.steps.parts.length);
    const { found, known } = this;
    const { table, streamBits: bits } = known;
    const { words } = known.packing;
    const streams = this.records.all;
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
        if (!known.isRow(entry - 1, rows, i * words)) found[i] = 0;
      } else {
        // It leads where others lead: known, if they come first.
        const ref = -entry - 1;
        const stream = streams[ref >>> bits] as Int32Array;
        const record = ref & ((1 << bits) - 1);
        const isEarlier = (stream[record + memory.parentAt] as number) < index;
        found[i] = isEarlier && isSame(stream, record + memory.rowAt, rows, i * words, words) ? 1 : 0;
      }
    }
  }

  /**
   * The place that is taken for the world after a step that was not {@link found}, or {@link memory.step} where it is known or others
   * come before. Where a place is taken, the record of the step was written.
   */
  take(index: number, nth: number): number {
    const { known, records, sleep, steps } = this;
    const { table, streamBits: bits } = known;
    const { rows } = steps;
    const { words } = known.packing;
    const mask = table.length / 2 - 1;
    const hash = steps.hashes[nth] as number;
    let isWritten = false;
    for (let at = hash & mask; ; ) {
      let entry = table[2 * at + 1] as number;
      // What another thread has just written comes with the record that it tells of.
      if (entry < 0) entry = Atomics.load(table, 2 * at + 1);
      if (entry > 0) {
        if (table[2 * at] === hash) {
          entry = Atomics.load(table, 2 * at + 1);
          if (known.isRow(entry - 1, rows, nth * words)) return memory.step;
        }
        at = (at + 1) & mask;
        continue;
      }
      if (entry < 0) {
        const stream = records.all[(-entry - 1) >>> bits] as Int32Array;
        const record = (-entry - 1) & ((1 << bits) - 1);
        if (!isSame(stream, record + memory.rowAt, rows, nth * words, words)) {
          at = (at + 1) & mask;
          continue;
        }
        const parent = stream[record + memory.parentAt] as number;
        if (parent < index || (parent === index && (stream[record + memory.nthAt] as number) < nth)) return memory.step;
      }
      if (!isWritten) {
        records.write(index, nth, steps, sleep.isOn ? sleep.after(nth, steps.parts[nth] as number) : 0);
        isWritten = true;
      }
      if (Atomics.compareExchange(table, 2 * at + 1, entry, records.ref) !== entry) continue;
      table[2 * at] = hash;
      records.placed++;
      return at;
    }
  }
}
