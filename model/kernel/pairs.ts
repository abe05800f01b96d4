import { invariant } from './errors.ts';

const empty = -1;

/** Pairs of numbers below this are looked up by position. */
const near = 32;

/**
 * Numbers pairs of small integers, densely from 0. Open addressing over typed arrays: a Map with packed or string keys
 * took three to five times as long.
 */
export class Pairs {
  private capacity = 1024;
  private slots = new Int32Array(this.capacity).fill(empty);
  private firsts = new Int32Array(this.capacity);
  private seconds = new Int32Array(this.capacity);
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
    let at = this.start(first, second);
    for (;;) {
      const index = this.slots[at] as number;
      if (index === empty) break;
      if (this.firsts[index] === first && this.seconds[index] === second) return index;
      at = (at + 1) & (this.capacity - 1);
    }
    const index = this.count++;
    this.firsts[index] = first;
    this.seconds[index] = second;
    this.slots[at] = index;
    if (this.count * 2 > this.capacity) this.grow();
    return index;
  }

  private start(first: number, second: number): number {
    const h = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77);
    return (h ^ (h >>> 15)) & (this.capacity - 1);
  }

  private grow(): void {
    this.capacity *= 2;
    invariant(this.capacity <= 1 << 28, 'too many pairs');
    const widen = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const wide = new Int32Array(this.capacity);
      wide.set(old);
      return wide;
    };
    this.firsts = widen(this.firsts);
    this.seconds = widen(this.seconds);
    this.slots = new Int32Array(this.capacity).fill(empty);
    for (let index = 0; index < this.count; index++) {
      let at = this.start(this.firsts[index] as number, this.seconds[index] as number);
      while (this.slots[at] !== empty) at = (at + 1) & (this.capacity - 1);
      this.slots[at] = index;
    }
  }
}
