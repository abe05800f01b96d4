import { RolecallError } from '../../../kernel/errors.ts';
import { byCodeUnits } from '../../../kernel/order.ts';
import type { Value } from '../../../kernel/value.ts';
import { textOf, valueWords } from '../values.ts';
import type { Anomaly, ReadAnomaly } from './anomaly.ts';
import { Graph } from './graph.ts';
import type { Transaction } from './transaction.ts';

/** An append: of which transaction, and whether that appended to the same key again. */
interface Append {
  readonly by: number;
  readonly value: Value;
  readonly isLast: boolean;
}

/** A read of a key, without what the transaction had itself appended before: what it saw of others. */
interface Read {
  readonly by: number;
  readonly list: readonly Value[];
}

/** What a history shows of one key. */
interface Key {
  readonly key: Value;
  /** By the text of what was appended. */
  readonly appends: Map<string, Append>;
  readonly reads: Read[];
}

/** The dependencies of transactions that append to lists and read them whole, and what is wrong with single reads. */
export interface Inferred {
  readonly graph: Graph;
  readonly anomalies: readonly Anomaly[];
}

const listWords = (list: readonly Value[]): string => valueWords(list);

const isPrefix = (short: readonly Value[], long: readonly Value[]): boolean =>
  short.length <= long.length && short.every((value, at) => textOf(value) === textOf(long[at] as Value));

/** The appends of each key. What is appended twice could not be told apart, so that is an error of whoever made the history. */
const appendsOf = (transactions: readonly Transaction[]): Map<string, Key> => {
  const keys = new Map<string, Key>();
  transactions.forEach(({ steps, name }, by) => {
    steps.forEach(({ type, key, value }, at) => {
      const known = keys.get(textOf(key)) ?? { key, appends: new Map<string, Append>(), reads: [] };
      keys.set(textOf(key), known);
      if (type !== 'append') return;
      if (known.appends.has(textOf(value)))
        throw new RolecallError({
          code: 'APPENDED_TWICE',
          message: `${valueWords(value)} is appended to ${valueWords(key)} twice, so nobody can tell which of the two a read has seen`,
          place: name,
          advice: 'Let each append to a key be of a value of its own.',
        });
      const isLast = !steps.slice(at + 1).some((step) => step.type === 'append' && textOf(step.key) === textOf(key));
      known.appends.set(textOf(value), { by, value, isLast });
    });
  });
  return keys;
};

/** Goes through one transaction: what it reads must be what it read before and what it appended since. */
const readsOf = (
  { steps, name, operation }: Transaction,
  by: number,
  keys: ReadonlyMap<string, Key>,
  note: (kind: ReadAnomaly, sentence: string, operations: Anomaly['operations']) => void,
): void => {
  const own = new Map<string, { readonly list: readonly Value[] | null; readonly appended: readonly Value[] }>();
  for (const { type, key, value } of steps) {
    const text = textOf(key);
    const { list, appended } = own.get(text) ?? { list: null, appended: [] };
    if (type === 'append') {
      own.set(text, { list, appended: [...appended, value] });
      continue;
    }
    const read = (value ?? []) as readonly Value[];
    const outside = read.slice(0, Math.max(0, read.length - appended.length));
    const expected = list === null ? [...outside, ...appended] : [...list, ...appended];
    if (textOf(read) !== textOf(expected)) {
      const before = list === null ? `had appended ${appended.map(valueWords).join(', ')}` : `had to read ${listWords(expected)}`;
      note('internal', `${name} read ${listWords(read)} from ${valueWords(key)}, although it ${before}.`, [operation]);
      continue;
    }
    if (list === null) {
      keys.get(text)?.reads.push({ by, list: outside });
      own.set(text, { list: outside, appended });
    }
  }
};

/**
 * Infers the order of transactions from lists: a list shows not only the last append, but the order of all before it
 * (Kingsbury and Alvaro, *Elle: Inferring Isolation Anomalies from Experimental Observations*, 2020). What no read has seen
 * comes after all that was seen.
 */
