/** What all who explore side by side see: which job is the next, and whether to stop. */
export class Board {
  /** Shared by threads. */
  readonly memory: SharedArrayBuffer;
  private readonly cells: Int32Array;

  constructor(memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.cells = new Int32Array(memory);
  }

  /** The index of a job that nobody else gets. Jobs are given out in their order; an index beyond the last says that none is left. */
  take(): number {
    return Atomics.add(this.cells, 0, 1);
  }

  stop(): void {
    Atomics.store(this.cells, 1, 1);
  }

  get isStopped(): boolean {
    return Atomics.load(this.cells, 1) === 1;
  }
}
