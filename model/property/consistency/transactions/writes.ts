import { RolecallError } from '../../../kernel/errors.ts';
import { byCodeUnits } from '../../../kernel/order.ts';
import type { Value } from '../../../kernel/value.ts';
import { textOf, valueWords } from '../values.ts';
import type { Anomaly, ReadAnomaly } from './anomaly.ts';
import type { Inferred } from './appends.ts';
import { Graph } from './graph.ts';
import type { Transaction } from './transaction.ts';

interface Write {
  readonly by: number;
  readonly value: Value;
  readonly isLast: boolean;
}

interface Key {
  readonly key: Value;
  readonly writes: Map<string, Write>;
  readonly reads: { readonly by: number; readonly value: Value }[];
  /** Versions of which one transaction read the first and wrote the second. */
  readonly follow: { readonly before: Value; readonly after: Value; readonly by: number }[];
}

/**
 * The dependencies of transactions that write registers, as far as values show them: a read names its write, what was never
 * written comes first, and who reads a version and writes another puts them in order. The rest of the order is open.
 */
export const inferFromWrites = (all: readonly Transaction[]): Inferred => {
  const keys = new Map<string, Key>();
  const anomalies: Anomaly[] = [];
  const note = (kind: ReadAnomaly, sentence: string, by: readonly number[]): void => {
    anomalies.push({ kind, sentences: [sentence], operations: by.map((each) => (all[each] as Transaction).operation) });
  };
  const keyOf = (key: Value): Key => {
    const known = keys.get(textOf(key)) ?? { key, writes: new Map(), reads: [], follow: [] };
    keys.set(textOf(key), known);
    return known;
  };
  all.forEach(({ steps, name, fate }, by) => {
    const held = new Map<string, { readonly value: Value; readonly isOwn: boolean }>();
    steps.forEach(({ type, key, value }, at) => {
      const { writes, reads, follow } = keyOf(key);
      const before = held.get(textOf(key));
      if (type !== 'r') {
        if (writes.has(textOf(value)) || value === null)
          throw new RolecallError({
            code: 'WRITTEN_TWICE',
            message: `${valueWords(value)} is written to ${valueWords(key)} ${value === null ? 'like what was never written' : 'twice'}, so nobody can tell what a read has seen`,
            place: name,
            advice: 'Let each write to a key be of a value of its own, and not of nil.',
          });
        const isLast = !steps.slice(at + 1).some((step) => step.type === 'w' && textOf(step.key) === textOf(key));
        writes.set(textOf(value), { by, value, isLast });
        if (fate === 'committed' && before !== undefined && !before.isOwn) follow.push({ before: before.value, after: value, by });
        held.set(textOf(key), { value, isOwn: true });
      } else if (fate === 'committed') {
        if (before === undefined) reads.push({ by, value });
        else if (textOf(before.value) !== textOf(value))
          note(
            'internal',
            `${name} read ${valueWords(value)} from ${valueWords(key)}, although it had ${before.isOwn ? 'written' : 'read'} ${valueWords(before.value)}.`,
            [by],
          );
        if (before === undefined) held.set(textOf(key), { value, isOwn: false });
      }
    });
  });
  const graph = new Graph(all);
  const seen = new Set([...keys.values()].flatMap(({ writes, reads }) => reads.map(({ value }) => writes.get(textOf(value))?.by ?? -1)));
  const counts = (by: number): boolean => all[by]?.fate === 'committed' || (all[by]?.fate === 'unknown' && seen.has(by));
  for (const [, key] of [...keys].sort(([a], [b]) => byCodeUnits(a, b))) inferKey(key, all, counts, graph, note);
  return { graph, anomalies };
};

const inferKey = (
  { key, writes, reads, follow }: Key,
  all: readonly Transaction[],
  counts: (by: number) => boolean,
  graph: Graph,
  note: (kind: ReadAnomaly, sentence: string, by: readonly number[]) => void,
): void => {
  const named = (by: number): string => (all[by] as Transaction).name;
  const word = valueWords(key);
  for (const { by, value } of reads) {
    if (value === null) {
      for (const write of writes.values())
        if (counts(write.by))
          graph.add(by, write.by, 'rw', () => `${named(by)} did not observe ${named(write.by)}'s write of ${valueWords(write.value)} to ${word}`);
      continue;
    }
    const write = writes.get(textOf(value));
    if (write === undefined) {
      note('garbage', `${named(by)} read ${valueWords(value)} from ${word}, which nobody wrote.`, [by]);
      continue;
    }
    if (all[write.by]?.fate === 'aborted')
      note('G1a', `${named(by)} read ${valueWords(value)} from ${word}, although ${named(write.by)}, which wrote it, aborted.`, [write.by, by]);
    if (!write.isLast && write.by !== by)
      note('G1b', `${named(by)} read ${valueWords(value)} from ${word}, although ${named(write.by)} wrote it again after that.`, [write.by, by]);
    graph.add(write.by, by, 'wr', () => `${named(by)} observed ${named(write.by)}'s write of ${valueWords(value)} to ${word}`);
  }
  for (const { before, after, by } of follow) {
    const write = before === null ? undefined : writes.get(textOf(before));
    if (write !== undefined)
      graph.add(
        write.by,
        by,
        'ww',
        () => `${named(by)} read ${valueWords(before)} from ${word}, which ${named(write.by)} wrote, and then wrote ${valueWords(after)}`,
      );
    for (const reader of reads)
      if (reader.by !== by && textOf(reader.value) === textOf(before))
        graph.add(
          reader.by,
          by,
          'rw',
          () => `${named(reader.by)} read ${valueWords(before)} from ${word}, and ${named(by)} wrote ${valueWords(after)} in its place`,
        );
  }
};
