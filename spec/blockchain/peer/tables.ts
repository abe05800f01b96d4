/**
 * Small persistent operations on maps and sets. The order of a map or set says nothing: contexts are rebuilt in canonical
 * order, so whatever needs an order sorts.
 */

export const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> => new Map(map).set(key, value);

export const withoutKey = <K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> => {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
};

export const withoutMember = <T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> => {
  if (!set.has(member)) return set;
  const next = new Set(set);
  next.delete(member);
  return next;
};

export const withMember = <T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> => (set.has(member) ? set : new Set(set).add(member));

/** Code units decide, on every machine alike. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const sortedKeys = (map: ReadonlyMap<string, unknown>): readonly string[] => [...map.keys()].sort(byText);

/** Adds members and keeps at most so many; which ones go is left open, as in Core Geth: here the last of the old ones by text. */
export const remembering = (set: ReadonlySet<string>, members: readonly string[], limit: number): ReadonlySet<string> => {
  if (members.every((member) => set.has(member))) return set;
  const next = new Set(set);
  for (const member of members) next.add(member);
  if (next.size <= limit) return next;
  const added = new Set(members);
  const old = [...next].filter((member) => !added.has(member)).sort(byText);
  return new Set([...added, ...old].slice(0, limit));
};

/** The greater of two whole numbers; `Math.max` takes no bigint. */
export const greater = (a: bigint, b: bigint): bigint => [a, b].reduce((most, each) => (each > most ? each : most));
