import type { Value } from './value.ts';

const rank = (value: Value): number => {
  if (value === null) return 0;
  if (typeof value === 'boolean') return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'bigint') return 3;
  if (typeof value === 'string') return 4;
  if (value instanceof Uint8Array) return 5;
  if (Array.isArray(value)) return 6;
  if (value instanceof Map) return 7;
  if (value instanceof Set) return 8;
  return 9;
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareLists = (a: readonly Value[], b: readonly Value[]): number => {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareValues(a[i] as Value, b[i] as Value);
    if (order !== 0) return order;
  }
  return a.length - b.length;
};

const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
};

/**
 * The order of canonical values: by kind, then by content; text by UTF-16 code units, so that no locale has a say.
 * Maps and Sets are compared in the order in which interning has put them.
 */
export const compareValues = (a: Value, b: Value): number => {
  if (a === b) return 0;
  const kind = rank(a);
  const kinds = kind - rank(b);
  if (kinds !== 0) return kinds;
  switch (kind) {
    case 1:
      return Number(a) - Number(b);
    case 2:
    case 3:
      return (a as number) < (b as number) ? -1 : 1;
    case 4:
      return compareText(a as string, b as string);
    case 5:
      return compareBytes(a as Uint8Array, b as Uint8Array);
    case 6:
      return compareLists(a as readonly Value[], b as readonly Value[]);
    case 7:
      return compareLists([...(a as ReadonlyMap<Value, Value>)].flat(), [...(b as ReadonlyMap<Value, Value>)].flat());
    case 8:
      return compareLists([...(a as ReadonlySet<Value>)], [...(b as ReadonlySet<Value>)]);
    default: {
      const [keysA, keysB] = [Object.keys(a as object).sort(compareText), Object.keys(b as object).sort(compareText)];
      const keys = compareLists(keysA, keysB);
      if (keys !== 0) return keys;
      return compareLists(
        keysA.map((key) => (a as Readonly<Record<string, Value>>)[key] as Value),
        keysB.map((key) => (b as Readonly<Record<string, Value>>)[key] as Value),
      );
    }
  }
};

/** Sorts text by code units. */
export const byCodeUnits = compareText;
