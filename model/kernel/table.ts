import type { Interner } from './intern.ts';
import type { Value } from './value.ts';

/**
 * Numbers the values that one kind of slot takes, densely from 0, so that arrays can be indexed by them and a row can be
 * narrow. Beside each value stands its content hash.
 */
export class Table {
  private readonly denseOf: number[] = [];
  private readonly ids: number[] = [];
  readonly his: number[] = [];
  readonly los: number[] = [];
  readonly interner: Interner;

  constructor(interner: Interner) {
    this.interner = interner;
  }

  get size(): number {
    return this.ids.length;
  }

  of(value: Value): number {
    return this.ofId(this.interner.intern(value));
  }

  /** The number of an interned value. */
  ofId(id: number): number {
    const known = this.denseOf[id];
    if (known !== undefined) return known;
    const dense = this.ids.length;
    this.denseOf[id] = dense;
    this.ids.push(id);
    this.his.push(this.interner.hi(id));
    this.los.push(this.interner.lo(id));
    return dense;
  }

  value(dense: number): Value {
    return this.interner.value(this.ids[dense] as number);
  }

  id(dense: number): number {
    return this.ids[dense] as number;
  }
}
