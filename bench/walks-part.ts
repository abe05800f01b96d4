import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Asked } from './asked.ts';
import type { Measured } from './measured.ts';
import { plainWalks } from './plain-walks.ts';
import { type RememberedWalks, rememberedWalks } from './remembered-walks.ts';
import { grouped, medianOf, ofHundredths, tableOf } from './table.ts';

/** Steps before the measurement, as the aim says. */
const warmUp = 100_000;

/** Both ways of walking, one after the other in one process, and which is how much faster. */
type Pair = {
  readonly peers: number;
  readonly plain: ReturnType<typeof plainWalks>;
  readonly remembered: RememberedWalks;
  readonly ratioInHundredths: number;
};

export const walkOnce = (peers: number, full: boolean): Pair => {
  const seconds = full ? 10 : 3;
  // The plain walk keeps nothing, so its memory is no part of what is measured after it.
  const plain = plainWalks(peers, 500, seconds);
  const remembered = rememberedWalks(peers, warmUp, seconds);
  return { peers, plain, remembered, ratioInHundredths: Math.round((100 * remembered.walksPerSecond) / Math.max(1, plain.walksPerSecond)) };
};

/** In a process of its own, so that the memory is that of one engine. */
const apart = (peers: number, full: boolean): Pair =>
  JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(new URL('./main.js', import.meta.url)), '--peers', String(peers), ...(full ? ['--full'] : [])], {
      encoding: 'utf8',
    }),
  ) as Pair;

export const walksPart = ({ full }: Asked): Measured => {
  const rounds = full ? 5 : 1;
  const pairs = [3, 4, 8].map((peers) => {
    const all = Array.from({ length: rounds }, () => apart(peers, full));
    const middle = medianOf(all.map((pair) => pair.ratioInHundredths));
    return all.find((pair) => pair.ratioInHundredths === middle) as Pair;
  });
  const rows = pairs.map(({ peers, plain, remembered, ratioInHundredths }) => [
    `${peers} peers`,
    grouped(plain.walksPerSecond),
    grouped(remembered.walksPerSecond),
    ofHundredths(ratioInHundredths),
    grouped(remembered.stepsPerSecond),
    `${ofHundredths(remembered.missesInTenThousand)} %`,
    `${grouped(remembered.heapMegabytes)} MB`,
  ]);
  return {
    title: `Random walks of the abstract chain, two blocks and one transaction, after ${grouped(warmUp)} steps`,
    lines: tableOf([['', 'transition(), walks/s', 'remembered, walks/s', 'ratio', 'steps/s', 'misses', 'heap'], ...rows]).split('\n'),
    numbers: pairs,
  };
};
