/** What a search leaves out, as the search itself sees it. */
export interface Reducing {
  readonly symmetry: {
    /** Told of the row that is expanded next, which the world shows. */
    expanding(index: number): void;
    /** The row that is kept for this one. */
    of(row: Int32Array): Int32Array;
  } | null;
}
