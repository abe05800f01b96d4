import type { Value, ValueRecord } from '../../model/kernel/value.ts';
import { abbreviated, shown } from './words.ts';

/** One place in which two states differ. */
export interface Difference {
  /** `context.chain.head`; empty for the whole. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

const kindOf = (value: Value): string => {
  if (value === null || typeof value !== 'object') return 'plain';
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return 'list';
  return value instanceof Map ? 'map' : value instanceof Set ? 'set' : 'record';
};

/**
 * Where two values differ, part by part. What equals by identity is not looked into: unchanged parts of interned states
 * are the same objects, so a small change of a large state is found fast.
 */
export const differences = (before: Value | undefined, after: Value | undefined, path = ''): Difference[] => {
  if (before === after) return [];
  if (before === undefined || after === undefined || kindOf(before) !== kindOf(after)) return leaf(before, after, path);
  switch (kindOf(before)) {
    case 'record':
      return records(before as ValueRecord, after as ValueRecord, path);
    case 'map':
      return maps(before as ReadonlyMap<Value, Value>, after as ReadonlyMap<Value, Value>, path);
    case 'set':
      return sets(before as ReadonlySet<Value>, after as ReadonlySet<Value>, path);
    case 'list':
      return lists(before as readonly Value[], after as readonly Value[], path);
    default:
      return leaf(before, after, path);
  }
};

const leaf = (before: Value | undefined, after: Value | undefined, path: string): Difference[] => {
  const [was, is] = [before === undefined ? null : shown(before, 400), after === undefined ? null : shown(after, 400)];
  return was === is ? [] : [{ path, before: was, after: is }];
};

const under = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

const records = (before: ValueRecord, after: ValueRecord, path: string): Difference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => differences(before[key], after[key], under(path, key)));

/** Keys are compared by what they show, since equal keys of two maps need not be one object. */
const maps = (before: ReadonlyMap<Value, Value>, after: ReadonlyMap<Value, Value>, path: string): Difference[] => {
  const [was, is] = [before, after].map((map) => new Map([...map].map(([key, value]) => [shown(key), value])));
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])]
    .sort()
    .flatMap((key) => differences(was?.get(key), is?.get(key), `${path}[${key}]`));
};

const sets = (before: ReadonlySet<Value>, after: ReadonlySet<Value>, path: string): Difference[] => {
  const [was, is] = [new Set([...before].map((item) => shown(item))), new Set([...after].map((item) => shown(item)))];
  const lost = [...was].filter((item) => !is.has(item)).map((item) => ({ path, before: item, after: null }));
  return [...lost, ...[...is].filter((item) => !was.has(item)).map((item) => ({ path, before: null, after: item }))];
};

/** What stands at both ends alike is left out, so that an insertion is one line. */
const lists = (before: readonly Value[], after: readonly Value[], path: string): Difference[] => {
  const same = (a: Value | undefined, b: Value | undefined): boolean => differences(a, b).length === 0;
  let start = 0;
  while (start < before.length && start < after.length && same(before[start], after[start])) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && same(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const [was, is] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return Array.from({ length: Math.max(was.length, is.length) }, (_, index) =>
    differences(was[index], is[index], `${path}[${start + index}]`),
  ).flat();
};

/** A difference in one line: `context.head: 3 → 4`. */
export const differenceLine = ({ path: whole, before, after }: Difference, width: number): string => {
  const path = abbreviated(whole);
  const room = Math.max(12, Math.floor((width - path.length - 6) / 2));
  const cut = (text: string): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);
  if (before === null) return `${path}: + ${cut(after ?? '')}`;
  return after === null ? `${path}: - ${cut(before)}` : `${path}: ${cut(before)} → ${cut(after)}`;
};
