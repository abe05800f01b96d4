import { check } from '../model/explore/exhaustive/check.ts';
import { catalogue } from '../cli/catalogue.ts';

/** One exhaustive search that came to its end: breadth first, every claim of the scenario judged in every world, every parent kept. */
export type Searched = {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly seconds: number;
  /** Of the processor, which other work on the machine changes less; compiling and collecting garbage are in it. */
  readonly processorSeconds: number;
  /** Distinct worlds by processor seconds. */
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
  const before = process.cpuUsage();
  let next = searching.next();
  while (next.done !== true) next = searching.next();
  const { user, system } = process.cpuUsage(before);
  const processorSeconds = (user + system) / 1e6;
  const { verdict, distinct, generated, depth, seconds, xstateSteps, memoMisses } = next.value;
  if (verdict !== 'holds') throw new Error(`${protocol}, ${scenario}: ${verdict}`);
  return {
    distinct,
    generated,
    depth,
    seconds,
    processorSeconds,
    worldsPerSecond: Math.round(distinct / processorSeconds),
    xstateSteps,
    plans: memoMisses,
    // The kernel tells kilobytes.
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1e3),
  };
};

/** Searches a scenario a second time in the same process, where what can be compiled is compiled. */
export const searchAgain = async (protocol: string, scenario: string): Promise<Searched> => {
  await searchWhole(protocol, scenario);
  return searchWhole(protocol, scenario);
};
