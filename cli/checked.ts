import type { Verdict } from '../model/explore/report.ts';
import { runProtocol } from '../model/explore/run.ts';
import type { FaultName } from '../model/network/fault.ts';
import type { Property } from '../model/property/property.ts';
import { keepTrace } from './files.ts';
import { fromHere, keptRegressions } from './kept.ts';
import { boxGlyphs, plain } from './render/paint.ts';
import { toldLines, violationsOf } from './render/told.ts';

/** How much is run; what is left out is as `rolecall run` has it. */
export interface CheckOptions {
  /** 1 unless this says otherwise. */
  readonly seed?: number;
  /** Random runs for each scenario. */
  readonly runs?: number;
  readonly faults?: readonly FaultName[];
  readonly hosts?: number;
  /** Actions in a run before it settles. */
  readonly maxSteps?: number;
  /** Where failing traces are written; `.rolecall/traces` unless this says otherwise. */
  readonly traceDir?: string;
}

/** What came of a check, in the words of `rolecall run`. */
export interface Checked {
  readonly verdict: Verdict;
  readonly text: string;
}

/** Runs one property, with a planted fault or without, keeps the trace of a failure, and says what `rolecall run` would say. */
export const checkProperty = async (property: Property, options: CheckOptions, mutant: string | null = null): Promise<Checked> => {
  const { seed = 1, runs = null, faults = null, hosts = null, maxSteps = null, traceDir = '.rolecall/traces' } = options;
  const regressions = (await keptRegressions()).filter(({ trace }) => trace.property === property.type.id);
  const report = runProtocol({
    ...{ protocol: property.protocol, properties: [property], selected: null, regressions, mutant },
    ...{ seed, runs, faults, hosts, maxSteps, timeMs: null },
    clock: () => performance.now(),
    shouldStop: () => false,
  });
  const violations = violationsOf(report, { properties: [property] });
  const files: string[] = [];
  // A planted fault that is found is what is wanted.
  for (const { trace } of mutant === null ? violations : []) files.push(fromHere(await keepTrace(traceDir, trace, seed)));
  return {
    verdict: report.verdict,
    text: toldLines(report, { properties: [property] }, violations, files, [], { paint: plain, glyphs: boxGlyphs, width: 100 }).join('\n'),
  };
};
