import type { Value } from '../kernel/value.ts';
import type { Row } from './row.ts';
import type { System } from './system.ts';

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

/** What a change does to a store by number. */
const change =
  ({ stores }: System, of: (store: Store) => Store) =>
  (before: number): number =>
    stores.of(of(stores.value(before) as unknown as Store) as unknown as Value);

/** Changes the store of a host; the name says all that the change depends on. */
const alter = (row: Row, host: number, name: string, of: (store: Store) => Store): void => {
  const { edits, storedSlot } = row.system;
  row.edit(storedSlot[host] as number, edits.called(name, change(row.system, of)));
};

/** Stores a value: it survives a crash, with `storage: 'sync'` once a sync has followed. */
export const persist = (row: Row, host: number, write: Write): void => {
  const { system } = row;
  let edit = system.writes.get(write);
  if (edit === undefined) {
    edit = system.edits.remembered(change(system, (store) => written(store, write, system.scenario.storage === 'sync')));
    system.writes.set(write, edit);
  }
  row.edit(system.storedSlot[host] as number, edit);
  row.observer?.stored(host, ...write);
};

const written = (store: Store, write: Write, waits: boolean): Store =>
  waits ? { ...store, written: [...store.written, write] } : { ...store, kept: writeTo(store.kept, write) };

export const sync = (row: Row, host: number): void =>
  alter(row, host, 'sync', ({ kept, written }) => ({ kept: written.reduce(writeTo, kept), written: [] }));

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
export const loseUnsynced = (row: Row, host: number, lose: number, torn: boolean): void =>
  alter(row, host, `lose ${lose} ${torn}`, ({ kept, written }) => {
    const left = written.slice(0, Math.max(0, written.length - lose));
    const last = left.at(-1);
    const writes = torn && last !== undefined ? [...left.slice(0, -1), [last[0], last[1], null] as const] : left;
    return { kept: writes.reduce(writeTo, kept), written: [] };
  });

/** A stored value is damaged: it reads as null. */
export const damage = (row: Row, host: number, role: string, key: string): void => {
  const isIt = ([ofRole, ofKey]: Write): boolean => ofRole === role && ofKey === key;
  alter(row, host, `damage ${JSON.stringify([role, key])}`, ({ kept, written }) => {
    const own = kept[role];
    return {
      kept: own !== undefined && Object.hasOwn(own, key) ? { ...kept, [role]: { ...own, [key]: null } } : kept,
      written: written.map((write): Write => (isIt(write) ? [role, key, null] : write)),
    };
  });
};

/** A role that is uninstalled takes what it has stored with it. */
export const erase = (row: Row, host: number, role: string): void =>
  alter(row, host, `erase ${role}`, ({ kept: { [role]: _, ...others }, written }) => ({
    kept: others,
    written: written.filter(([ofRole]) => ofRole !== role),
  }));
