const chunkBits = 16;
const chunkMask = (1 << chunkBits) - 1;

/** A list of integers that grows by chunks, so that growth copies nothing. */
export class Column {
  length = 0;
  private readonly chunks: Int32Array[] = [];

  get bytes(): number {
    return this.chunks.length << (chunkBits + 2);
  }

  push(value: number): void {
    const at = this.length++;
    if ((at & chunkMask) === 0) this.chunks.push(new Int32Array(chunkMask + 1));
    (this.chunks[at >>> chunkBits] as Int32Array)[at & chunkMask] = value;
  }

  pop(): number {
    const at = --this.length;
    const value = (this.chunks[at >>> chunkBits] as Int32Array)[at & chunkMask] as number;
    if ((at & chunkMask) === 0) this.chunks.pop();
    return value;
  }

  at(index: number): number {
    return (this.chunks[index >>> chunkBits] as Int32Array)[index & chunkMask] as number;
  }

  toArray(): Int32Array {
    const all = new Int32Array(this.length);
    for (let first = 0; first < this.length; first += chunkMask + 1)
      all.set((this.chunks[first >>> chunkBits] as Int32Array).subarray(0, Math.min(chunkMask + 1, this.length - first)), first);
    return all;
  }

  /** The integers, chunk by chunk. */
  *content(): Generator<Int32Array> {
    for (let first = 0; first < this.length; first += chunkMask + 1)
      yield (this.chunks[first >>> chunkBits] as Int32Array).subarray(0, Math.min(chunkMask + 1, this.length - first));
  }

  /** So many integers; `take` gives them by the chunk. */
  static taken(length: number, take: (words: number) => Int32Array): Column {
    const column = new Column();
    for (; column.length < length; column.length = Math.min(length, column.length + chunkMask + 1)) {
      const chunk = new Int32Array(chunkMask + 1);
      chunk.set(take(Math.min(chunkMask + 1, length - column.length)));
      column.chunks.push(chunk);
    }
    return column;
  }

  static from(values: Int32Array): Column {
    const column = new Column();
    for (const value of values) column.push(value);
    return column;
  }
}
