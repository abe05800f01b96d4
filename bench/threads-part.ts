import { twoPhaseCommitCounts } from '../properties/reference/counts.ts';
import { everyWorldCounts } from '../properties/blockchain/counts.ts';
import { apart } from './apart.ts';
import type { Asked } from './asked.ts';
import type { Measured } from './measured.ts';
import type { Searched } from './searched.ts';
import { grouped, medianOf, ofHundredths, tableOf } from './table.ts';

/** One scenario, searched by one thread and by two in turns: the medians. */
export type ThreadsRow = {
  readonly scenario: string;
  readonly worlds: number;
  readonly turns: number;
  /** By the clock. */
  readonly seconds: readonly [one: number, two: number];
  /** Of one thread over that of two, turn by turn: the median, the least and the most. */
  readonly ratioInHundredths: readonly [median: number, least: number, most: number];
  readonly processorSeconds: readonly [one: number, two: number];
  readonly peakMegabytes: readonly [one: number, two: number];
  /** Hundredths of a percent of the worlds that the second thread has expanded. */
  readonly share: number;
};

const measured = (
  protocol: string,
  scenario: string,
  turns: number,
  counts: { readonly distinct: number; readonly generated: number },
): ThreadsRow => {
  const taken = Array.from({ length: turns }, () => {
    const [one, two] = [1, 2].map((threads) => apart<Searched>('search', protocol, scenario, threads)) as [Searched, Searched];
    for (const { distinct, generated } of [one, two])
      if (distinct !== counts.distinct || generated !== counts.generated) throw new Error(`${scenario}: found ${distinct}, ${generated}`);
    return { one, two };
  });
  const both = (of: (searched: Searched) => number): readonly [number, number] => [
    medianOf(taken.map(({ one }) => of(one))),
    medianOf(taken.map(({ two }) => of(two))),
  ];
  const ratios = taken.map(({ one, two }) => Math.round((100 * one.seconds) / two.seconds));
  return {
    scenario: `${protocol}, ${scenario}`,
    worlds: counts.distinct,
    turns,
    seconds: both(({ seconds }) => seconds),
    ratioInHundredths: [medianOf(ratios), Math.min(...ratios), Math.max(...ratios)],
    processorSeconds: both(({ processorSeconds }) => processorSeconds),
    peakMegabytes: both(({ peakMegabytes }) => peakMegabytes),
    share: medianOf(taken.map(({ two }) => Math.round((10_000 * (two.expandedBy[1] ?? 0)) / counts.distinct))),
  };
};

/** How much sooner two threads are through with a search than one. */
export const threadsPart = ({ full }: Asked): Measured => {
  const rows = [
    measured('two-phase-commit', 'eight', 5, twoPhaseCommitCounts.eight),
    ...(full ? [measured('two-phase-commit', 'nine', 3, twoPhaseCommitCounts.nine)] : []),
    measured('blockchain', 'everyLineOfMiners', 3, everyWorldCounts.everyLineOfMiners),
  ];
  const head = ['', 'worlds', 'one thread, s', 'two, s', 'times as fast', 'from', 'to', 'by the second', 'processor s', 'two', 'peak', 'two'];
  const table = rows.map(({ scenario, worlds, seconds, ratioInHundredths, share, processorSeconds, peakMegabytes }) => [
    scenario,
    grouped(worlds),
    ...seconds.map((each) => each.toFixed(1)),
    ...ratioInHundredths.map(ofHundredths),
    `${ofHundredths(share)} %`,
    ...processorSeconds.map((each) => each.toFixed(1)),
    ...peakMegabytes.map((each) => `${grouped(each)} MB`),
  ]);
  return { title: 'A search shared out among threads: medians of turns', lines: tableOf([head, ...table]).split('\n'), numbers: rows };
};
