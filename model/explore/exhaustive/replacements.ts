/** A bound cut something off. */
export const cut = 1 << 28;

/** It is known what has to be asked. */
const known = 1 << 29;

/** An entry: the number of an edit plus one, or zero where there is none; a code before it; what turns that into the code after it, by exclusive or; and flags. */
const entry = 4;
const beforeAt = 1;
export const turnAt = 2;
/** What has to be asked after it, and {@link cut}. */
export const flagsAt = 3;

/**
 * What edits make of the codes of their slots, learned one pair at a time, for few of all the pairs ever occur. All that is known of
 * a pair stands together, so that looking it up waits once for memory.
 */
export class Replacements {
  table = new Int32Array(entry * 1024);
  private capacity = 1024;
  private count = 0;
  private readonly learn: (edit: number, before: number) => void;
  private stamp = 0;

  /** @param learn is asked for what is not known, and puts it here. */
  constructor(learn: (edit: number, before: number) => void) {
    this.learn = learn;
  }

  /** Forgets what has to be asked, where claims have come to look at more. */
  renew(stamp: number): void {
    if (this.stamp === stamp) return;
    this.stamp = stamp;
    for (let at = flagsAt; at < this.table.length; at += entry) this.table[at] = 0;
  }

  /** From now on it is known what an edit makes of a code. */
  put(edit: number, before: number, turn: number, flags: number): void {
    let at = this.find(edit, before);
    if (this.table[at] === 0) {
      if (++this.count * 2 > this.capacity) {
        this.grow();
        at = this.find(edit, before);
      }
      this.table[at] = edit + 1;
      this.table[at + beforeAt] = before;
    }
    this.table[at + turnAt] = turn;
    this.table[at + flagsAt] = known | flags;
  }

  /** Where in the table it stands what an edit, given by its number, makes of the code of its slot. */
  of(edit: number, before: number): number {
    const at = this.find(edit, before);
    if (this.table[at + flagsAt] !== 0) return at;
    this.learn(edit, before);
    return this.find(edit, before);
  }

  private find(edit: number, before: number): number {
    const { table } = this;
    const mask = this.capacity - 1;
    const h = Math.imul(edit, 0x9e3779b1) ^ Math.imul(before, 0x85ebca77);
    let at = (h ^ (h >>> 15)) & mask;
    while (table[entry * at] !== 0 && (table[entry * at] !== edit + 1 || table[entry * at + beforeAt] !== before)) at = (at + 1) & mask;
    return entry * at;
  }

  private grow(): void {
    const old = this.table;
    this.capacity *= 2;
    this.table = new Int32Array(entry * this.capacity);
    for (let from = 0; from < old.length; from += entry) {
      if (old[from] === 0) continue;
      const at = this.find((old[from] as number) - 1, old[from + beforeAt] as number);
      for (let field = 0; field < entry; field++) this.table[at + field] = old[from + field] as number;
    }
  }
}
