import { RolecallError } from '../kernel/errors.ts';
import type { Property } from '../property/property.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { replayTrace } from '../trace/replay.ts';
import type { Trace } from '../trace/trace.ts';
import type { RunReport } from './report.ts';

/** A kept trace, with the file that it was read from. */
export interface Kept {
  readonly file: string;
  readonly trace: Trace;
}

/**
 * Runs kept traces again. Each is resolved anew under the present model. One of a mutant has to fail again, or the property
 * has lost its sight; one without has to pass, or an old bug is back; one that can no longer be followed is stale.
 */
export const checkRegressions = (protocol: Protocol, properties: readonly Property[], kept: readonly Kept[]): RunReport['regressions'] =>
  kept
    .filter(({ trace }) => trace.protocol === protocol.id)
    .map(({ file, trace }) => {
      try {
        const report = replayTrace(protocol, properties, trace, { lenient: true });
        const scheduled = trace.steps.filter((step) => step.settling !== true).length;
        const followed = scheduled - report.skipped.length;
        const expected = trace.mutant !== null || trace.verdict === 'witnessed';
        if (report.reproduced === expected)
          return { file, outcome: 'as expected' as const, detail: expected ? 'fails with its mutant, as it must' : 'no longer fails' };
        if (followed < scheduled)
          return { file, outcome: 'stale' as const, detail: `${scheduled - followed} of ${scheduled} steps are no longer possible` };
        return { file, outcome: 'changed' as const, detail: expected ? 'no longer fails with its mutant' : `${trace.property} fails again` };
      } catch (error) {
        if (error instanceof RolecallError && error.kind !== 'defect') return { file, outcome: 'stale' as const, detail: error.message };
        throw error;
      }
    });
