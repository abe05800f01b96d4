import { type ReplayReport, replayTrace } from '../model/trace/replay.ts';
import type { Trace } from '../model/trace/trace.ts';
import type { Entry } from './catalogue.ts';
import { readTraceFile } from './files.ts';
import { entriesOf } from './names.ts';

/** A trace with the protocol and the properties that it speaks of. */
export interface Staged {
  readonly trace: Trace;
  readonly entry: Entry;
  readonly replay: (trace: Trace, lenient: boolean) => ReplayReport;
}

/** Reads a trace and loads what it is about. */
export const stageTrace = async (file: string): Promise<Staged> => {
  const trace = await readTraceFile(file);
  const [entry] = (await entriesOf([trace.protocol])) as [Entry];
  return { trace, entry, replay: (one, lenient) => replayTrace(entry.protocol, entry.properties, one, { lenient }) };
};
