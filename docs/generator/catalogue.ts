import type { RunReport } from '../../model/explore/report.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { Trace } from '../../model/trace/trace.ts';
import type { Story } from './story.ts';

/** A protocol with the properties that speak of it. */
export interface CatalogueEntry {
  readonly protocol: Protocol;
  readonly properties: readonly Property[];
}

export type Catalogue = readonly CatalogueEntry[];

/** A trace that the repository keeps. */
export interface KeptTrace {
  /** Where it is kept, from the repository's root, with forward slashes: `traces/witnesses/tie.json`. */
  readonly file: string;
  readonly trace: Trace;
  /** What a replay adds, for the sequence diagram; without it, arrows start in the row where they end. */
  readonly story?: Story;
}

/** What the claims rest on. */
export interface Evidence {
  readonly traces: readonly KeptTrace[];
  /** Recorded runs. Only what is the same for the same seed is read: never their timings. */
  readonly reports?: readonly Pick<RunReport, 'protocol' | 'mutant' | 'seed' | 'claims'>[];
}

/** What is known of one protocol: what a page is made from. */
export interface Subject extends CatalogueEntry {
  /** The kept traces of this protocol, by file. */
  readonly traces: readonly KeptTrace[];
  readonly reports: NonNullable<Evidence['reports']>;
}

/** By character code: a locale must not decide the order. */
export const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const subjectOf = (entry: CatalogueEntry, evidence: Evidence): Subject => ({
  ...entry,
  traces: evidence.traces.filter(({ trace }) => trace.protocol === entry.protocol.id).sort((a, b) => byCode(a.file, b.file)),
  reports: (evidence.reports ?? []).filter((report) => report.protocol === entry.protocol.id && report.mutant === null),
});
