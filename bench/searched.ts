import { check } from '../model/explore/exhaustive/check.ts';
import { catalogue } from '../cli/catalogue.ts';

/** One exhaustive search that came to its end: breadth first, every claim of the scenario judged in every world, every parent kept. */
export type Searched = {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly seconds: number;
  readonly worldsPerSecond: number;
  /** Steps that XState computed; all others were remembered. */
  readonly xstateSteps: number;
  /** Plans that were put together: what an instance can do in one situation. */
  readonly plans: number;
  readonly peakMegabytes: number;
};

/** Searches a scenario whole, in this process. */
export const searchWhole = async (protocol: string, scenario: string): Promise<Searched> => {
  const entry = await catalogue.find(({ id }) => id === protocol)?.load();
  if (entry === undefined) throw new Error(`There is no protocol ${protocol}.`);
  const searching = check({
    ...entry,
    scenario,
    selected: null,
    mutant: null,
    hosts: null,
    order: 'breadth',
    maxStates: 100_000_000,
    maxDepth: 100_000,
    maxBytes: Number.POSITIVE_INFINITY,
    interrupted: () => false,
    usedBytes: () => 0,
    clock: () => performance.now(),
  });
  let next = searching.next();
  while (next.done !== true) next = searching.next();
  const { verdict, distinct, generated, depth, seconds, xstateSteps, memoMisses } = next.value;
  if (verdict !== 'holds') throw new Error(`${protocol}, ${scenario}: ${verdict}`);
  return {
    distinct,
    generated,
    depth,
    seconds,
    worldsPerSecond: Math.round(distinct / seconds),
    xstateSteps,
    plans: memoMisses,
    // The kernel tells kilobytes.
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1e3),
  };
};
