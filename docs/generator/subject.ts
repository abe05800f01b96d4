import type { KillRecord } from '../../model/explore/kills/kill.ts';
import { RolecallError } from '../../model/kernel/errors.ts';
import { replayTrace } from '../../model/trace/replay.ts';
import { byCode, type CatalogueEntry, type Evidence, type KeptTrace } from './catalogue.ts';
import { type Story, storyOfReplay, storyOfTrace } from './story.ts';

/** A kept trace, replayed under the present model. */
export interface ShownTrace extends KeptTrace {
  readonly story: Story;
  /** Why it is no evidence any more; empty while the model still does what the trace says. */
  readonly stale: string;
}

/** What is known of one protocol: what its pages are made from. */
export interface Subject extends CatalogueEntry {
  /** The kept traces of this protocol, by file. */
  readonly traces: readonly ShownTrace[];
  readonly reports: NonNullable<Evidence['reports']>;
  /** What found its mutants; null where nothing is kept. */
  readonly kills: KillRecord | null;
}

/** Replays a trace. The actions are resolved anew, as `rolecall run` does with kept traces: the claim counts, not the letter. */
const shown = ({ protocol, properties }: CatalogueEntry, kept: KeptTrace): ShownTrace => {
  if (kept.story !== undefined) return { ...kept, story: kept.story, stale: '' };
  try {
    const replay = replayTrace(protocol, properties, kept.trace, { lenient: true });
    return { ...kept, story: storyOfReplay(replay), stale: replay.reproduced ? '' : 'the present model does not do this any more' };
  } catch (error) {
    if (!(error instanceof RolecallError) || error.kind === 'defect') throw error;
    return { ...kept, story: storyOfTrace(kept.trace), stale: `it cannot be replayed: ${error.message}` };
  }
};

export const subjectOf = (entry: CatalogueEntry, evidence: Evidence): Subject => ({
  ...entry,
  traces: evidence.traces
    .filter(({ trace }) => trace.protocol === entry.protocol.id)
    .sort((a, b) => byCode(a.file, b.file))
    .map((kept) => shown(entry, kept)),
  reports: (evidence.reports ?? []).filter((report) => report.protocol === entry.protocol.id && report.mutant === null),
  kills: evidence.kills?.find((record) => record.protocol === entry.protocol.id) ?? null,
});
