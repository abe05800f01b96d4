import { explorations } from '../explorations.ts';
import { entriesOf, narrowed } from '../names.ts';
import type { RunOptions } from '../run-options.ts';

/** Looks for runs that break a claim. */
export const run = async (protocols: readonly string[], options: RunOptions): Promise<number> => {
  if (options.watch) return (await import('../watch.ts')).watch(process.argv);
  const all = await entriesOf(protocols);
  // The claims about a download have mutants of their own.
  if (options.chain !== undefined) return (await import('./run-chain.ts')).runChain(options.chain, protocols, options);
  const entries = narrowed(all, options);
  if (options.againstExhaustive) return (await import('./run-against.ts')).runAgainstExhaustive(entries, options);
  return explorations(entries, options);
};
