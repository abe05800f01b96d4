/** What a part of the bench gives: a table for people, and its numbers. */
export type Measured = { readonly title: string; readonly lines: readonly string[]; readonly numbers: unknown };
