import { everyWorldCounts } from '../properties/blockchain/counts.ts';
import { apart } from './apart.ts';
import type { Measured } from './measured.ts';
import type { Searched } from './searched.ts';
import { checkerOf, oneProcess, spinVersion } from './spin.ts';
import { grouped, ofHundredths, tableOf } from './table.ts';

export type EveryRow = Searched & { readonly scenario: string };

/** How many states of two-phase commit with eight participants SPIN stores in a second, before and after: how fast the machine is meanwhile. */
const spinRates = <Result>(between: () => Result): { readonly result: Result; readonly rates: readonly number[] } => {
  if (spinVersion() === null) return { result: between(), rates: [] };
  const { run, remove } = checkerOf(oneProcess, 8);
  const rate = (): number => {
    const { states, processorSeconds } = run();
    return Math.round(states / processorSeconds);
  };
  const before = rate();
  const result = between();
  const rates = [before, rate()];
  remove();
  return { result, rates };
};

/** Every scenario of the abstract chain that is searched whole; their counts are recorded, and compared. */
export const everyPart = (): Measured => {
  const { result: rows, rates } = spinRates(() =>
    Object.entries(everyWorldCounts).map(([scenario, { distinct, generated, depth }]): EveryRow => {
      const searched = apart<Searched>('search', 'blockchain', scenario);
      const [found, wanted] = [[searched.distinct, searched.generated, searched.depth].join(), [distinct, generated, depth].join()];
      if (found !== wanted) throw new Error(`${scenario}: found ${found}, recorded ${wanted}`);
      return { scenario, ...searched };
    }),
  );
  const share = (part: number, whole: number): string => `${ofHundredths(Math.round((10_000 * part) / whole))} %`;
  const table = rows.map(({ scenario, distinct, generated, processorSeconds, worldsPerSecond, xstateSteps, plans, peakMegabytes }) => [
    scenario,
    grouped(distinct),
    grouped(generated),
    processorSeconds.toFixed(1),
    grouped(worldsPerSecond),
    `${grouped(xstateSteps)} (${share(xstateSteps, generated)})`,
    `${grouped(plans)} (${share(plans, distinct)})`,
    `${grouped(peakMegabytes)} MB`,
  ]);
  return {
    title: 'The abstract blockchain, every world, every claim of safety',
    lines: [
      ...tableOf([['', 'worlds', 'steps', 'processor s', 'worlds/s', 'XState computed', 'plans made', 'peak'], ...table]).split('\n'),
      rates.length === 0 ? 'SPIN is skipped: it or gcc is not installed' : `SPIN, before and after: ${rates.map(grouped).join(' and ')} states/s`,
    ],
    numbers: { rows, spinStatesPerSecond: rates },
  };
};
