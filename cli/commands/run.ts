import { isForCheck } from '../../model/explore/for-check.ts';
import { scenarioOf } from '../../model/property/arena.ts';
import type { Entry } from '../catalogue.ts';
import { explorations } from '../exploring/explorations.ts';
import { entriesOf, narrowed } from '../names.ts';
import { usualSearch } from '../options.ts';
import type { RunOptions } from '../exploring/run-options.ts';

/** Looks for runs that break a claim. */
export const run = async (protocols: readonly string[], options: RunOptions): Promise<number> => {
  if (options.watch) return (await import('../watch.ts')).watch(process.argv);
  const all = await entriesOf(protocols);
  // The claims about a download have mutants of their own.
  if (options.chain !== undefined) return (await import('./run-chain.ts')).runChain(options.chain, protocols, options);
  const entries = narrowed(all, options);
  if (options.againstExhaustive) return (await import('./run-against.ts')).runAgainstExhaustive(entries, options);
  const whole = options.mutant === undefined ? null : exploredWhole(entries, options.mutant);
  if (whole === null) return explorations(entries, options);
  const asked = { ...usualSearch, ...whole, traceDir: options.traceDir, ...(options.json === undefined ? {} : { json: options.json }) };
  process.stderr.write(`Random runs seldom or never find ${whole.mutant}; every world of ${whole.scenario} is looked at, as check does.\n`);
  return (await import('./check.ts')).check(whole.protocol, asked, () => false);
};

/** Where a planted fault is one that random runs do not find: in a scenario that they leave out, or of a claim that is for `check`. */
const exploredWhole = (
  entries: readonly Entry[],
  mutant: string,
): { readonly protocol: string; readonly scenario: string; readonly property: readonly string[]; readonly mutant: string } | null => {
  for (const property of entries.flatMap(({ properties }) => properties)) {
    const { protocol, type } = property;
    const planted = type.mutants?.[mutant];
    const scenario = planted?.under ?? type.holdsUnder[0];
    if (planted === undefined || scenario === undefined) continue;
    if (isForCheck(property) || scenarioOf(protocol, scenario).exhaustive === true)
      return { protocol: protocol.id, scenario, property: [type.id], mutant };
  }
  return null;
};
