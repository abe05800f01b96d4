import { invariant } from './errors.ts';

/** Pairs of numbers below this are looked up by position. */
const near = 32;

/** An entry: the number plus one, or zero where there is none; then the pair. They stand together, so that looking one up waits once for memory. */
const entry = 3;

/**
 * Numbers pairs of small integers, densely from 0. Open addressing over typed arrays: a Map with packed or string keys
 * took three to five times as long.
 */
export class Pairs {
  private capacity = 1024;
  private table = new Int32Array(entry * this.capacity);
  private count = 0;
  /** The number plus one of each near pair. */
  private readonly grid = new Int32Array(near * near);

  get size(): number {
    return this.count;
  }

  /** The number of a pair; `size` grows by one if it is new. */
  of(first: number, second: number): number {
    if (first >= near || second >= near) return this.far(first, second);
    const at = first * near + second;
    if (this.grid[at] === 0) this.grid[at] = this.far(first, second) + 1;
    return (this.grid[at] as number) - 1;
  }

  private far(first: number, second: number): number {
    const { table } = this;
    let at = this.start(first, second);
    for (; table[entry * at] !== 0; at = (at + 1) & (this.capacity - 1))
      if (table[entry * at + 1] === first && table[entry * at + 2] === second) return (table[entry * at] as number) - 1;
    const number = this.count++;
    table[entry * at] = number + 1;
    table[entry * at + 1] = first;
    table[entry * at + 2] = second;
    if (this.count * 2 > this.capacity) this.grow();
    return number;
  }

  private start(first: number, second: number): number {
    const h = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77);
    return (h ^ (h >>> 15)) & (this.capacity - 1);
  }

  private grow(): void {
    const old = this.table;
    this.capacity *= 2;
    invariant(this.capacity <= 1 << 28, 'too many pairs');
    const wide = new Int32Array(entry * this.capacity);
    for (let from = 0; from < old.length; from += entry) {
      if (old[from] === 0) continue;
      let at = this.start(old[from + 1] as number, old[from + 2] as number);
      while (wide[entry * at] !== 0) at = (at + 1) & (this.capacity - 1);
      for (let field = 0; field < entry; field++) wide[entry * at + field] = old[from + field] as number;
    }
    this.table = wide;
  }
}
