import type { Part } from './asked.ts';

/** What a part of the bench gives: a table for people, and its numbers. */
export type Measured = { readonly title: string; readonly lines: readonly string[]; readonly numbers: unknown };

/** What was measured last, part by part. No dates and no paths: only what changes a number is told. */
export type Recorded = {
  readonly node: string;
  readonly cores: number;
  readonly parts: { readonly [part in Part]?: Measured };
};
