/** A set of pairs of content hashes, 128 bits a pair, in open addressing: from one world to another, or a world and zeros. */
export class Edges {
  count = 0;
  private capacity = 1 << 12;
  private keys = new Int32Array(4 * this.capacity);
  private taken = new Uint8Array(this.capacity);

  has(a: number, b: number, c: number, d: number): boolean {
    return this.taken[this.placeOf(a | 0, b | 0, c | 0, d | 0)] === 1;
  }

  add(a: number, b: number, c: number, d: number): void {
    const at = this.placeOf(a | 0, b | 0, c | 0, d | 0);
    if (this.taken[at] === 1) return;
    this.put(at, a, b, c, d);
    this.count++;
    if (this.count * 2 > this.capacity) this.grow();
  }

  /** Where the pair stands, or would. */
  private placeOf(a: number, b: number, c: number, d: number): number {
    const { keys, taken } = this;
    const mask = this.capacity - 1;
    let h = Math.imul(a ^ Math.imul(c, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b ^ Math.imul(d, 0xc2b2ae35), 0x27d4eb2f);
    h ^= h >>> 15;
    let at = h & mask;
    for (;;) {
      if (taken[at] === 0) return at;
      const key = 4 * at;
      if (keys[key] === a && keys[key + 1] === b && keys[key + 2] === c && keys[key + 3] === d) return at;
      at = (at + 1) & mask;
    }
  }

  private put(at: number, a: number, b: number, c: number, d: number): void {
    this.taken[at] = 1;
    this.keys.set([a, b, c, d], 4 * at);
  }

  private grow(): void {
    const { keys, taken } = this;
    this.capacity *= 2;
    this.keys = new Int32Array(4 * this.capacity);
    this.taken = new Uint8Array(this.capacity);
    for (const [old, is] of taken.entries()) {
      if (is === 0) continue;
      const [a, b, c, d] = keys.subarray(4 * old, 4 * old + 4) as unknown as [number, number, number, number];
      this.put(this.placeOf(a, b, c, d), a, b, c, d);
    }
  }
}
