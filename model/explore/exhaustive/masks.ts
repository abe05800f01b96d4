const chunkBits = 16;
const chunkSize = 1 << chunkBits;

/** Which instances sleep in each world that waits to be expanded, as bits; none where nothing was put. */
export class Masks {
  private chunks: (Int32Array | undefined)[] = [];

  get bytes(): number {
    return 4 * chunkSize * this.chunks.reduce((held, chunk) => (chunk === undefined ? held : held + 1), 0);
  }

  at(index: number): number {
    return this.chunks[index >>> chunkBits]?.[index & (chunkSize - 1)] ?? 0;
  }

  put(index: number, mask: number): void {
    const nth = index >>> chunkBits;
    let chunk = this.chunks[nth];
    if (chunk === undefined) {
      while (this.chunks.length < nth) this.chunks.push(undefined);
      chunk = new Int32Array(chunkSize);
      this.chunks[nth] = chunk;
    }
    chunk[index & (chunkSize - 1)] = mask;
  }

  /** Forgets all from one on. */
  truncate(count: number): void {
    this.chunks.length = Math.min(this.chunks.length, Math.ceil(count / chunkSize));
    this.chunks[count >>> chunkBits]?.fill(0, count & (chunkSize - 1));
  }

  /** Lets go of those far before one: no search goes back so far. */
  pass(index: number): void {
    const far = (index >>> chunkBits) - 2;
    if (far >= 0 && far < this.chunks.length) this.chunks[far] = undefined;
  }
}
