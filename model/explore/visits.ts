/** So many distinct worlds are told apart; beyond it the count is a lower bound. */
const most = 1 << 22;

/** Counts distinct worlds by content hash: a set of 53-bit numbers in open addressing, bounded in memory. */
export class Visits {
  distinct = 0;
  isFull = false;
  private capacity = 1 << 14;
  private keys = new Float64Array(this.capacity);

  visit(hi: number, lo: number): void {
    if (this.isFull) return;
    // Zero stands for an empty place.
    if (!this.put((hi >>> 0) * 0x200000 + ((lo >>> 0) & 0x1fffff) + 1)) return;
    this.distinct++;
    if (this.distinct * 2 > this.capacity) this.grow();
  }

  private put(key: number): boolean {
    let at = (key ^ (key / 0x100000000)) & (this.capacity - 1);
    while (this.keys[at] !== 0) {
      if (this.keys[at] === key) return false;
      at = (at + 1) & (this.capacity - 1);
    }
    this.keys[at] = key;
    return true;
  }

  private grow(): void {
    if (this.capacity >= 2 * most) {
      this.isFull = true;
      return;
    }
    const old = this.keys;
    this.capacity *= 2;
    this.keys = new Float64Array(this.capacity);
    for (const key of old) if (key !== 0) this.put(key);
  }
}
