import { everyWorldCounts } from '../properties/blockchain/counts.ts';
import { apart } from './apart.ts';
import type { Measured } from './measured.ts';
import type { Searched } from './searched.ts';
import { grouped, ofHundredths, tableOf } from './table.ts';

export type EveryRow = Searched & { readonly scenario: string };

/** Every scenario of the abstract chain that is searched whole; their counts are recorded, and compared. */
export const everyPart = (): Measured => {
  const rows = Object.entries(everyWorldCounts).map(([scenario, { distinct, generated, depth }]): EveryRow => {
    const searched = apart<Searched>('search', 'blockchain', scenario);
    const [found, wanted] = [[searched.distinct, searched.generated, searched.depth].join(), [distinct, generated, depth].join()];
    if (found !== wanted) throw new Error(`${scenario}: found ${found}, recorded ${wanted}`);
    return { scenario, ...searched };
  });
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
    lines: tableOf([['', 'worlds', 'steps', 'processor s', 'worlds/s', 'XState computed', 'plans made', 'peak'], ...table]).split('\n'),
    numbers: rows,
  };
};
