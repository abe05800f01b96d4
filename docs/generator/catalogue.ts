import type { Equivalents } from '../../model/explore/kills/equivalents.ts';
import type { KillRecord } from '../../model/explore/kills/kill.ts';
import type { RunReport } from '../../model/explore/report.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { Trace } from '../../model/trace/trace.ts';
import type { Story } from './story.ts';

/** A protocol with the properties that speak of it. */
export interface CatalogueEntry {
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
  /** Generated mutants that nobody can tell from what they were made of, and why; by id. */
  readonly equivalents?: Equivalents;
}

export type Catalogue = readonly CatalogueEntry[];

/** A trace that the repository keeps. */
export interface KeptTrace {
  /** Where it is kept, from the repository's root, with forward slashes: `traces/witnesses/tie.json`. */
  readonly file: string;
  readonly trace: Trace;
  /** What a replay saw, where it was replayed before; without it, the trace is replayed. */
  readonly story?: Story;
}

/** What the claims rest on. */
export interface Evidence {
  readonly traces: readonly KeptTrace[];
  /** Recorded runs. Only what is the same for the same seed is read: never their timings. */
  readonly reports?: readonly Pick<RunReport, 'protocol' | 'mutant' | 'seed' | 'claims'>[];
  /** What found the mutants of protocols, as it is kept. */
  readonly kills?: readonly KillRecord[];
}

/** By character code: a locale must not decide the order. */
export const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
