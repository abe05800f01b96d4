import type { Value, ValueRecord } from '../../model/kernel/value.ts';
import { answer, type Service, unknownOperation } from '../request-response/service.ts';

/** What stands under a key, and how often it was written. */
export type Entry = { readonly value: Value; readonly version: number };

/** What was never written holds null, in version 0. */
export type Store = Readonly<Record<string, Entry>>;

/** Versions by key, as a transaction read them. */
export type Versions = Readonly<Record<string, number>>;

const unwritten: Entry = { value: null, version: 0 };

export const entryIn = (store: Store, key: string): Entry => store[key] ?? unwritten;

const written = (store: Store, key: string, value: Value): Store => ({ ...store, [key]: { value, version: entryIn(store, key).version + 1 } });

const sameValue = (a: Value, b: Value): boolean => a === b;

/** Where the rules of a store are open to faults; what is left out is as it should be. */
interface StoreRules {
  /** Whether what a transaction has read is still so. */
  readonly isCurrent?: (store: Store, expects: Versions) => boolean;
  /** Which of its writes are made. */
  readonly written?: (writes: ValueRecord) => ValueRecord;
  readonly compares?: (held: Value, expected: Value) => boolean;
}

/**
 * A key-value store with compare-and-set, and transactions over several keys: a client reads, decides, and commits what it
 * writes together with the versions that it read; the store takes all of it or nothing.
 * Source: Herlihy 1991 (compare-and-set); Kung and Robinson 1981 (optimistic concurrency control: backward validation).
 */
export const database = (start: Readonly<Record<string, Value>> = {}, rules: StoreRules = {}): Service<Store> => {
  const isCurrent =
    rules.isCurrent ?? ((store, expects) => Object.entries(expects).every(([key, version]) => entryIn(store, key).version === version));
  const compares = rules.compares ?? sameValue;
  return {
    doc: 'A key-value store: get, put, compare-and-set, and transactions over several keys.',
    start: Object.fromEntries(Object.entries(start).map(([key, value]) => [key, { value, version: 0 }])),
    isSafe: ({ type }) => type === 'get' || type === 'snapshot',
    apply: (store, call) => {
      const key = call['key'] as string;
      switch (call.type) {
        case 'get':
          return { state: store, result: answer(entryIn(store, key).value) };
        case 'put':
          return { state: written(store, key, call['value'] as Value), result: answer(null) };
        case 'cas': {
          const [from, to] = call['value'] as readonly [Value, Value];
          const isAsExpected = compares(entryIn(store, key).value, from);
          return { state: isAsExpected ? written(store, key, to) : store, result: answer(isAsExpected) };
        }
        case 'snapshot':
          return {
            state: store,
            result: answer(Object.fromEntries((call['keys'] as readonly string[]).map((each) => [each, entryIn(store, each)]))),
          };
        case 'commit': {
          if (!isCurrent(store, call['expects'] as Versions)) return { state: store, result: answer(false) };
          const writes = rules.written?.(call['writes'] as ValueRecord) ?? (call['writes'] as ValueRecord);
          return { state: Object.entries(writes).reduce((now, [each, value]) => written(now, each, value), store), result: answer(true) };
        }
        default:
          return { state: store, result: unknownOperation(call) };
      }
    },
  };
};
