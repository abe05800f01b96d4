import type { Value } from '../kernel/value.ts';
import type { Row } from './row.ts';

/** What a host has stored: by role and key; and the writes that no sync has followed yet. */
interface Store {
  readonly [part: string]: Value;
  readonly kept: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly written: readonly Write[];
}

type Write = readonly [role: string, key: string, value: Value];

const writeTo = (kept: Store['kept'], [role, key, value]: Write): Store['kept'] => ({ ...kept, [role]: { ...kept[role], [key]: value } });

const storeOf = (row: Row, host: number): Store =>
  row.system.stores.value(row.row[row.system.storedSlot[host] as number] as number) as unknown as Store;

const setStore = (row: Row, host: number, store: Store): void =>
  row.set(row.system.storedSlot[host] as number, row.system.stores.of(store as unknown as Value));

/** Stores a value: it survives a crash, with `storage: 'sync'` once a sync has followed. */
export const persist = (row: Row, host: number, write: Write): void => {
  const slot = row.system.storedSlot[host] as number;
  const before = row.row[slot] as number;
  const { afterWrites } = row.system;
  let known = afterWrites.get(write);
  if (known === undefined) {
    known = new Map();
    afterWrites.set(write, known);
  }
  let after = known.get(before);
  if (after === undefined) {
    after = row.system.stores.of(written(storeOf(row, host), write, row.system.scenario.storage === 'sync') as unknown as Value);
    known.set(before, after);
  }
  row.set(slot, after);
  row.observer?.stored(host, ...write);
};

const written = (store: Store, write: Write, waits: boolean): Store =>
  waits ? { ...store, written: [...store.written, write] } : { ...store, kept: writeTo(store.kept, write) };

export const sync = (row: Row, host: number): void => {
  const store = storeOf(row, host);
  if (store.written.length > 0) setStore(row, host, { kept: store.written.reduce(writeTo, store.kept), written: [] });
};

/** What a role has stored on a host, unsynced writes included, by key. */
export const storedBy = (row: Row, host: number, role: string): Readonly<Record<string, Value>> => {
  const store = storeOf(row, host);
  return store.written.reduce(writeTo, store.kept)[role] ?? {};
};

/** Writes that a crash could lose. */
export const unsynced = (row: Row, host: number): number => storeOf(row, host).written.length;

/**
 * What a crash leaves of the writes that no sync has followed.
 * @param lose how many are lost, the latest first; with `torn` the last kept one is cut short.
 */
export const loseUnsynced = (row: Row, host: number, lose: number, torn: boolean): void => {
  const store = storeOf(row, host);
  if (store.written.length === 0) return;
  const kept = store.written.slice(0, store.written.length - lose);
  const last = kept.at(-1);
  const writes = torn && last !== undefined ? [...kept.slice(0, -1), [last[0], last[1], null] as const] : kept;
  setStore(row, host, { kept: writes.reduce(writeTo, store.kept), written: [] });
};

/** A stored value is damaged: it reads as null. */
export const damage = (row: Row, host: number, role: string, key: string): void => {
  const { kept, written } = storeOf(row, host);
  const isIt = ([ofRole, ofKey]: Write): boolean => ofRole === role && ofKey === key;
  const own = kept[role];
  setStore(row, host, {
    kept: own !== undefined && Object.hasOwn(own, key) ? { ...kept, [role]: { ...own, [key]: null } } : kept,
    written: written.map((write): Write => (isIt(write) ? [role, key, null] : write)),
  });
};

/** A role that is uninstalled takes what it has stored with it. */
export const erase = (row: Row, host: number, role: string): void => {
  const { kept, written } = storeOf(row, host);
  const { [role]: _, ...others } = kept;
  setStore(row, host, { kept: others, written: written.filter(([ofRole]) => ofRole !== role) });
};
