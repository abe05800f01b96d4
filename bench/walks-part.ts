import { apart } from './apart.ts';
import type { Asked } from './asked.ts';
import type { Measured } from './measured.ts';
import { plainWalker } from './plain-walks.ts';
import { rememberedWalker } from './remembered-walks.ts';
import { grouped, medianOf, ofHundredths, tableOf } from './table.ts';

/** Steps before the measurement, as the aim says. */
const warmUp = 100_000;

/** Settings in which walks are compared: peers, and how often the timers of one role may fire. */
const settings = [
  { peers: 3, fires: 0 },
  { peers: 3, fires: 1 },
  { peers: 4, fires: 1 },
  { peers: 8, fires: 1 },
] as const;

/** Both ways of walking in one process, in turns, so that both have the same machine; medians over the turns. */
export type Pair = {
  readonly peers: number;
  readonly fires: number;
  readonly plainWalksPerSecond: number;
  readonly rememberedWalksPerSecond: number;
  readonly rememberedStepsPerSecond: number;
  readonly ratioInHundredths: number;
  /** Of the steps that were measured, those that XState had to compute. */
  readonly missesInTenThousand: number;
  readonly values: number;
  readonly heapMegabytes: number;
};

/** Walks for so long; walks and steps a second. */
const ratesOf = (walk: () => number, milliseconds: number): { readonly walks: number; readonly steps: number } => {
  let [walks, steps] = [0, 0];
  const from = performance.now();
  while (performance.now() < from + milliseconds) {
    steps += walk();
    walks++;
  }
  const seconds = (performance.now() - from) / 1000;
  return { walks: walks / seconds, steps: steps / seconds };
};

export const compareWalks = (peers: number, fires: number, turns: number): Pair => {
  const plain = plainWalker(peers, fires);
  const { walk, memory } = rememberedWalker(peers, fires);
  for (let steps = 0; steps < 2_000; ) steps += plain();
  for (let steps = 0; steps < warmUp; ) steps += walk();
  const before = memory();
  let measured = 0;
  const counted = (): number => {
    const steps = walk();
    measured += steps;
    return steps;
  };
  const turnsTaken = Array.from({ length: turns }, () => ({ plain: ratesOf(plain, 400), remembered: ratesOf(counted, 400) }));
  const { misses, values } = memory();
  const median = (of: (turn: (typeof turnsTaken)[number]) => number): number => Math.round(medianOf(turnsTaken.map(of)));
  return {
    peers,
    fires,
    plainWalksPerSecond: median((turn) => turn.plain.walks),
    rememberedWalksPerSecond: median((turn) => turn.remembered.walks),
    rememberedStepsPerSecond: median((turn) => turn.remembered.steps),
    ratioInHundredths: median((turn) => (100 * turn.remembered.walks) / turn.plain.walks),
    missesInTenThousand: Math.round((10_000 * (misses - before.misses)) / measured),
    values,
    heapMegabytes: Math.round(process.memoryUsage().heapUsed / 1e6),
  };
};

export const walksPart = ({ full }: Asked): Measured => {
  const pairs = settings.map(({ peers, fires }) => apart<Pair>('walks', peers, fires, full ? 25 : 9));
  const rows = pairs.map((pair) => [
    `${pair.peers} peers${pair.fires === 0 ? ', no timer fires' : ''}`,
    grouped(pair.plainWalksPerSecond),
    grouped(pair.rememberedWalksPerSecond),
    ofHundredths(pair.ratioInHundredths),
    grouped(pair.rememberedStepsPerSecond),
    `${ofHundredths(pair.missesInTenThousand)} %`,
    `${grouped(pair.heapMegabytes)} MB`,
  ]);
  return {
    title: `Random walks of the abstract chain, two blocks and one transaction, after ${grouped(warmUp)} steps; medians of turns`,
    lines: tableOf([['', 'transition(), walks/s', 'remembered, walks/s', 'ratio', 'steps/s', 'misses', 'heap'], ...rows]).split('\n'),
    numbers: pairs,
  };
};
