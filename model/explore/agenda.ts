/** Something that is due at a moment of virtual time. */
export interface Due<What> {
  readonly atMs: number;
  /** Breaks ties: what was planned first comes first. */
  readonly order: number;
  readonly what: What;
}

const isBefore = (a: Due<unknown>, b: Due<unknown>): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/** A binary heap: the earliest first. */
export class Agenda<What> {
  private readonly heap: Due<What>[] = [];

  push(due: Due<What>): void {
    const { heap } = this;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(due, heap[parent] as Due<What>)) break;
      heap[at] = heap[parent] as Due<What>;
      at = parent;
    }
    heap[at] = due;
  }

  pop(): Due<What> | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Due<What>, heap[child] as Due<What>)) child++;
      if (!isBefore(heap[child] as Due<What>, last)) break;
      heap[at] = heap[child] as Due<What>;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
