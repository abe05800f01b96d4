import { type ReplayReport, replayTrace } from '../model/trace/replay.ts';
import type { Trace } from '../model/trace/trace.ts';
import type { Entry } from './catalogue.ts';
import { chainEntry, verifiedChain } from './chain-entry.ts';
import { readTraceFile } from './files.ts';
import { entriesOf } from './names.ts';

/** A trace with the protocol and the properties that it speaks of. */
export interface Staged {
  readonly trace: Trace;
  readonly entry: Entry;
  readonly replay: (trace: Trace, lenient: boolean) => ReplayReport;
}

/** Reads a trace and loads what it is about; `chain` is the file that a download was of. */
export const stageTrace = async (file: string, chain?: string): Promise<Staged> => {
  const trace = await readTraceFile(file);
  const [entry] = (chain === undefined ? await entriesOf([trace.protocol]) : [await chainEntry(await verifiedChain(chain))]) as [Entry];
  return { trace, entry, replay: (one, lenient) => replayTrace(entry.protocol, entry.properties, one, { lenient }) };
};
