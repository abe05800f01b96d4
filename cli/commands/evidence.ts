import { join } from 'node:path';
import { evidenceAgainst, evidenceFor } from '../../model/explore/evidence.ts';
import { traceText } from '../../model/trace/write.ts';
import { writeAtomically } from '../files.ts';
import { fromHere } from '../kept.ts';
import { entriesOf } from '../names.ts';

/** Mutants whose smallest failure is kept as a regression: one bug of the real world each, worth looking at. */
const keptMutants = ['heightDecides', 'blamesTheHeader', 'claimsZero', 'tellsNotTheRest', 'unwindsNothing'];

/**
 * Finds the evidence again: the smallest run for each `sometimes` and for each known failure goes to `witnesses`, the
 * failures of some mutants to `regressions`. Run it when a protocol has changed, and read what changes in the traces.
 */
export const evidence = async (names: readonly string[], options: { readonly output: string; readonly seed: number }): Promise<number> => {
  const keep = async (folder: string, name: string, trace: Parameters<typeof traceText>[0]): Promise<void> => {
    const file = join(options.output, folder, name);
    await writeAtomically(file, traceText(trace));
    process.stdout.write(`${fromHere(file)}  ${trace.steps.filter((step) => step.settling !== true).length} steps\n`);
  };
  for (const { protocol, properties } of await entriesOf(names)) {
    for (const { name, trace } of evidenceFor(protocol, properties, options.seed)) await keep('witnesses', name, trace);
    for (const property of properties)
      for (const mutant of Object.keys(property.type.mutants ?? {}).filter((each) => keptMutants.includes(each))) {
        const trace = evidenceAgainst(protocol, property, mutant, options.seed);
        if (trace !== null) await keep('regressions', `${protocol.id}.${property.type.id.toLowerCase()}.${mutant}.json`, trace);
      }
  }
  return 0;
};
