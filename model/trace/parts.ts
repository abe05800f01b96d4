import type { Value, ValueRecord } from '../kernel/value.ts';
import type { Instance, System } from '../world/system.ts';
import type { World } from '../world/world.ts';

/** A part of a world that a person can name. */
export interface NamedPart {
  /** `peer1/peer/context.head`, `peer1/stored`, `links`. */
  readonly name: string;
  readonly value: Value;
}

/** What each slot of a system holds, in words. */
const slotNames = (system: System): readonly string[] => {
  const names = new Array<string>(system.width).fill('');
  const put = (slot: number, name: string): void => {
    if (slot >= 0) names[slot] = name;
  };
  for (const instance of system.instances) {
    const place = `${instance.hostName}/${instance.role.name}`;
    put(system.localSlot[instance.index] as number, `${place}/local`);
    put(system.inboxSlot[instance.index] as number, `${place}/inbox`);
    put(system.timersSlot[instance.index] as number, `${place}/timers`);
    put(system.firesSlot[instance.index] as number, `${place}/fires left`);
    put(system.statusSlot[instance.index] as number, `${place}/status`);
  }
  system.hosts.forEach((host, index) => {
    put(system.lifeSlot[index] as number, `${host}/life`);
    put(system.storedSlot[index] as number, `${host}/stored`);
    put(system.clockSlot[index] as number, `${host}/clock`);
  });
  put(system.linksSlot, 'links');
  for (const [fault, slot] of system.budgetSlot) put(slot, `budget/${fault}`);
  for (const [command, slot] of system.commandSlot) put(slot, `budget/${command}`);
  system.monitorSlot.forEach((slot, index) => {
    put(slot, `monitor/${index + 1}`);
  });
  return names;
};

const cache = new WeakMap<System, readonly string[]>();

const namesOf = (system: System): readonly string[] => {
  let names = cache.get(system);
  if (names === undefined) {
    names = slotNames(system);
    cache.set(system, names);
  }
  return names;
};

/** Inboxes name senders by host, because instance numbers mean nothing to a reader. */
const inboxValue = (system: System, inbox: number): Value =>
  system.inboxes.list(inbox).map((id) => {
    const { from, message } = system.inboxes.entry(id);
    return [(system.instances[from] as Instance).hostName, message as unknown as Value];
  });

/** A local state by field: the state's name and each field of the context. */
const localParts = (place: string, key: ValueRecord): readonly NamedPart[] => {
  const { context, ...rest } = key;
  const fields = typeof context === 'object' && context !== null && !Array.isArray(context) ? Object.entries(context as ValueRecord) : [];
  const state = Object.entries(rest).filter(([, value]) => value !== null);
  return [
    ...state.map(([field, value]) => ({ name: `${place}/${field === 'value' ? 'state' : field}`, value })),
    ...fields.map(([field, value]) => ({ name: `${place}/context.${field}`, value })),
  ];
};

/** The named parts of one slot in a row. */
export const partsOfSlot = (system: System, row: Int32Array, slot: number): readonly NamedPart[] => {
  const name = namesOf(system)[slot] as string;
  const value = row[slot] as number;
  const table = system.tables[slot];
  if (name.endsWith('/local')) return localParts(name.slice(0, -'/local'.length), table?.value(value) as ValueRecord);
  if (name.endsWith('/inbox')) return [{ name, value: inboxValue(system, value) }];
  return [{ name, value: table === undefined ? value : table.value(value) }];
};

/** Every named part of a world, in the order of the slots. */
export const partsOf = (system: System, row: Int32Array): readonly NamedPart[] =>
  Array.from({ length: system.width }, (_, slot) => partsOfSlot(system, row, slot)).flat();

/** What changed between two rows, part by part, in the order of the slots. */
export const changedParts = (
  system: System,
  before: Int32Array,
  after: Int32Array,
): readonly { readonly name: string; readonly before: Value; readonly after: Value }[] => {
  const { interner } = system.engine;
  const changes: { name: string; before: Value; after: Value }[] = [];
  for (let slot = 0; slot < system.width; slot++) {
    if (before[slot] === after[slot]) continue;
    const old = new Map(partsOfSlot(system, before, slot).map((part) => [part.name, part.value]));
    const now = new Map(partsOfSlot(system, after, slot).map((part) => [part.name, part.value]));
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [a, b] = [old.get(name) ?? null, now.get(name) ?? null];
      if (interner.intern(a) !== interner.intern(b)) changes.push({ name, before: a, after: b });
    }
  }
  return changes;
};

/** The same as a trace records it: the content of each changed part in eight hex digits. */
export const partPrints = (world: World, before: Int32Array): Readonly<Record<string, string>> => {
  const { interner } = world.system.engine;
  return Object.fromEntries(
    changedParts(world.system, before, world.row).map(({ name, after }) => [name, interner.fingerprint(interner.intern(after)).slice(0, 8)]),
  );
};
