import { invariant } from '../../../model/kernel/errors.ts';
import { decodeHeader } from '../chains/exact-header.ts';
import type { Era1Block } from './read.ts';

/** What stands in a chain file. Means are pairs of integers: nothing here is rounded. */
export type ChainStatistics = {
  readonly blocks: number;
  readonly ommers: number;
  readonly blocksWithOmmers: number;
  /** How many ommers stand how many blocks below the block that includes them: one at the least, six at the most. */
  readonly ommersAtDepth: ReadonlyMap<number, number>;
  readonly transactions: number;
  /** From the first mined block to the last. */
  readonly interval: { readonly seconds: number; readonly blocks: number };
  readonly totalDifficulty: bigint;
};

const fieldsOf = (header: Uint8Array) => {
  const fields = decodeHeader(header);
  invariant(fields !== null, 'statistics are of a chain that was read');
  return fields;
};

export const statisticsOf = (blocks: readonly Era1Block[]): ChainStatistics => {
  const depths = new Map<number, number>();
  let [ommers, withOmmers, transactions] = [0, 0, 0];
  for (const { number, body } of blocks) {
    ommers += body.ommers.length;
    withOmmers += body.ommers.length > 0 ? 1 : 0;
    transactions += body.transactions.length;
    for (const ommer of body.ommers) {
      const depth = number - fieldsOf(ommer as Uint8Array).number;
      depths.set(depth, (depths.get(depth) ?? 0) + 1);
    }
  }
  // Block 0 has the time 0: the interval is counted from the first block that was mined.
  const mined = blocks.filter(({ number }) => number > 0);
  const [first, last] = [mined[0], mined.at(-1)];
  const seconds = first === undefined || last === undefined ? 0 : fieldsOf(last.header).timestamp - fieldsOf(first.header).timestamp;
  return {
    blocks: blocks.length,
    ommers,
    blocksWithOmmers: withOmmers,
    ommersAtDepth: new Map([...depths].sort(([a], [b]) => a - b)),
    transactions,
    interval: { seconds, blocks: Math.max(0, mined.length - 1) },
    totalDifficulty: blocks.at(-1)?.totalDifficulty ?? 0n,
  };
};