export const inferFromAppends = (all: readonly Transaction[]): Inferred => {
  const keys = appendsOf(all);
  const anomalies: Anomaly[] = [];
  const note = (kind: ReadAnomaly, sentence: string, operations: Anomaly['operations']): void => {
    anomalies.push({ kind, sentences: [sentence], operations });
  };
  all.forEach((transaction, by) => {
    if (transaction.fate === 'committed') readsOf(transaction, by, keys, note);
  });
  const graph = new Graph(all);
  const sorted = [...keys].sort(([a], [b]) => byCodeUnits(a, b)).map(([, key]) => key);
  // Of what nobody knows whether it committed, a read that sees it tells; then all of it counts.
  const seen = new Set(
    sorted.flatMap(({ appends, reads }) => reads.flatMap(({ list }) => list.map((value) => appends.get(textOf(value))?.by ?? -1))),
  );
  const counts = (by: number): boolean => all[by]?.fate === 'committed' || (all[by]?.fate === 'unknown' && seen.has(by));
  for (const key of sorted) inferKey(key, all, counts, graph, note);
  return { graph, anomalies };
};

const inferKey = (
  { key, appends, reads }: Key,
  all: readonly Transaction[],
  counts: (by: number) => boolean,
  graph: Graph,
  note: (kind: ReadAnomaly, sentence: string, operations: Anomaly['operations']) => void,
): void => {
  const named = (by: number): string => (all[by] as Transaction).name;
  const operation = (by: number) => (all[by] as Transaction).operation;
  const word = valueWords(key);
  const byText = (value: Value): Append | undefined => appends.get(textOf(value));
  for (const { by, list } of reads) {
    const twice = list.find((value, at) => list.findIndex((other) => textOf(other) === textOf(value)) < at);
    if (twice !== undefined)
      note('duplicate', `${named(by)} read ${listWords(list)} from ${word}: ${valueWords(twice)} stands in it twice.`, [operation(by)]);
    for (const value of list) {
      const append = byText(value);
      if (append?.by === by) note('internal', `${named(by)} read ${valueWords(value)} from ${word} before it appended it.`, [operation(by)]);
      if (append === undefined) note('garbage', `${named(by)} read ${valueWords(value)} from ${word}, which nobody appended.`, [operation(by)]);
      else if (all[append.by]?.fate === 'aborted')
        note('G1a', `${named(by)} read ${valueWords(value)} from ${word}, although ${named(append.by)}, which appended it, aborted.`, [
          operation(append.by),
          operation(by),
        ]);
    }
    const last = list.length === 0 ? undefined : byText(list.at(-1) as Value);
    if (last !== undefined && !last.isLast && last.by !== by)
      note(
        'G1b',
        `${named(by)} read ${listWords(list)} from ${word}, although ${named(last.by)} appended more to it after ${valueWords(last.value)}.`,
        [operation(last.by), operation(by)],
      );
  }
  const longest = reads.reduce<Read | null>((best, read) => (best === null || read.list.length > best.list.length ? read : best), null);
  const order = longest?.list ?? [];
  const odd = reads.find(({ list }) => !isPrefix(list, order));
  if (odd !== undefined && longest !== null) {
    note('incompatible-order', `${named(odd.by)} read ${listWords(odd.list)} from ${word}, and ${named(longest.by)} read ${listWords(order)}.`, [
      operation(odd.by),
      operation(longest.by),
    ]);
    return;
  }
  const known = order.map(byText);
  known.forEach((append, at) => {
    const before = known[at - 1];
    if (append === undefined || before === undefined) return;
    graph.add(
      before.by,
      append.by,
      'ww',
      () => `${named(append.by)} appended ${valueWords(append.value)} to ${word} after ${named(before.by)} appended ${valueWords(before.value)}`,
    );
  });
  const inOrder = new Set(order.map(textOf));
  const unseen = [...appends.values()].filter(({ by, value }) => counts(by) && !inOrder.has(textOf(value)));
  const end = known.at(-1);
  for (const { by, value } of unseen)
    if (end !== undefined)
      graph.add(
        end.by,
        by,
        'ww',
        () =>
          `${named(by)} appended ${valueWords(value)} to ${word}, which was not there when ${valueWords(end.value)} of ${named(end.by)} was the last`,
      );
  for (const { by, list } of reads) {
    const last = list.length === 0 ? undefined : byText(list.at(-1) as Value);
    if (last !== undefined)
      graph.add(last.by, by, 'wr', () => `${named(by)} observed ${named(last.by)}'s append of ${valueWords(last.value)} to ${word}`);
    const next = known[list.length];
    for (const missed of list.length < order.length ? (next === undefined ? [] : [next]) : unseen)
      graph.add(by, missed.by, 'rw', () => `${named(by)} did not observe ${named(missed.by)}'s append of ${valueWords(missed.value)} to ${word}`);
  }
};
