import { explorations } from '../explorations.ts';
import { entriesOf, narrowed } from '../names.ts';
import type { RunOptions } from '../run-options.ts';

/** Looks for runs that break a claim. */
export const run = async (protocols: readonly string[], options: RunOptions): Promise<number> => {
  if (options.watch) return (await import('../watch.ts')).watch(process.argv);
  const entries = narrowed(await entriesOf(protocols), options);
  if (options.chain !== undefined) return (await import('./run-chain.ts')).runChain(options.chain, protocols, options);
  if (options.againstExhaustive) return (await import('./run-against.ts')).runAgainstExhaustive(entries, options);
  return explorations(entries, options);
};
