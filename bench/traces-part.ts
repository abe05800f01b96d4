import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Protocol } from '../model/protocol/protocol.ts';
import { blockchainProperties } from '../properties/blockchain/all.ts';
import { blockchain } from '../spec/blockchain/protocol.ts';
import { type Asked, root } from './asked.ts';
import type { Measured } from './measured.ts';
import { ofHundredths, tableOf } from './table.ts';
import { type Known, knownAfter, medianRatio, mutantsOf, traceLength } from './trace-lengths.ts';

/** The shortest traces that were ever found; written in full mode, read in both. */
const recordFile = join(root, 'bench', 'recorded', 'shortest-traces.json');

const recorded = (): Record<string, Known> => (existsSync(recordFile) ? (JSON.parse(readFileSync(recordFile, 'utf8')) as Record<string, Known>) : {});

export const tracesPart = ({ full, seeds, mutants }: Asked): Measured => {
  const known = recorded();
  const rows: string[][] = [];
  const pairs: { mutant: string; property: string; length: number; known: number; by: string; seconds: number }[] = [];
  const survivors: string[] = [];
  for (const mutant of mutantsOf(blockchainProperties).filter((name) => mutants?.includes(name) ?? true)) {
    const first = traceLength(blockchain as unknown as Protocol, blockchainProperties, mutant, 1);
    if (first === null) {
      survivors.push(mutant);
      continue;
    }
    let best = knownAfter(known[mutant], first);
    // Where a search has come to its end there is nothing shorter to look for.
    for (let seed = 2; full && seed <= seeds && best.by === 'seeds'; seed++) {
      const other = traceLength(blockchain as unknown as Protocol, blockchainProperties, mutant, seed);
      if (other !== null) best = knownAfter(best, other);
    }
    if (full) {
      known[mutant] = best;
      writeFileSync(recordFile, `${JSON.stringify(Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`);
    }
    pairs.push({ mutant, property: first.property, length: first.length, known: best.length, by: best.by, seconds: first.seconds });
    rows.push([
      mutant,
      first.property,
      String(first.length),
      String(best.length),
      best.by === 'search' ? 'search' : `${best.seeds} seeds`,
      first.seconds.toFixed(1),
    ]);
  }
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
