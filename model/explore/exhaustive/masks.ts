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

  /** Lets go of those before one. */
  pass(index: number): void {
    const before = (index >>> chunkBits) - 1;
    if (before >= 0 && before < this.chunks.length) this.chunks[before] = undefined;
  }
}
