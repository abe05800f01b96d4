import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../cli/catalogue.ts';
import { type Asked, root } from './asked.ts';
import type { Measured } from './measured.ts';
import { type Sought, shorterTraces } from './shorter-traces.ts';
import { ofHundredths, tableOf } from './table.ts';
import { type Known, knownAfter, medianRatio, mutantsOf, traceLength } from './trace-lengths.ts';

/** The shortest traces that were ever found, by protocol and mutant; written in full mode, read in both. */
const recordFile = join(root, 'bench', 'recorded', 'shortest-traces.json');

type Recorded = Record<string, Record<string, Known>>;

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

const recorded = (): Recorded => (existsSync(recordFile) ? (JSON.parse(readFileSync(recordFile, 'utf8')) as Recorded) : {});

/** Written after every trace, so that a search for shorter ones that is stopped loses nothing. */
const note = (known: Recorded, protocol: string, mutant: string, best: Known): void => {
  known[protocol] = sorted({ ...known[protocol], [mutant]: best });
  writeFileSync(recordFile, `${JSON.stringify(sorted(known), null, 2)}\n`);
};

/** What was found of one mutant with the first seed, and beside it the shortest trace known. */
type Pair = {
  readonly protocol: string;
  readonly mutant: string;
  readonly property: string;
  readonly length: number;
  readonly known: number;
  readonly by: Known['by'];
  readonly seeds: number;
  readonly seconds: number;
};

/** Looks for shorter traces by further seeds, from the first one that was not tried yet on. */
const searched = (sought: Sought, start: Known, seeds: number, isOver: () => boolean, keep: (best: Known) => void): Known => {
  let best = start;
  // Where a search has come to its end there is nothing shorter to look for.
  if (best.by === 'search' || best.seeds >= seeds) return best;
  const lengthOf = shorterTraces(sought);
  while (best.seeds < seeds && !isOver()) {
    const seed = best.seeds + 1;
    best = { ...best, seeds: seed, length: Math.min(best.length, lengthOf(seed) ?? best.length) };
    keep(best);
  }
  return best;
};

export const tracesPart = async ({ full, seeds, mutants, minutes }: Asked): Promise<Measured> => {
  const known = recorded();
  const pairs: Pair[] = [];
  const survivors: string[] = [];
  const end = minutes === null ? Number.POSITIVE_INFINITY : performance.now() + 60_000 * minutes;
  for (const { id, load } of catalogue) {
    const entry = await load();
    for (const mutant of mutantsOf(entry.properties).filter((name) => mutants?.includes(name) ?? true)) {
      const first = traceLength(entry.protocol, entry.properties, mutant, 1);
      if (first === null) {
        survivors.push(`${id}: ${mutant}`);
        continue;
      }
      const keep = (best: Known): void => {
        if (full) note(known, id, mutant, best);
      };
      const start = knownAfter(known[id]?.[mutant], first);
      keep(start);
      const sought = { ...entry, mutant, scenario: first.scenario };
      const best = searched(sought, start, full ? seeds : 0, () => performance.now() > end, keep);
      const { property, length, seconds } = first;
      pairs.push({ protocol: id, mutant, property, length, known: best.length, by: best.by, seeds: best.seeds, seconds });
    }
  }
  const rows = pairs.map((pair) => [
    pair.mutant,
    pair.property,
    String(pair.length),
    String(pair.known),
    pair.by === 'search' ? 'search' : `${pair.seeds} seeds`,
    pair.seconds.toFixed(1),
  ]);
  const median = medianRatio(pairs);
  return {
    title: 'Traces of planted faults: actions after shrinking, and in the shortest trace known',
    lines: [
      ...tableOf([['mutant', 'claim', 'shrunk', 'shortest', 'known by', 'seconds'], ...rows]).split('\n'),
      `median ratio ${ofHundredths(median)} over ${pairs.length} mutants`,
      ...survivors.map((mutant) => `${mutant} survives`),
    ],
    numbers: { medianRatioInHundredths: median, pairs, survivors },
  };
};
