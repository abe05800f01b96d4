import { RolecallError } from '../model/kernel/errors.ts';
import { type ReplayReport, replayTrace } from '../model/trace/replay.ts';
import type { Trace } from '../model/trace/trace.ts';
import { downloads } from '../spec/blockchain/download.ts';
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

/** A trace of a download says which scenario it is of, and not which chain: the file has to be given, and to no other trace. */
const checkChain = ({ protocol, scenario }: Trace, file: string, chain: string | undefined): void => {
  const isDownload = protocol === 'blockchain' && (downloads as readonly string[]).includes(scenario);
  if (isDownload === (chain !== undefined)) return;
  throw new RolecallError({
    code: isDownload ? 'CHAIN_MISSING' : 'CHAIN_SURPLUS',
    message: isDownload
      ? `The trace is of a run over a chain file (scenario ${scenario}), and no file was given.`
      : `The trace is of ${protocol} under ${scenario}, which is not over a chain file.`,
    place: file,
    advice: isDownload ? `Type: rolecall replay ${file} --chain FILE.era1` : 'Leave --chain out.',
  });
};

/** A name that nobody knows stands in the file, and was not typed. */
export const inFile = (file: string, error: unknown): unknown => {
  if (!(error instanceof RolecallError) || !error.code.startsWith('UNKNOWN_') || error.place === file) return error;
  const { kind, code, message, advice, place } = error;
  return new RolecallError({ kind, code, message, advice, place: place === '' ? file : `${file}, ${place}`, cause: error });
};

const namedIn = <T>(file: string, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    throw inFile(file, error);
  }
};

/** Reads a trace and loads what it is about; `chain` is the file that a download was of. */
export const stageTrace = async (file: string, chain?: string): Promise<Staged> => {
  const trace = await readTraceFile(file);
  checkChain(trace, file, chain);
  try {
    const [entry] = (chain === undefined ? await entriesOf([trace.protocol]) : [await chainEntry(await verifiedChain(chain))]) as [Entry];
    return { trace, entry, replay: (one, lenient) => namedIn(file, () => replayTrace(entry.protocol, entry.properties, one, { lenient })) };
  } catch (error) {
    throw inFile(file, error);
  }
};
