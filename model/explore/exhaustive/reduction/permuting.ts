import { mix32 } from '../../../kernel/hash.ts';
import { NONE, type System } from '../../../world/system.ts';
import { type Bearer, type Images, InboxNames, LinkNames, Locals, plainShade, shades, StoreNames } from './bearers.ts';
import { counterparts } from './interchange.ts';

/** A slot, and where its value stands once hosts are called by each other's names. */
interface Slot {
  readonly slot: number;
  /** The host that it belongs to, or {@link NONE}. */
  readonly host: number;
  /** By host: the slot that is the same of that host. */
  readonly of: readonly number[];
  readonly bearer: Bearer | null;
}

/** What calling interchangeable hosts by each other's names makes of a row. */
export class Permuting {
  readonly groups: readonly (readonly number[])[];
  /** The slots of each host that may be called by another name. */
  private readonly own: readonly (readonly Slot[])[];
  private readonly slots: readonly Slot[];
  /** Slots whose values may name such a host. */
  private readonly bearing: readonly Slot[];
  private readonly system: System;
  /** By slot, where it stands for a host that is named in it. */
  private readonly places: Int32Array;
  private readonly sums: Float64Array;
  private readonly scratch: Int32Array;

  constructor(system: System, groups: readonly (readonly number[])[]) {
    this.system = system;
    this.groups = groups;
    const isMoved = new Uint8Array(system.hosts.length);
    for (const host of groups.flat()) isMoved[host] = 1;
    this.slots = slotsOf(system, isMoved);
    this.bearing = this.slots.filter(({ bearer }) => bearer !== null);
    this.own = system.hosts.map((_, host) => (isMoved[host] === 1 ? this.slots.filter((slot) => slot.host === host) : []));
    // Its own slots come first; those of others that are called by other names are told apart by what they are, not by whose.
    this.places = Int32Array.from({ length: system.width }, (_, slot) => system.width + slot);
    for (const slots of this.own) for (const [at, { slot }] of slots.entries()) this.places[slot] = 2 * system.width + at;
    this.sums = new Float64Array(system.hosts.length);
    this.scratch = new Int32Array(system.width);
  }

  /** The permutation that leaves every host its name. */
  identity(): Images {
    return Int32Array.from(this.system.hosts.keys());
  }

  /** Writes the row with the hosts called by each other's names. */
  permute(row: Int32Array, images: Images, into: Int32Array): void {
    into.set(row);
    for (let i = 0; i < this.slots.length; i++) {
      const { slot, host, of, bearer } = this.slots[i] as Slot;
      const value = row[slot] as number;
      const to = host === NONE ? slot : (of[images[host] as number] as number);
      into[to] = bearer === null ? value : bearer.permuted(value, images);
    }
  }

  /** Whether two hosts can be called by each other's names, and nothing shows it. */
  areAlike(row: Int32Array, a: number, b: number): boolean {
    const images = this.identity();
    images[a] = b;
    images[b] = a;
    this.permute(row, images, this.scratch);
    for (let slot = 0; slot < row.length; slot++) if (row[slot] !== this.scratch[slot]) return false;
    return true;
  }

  /** For each host a number that does not depend on what it and those like it are called: of its own slots, and of where it is named. */
  looks(row: Int32Array): Float64Array {
    const { sums, system } = this;
    sums.fill(0);
    for (const group of this.groups)
      for (const host of group)
        for (const [at, { slot, bearer }] of (this.own[host] as readonly Slot[]).entries()) {
          const value = row[slot] as number;
          const isNamed = bearer !== null && bearer.mentions(value).length > 0;
          const shade = isNamed ? (bearer as Bearer).shade(value, host) : plainShade(system, slot, value);
          sums[host] = ((sums[host] as number) + spread(shade, at)) % shades;
        }
    for (let i = 0; i < this.bearing.length; i++) {
      const { slot, host: owner, bearer } = this.bearing[i] as Slot;
      const value = row[slot] as number;
      const named = (bearer as Bearer).mentions(value);
      for (let n = 0; n < named.length; n++) {
        const host = named[n] as number;
        if (host === owner) continue;
        sums[host] = ((sums[host] as number) + spread((bearer as Bearer).shade(value, host), this.places[slot] as number)) % shades;
      }
    }
    return sums;
  }
}

/** Tells equal numbers in different places apart. */
const spread = (shade: number, place: number): number => {
  const upper = mix32(Math.floor(shade / half) ^ Math.imul(place + 1, 0x9e3779b1));
  const lower = mix32((shade % half) + Math.imul(place + 1, 0x85ebca77));
  return (upper >>> 6) * half + (lower >>> 6);
};

const half = 2 ** 26;

const slotsOf = (system: System, isMoved: Uint8Array): readonly Slot[] => {
  const same = counterparts(system);
  const { instances, hosts } = system;
  const locals = new Map([...new Set(instances.map(({ role }) => role))].map((role) => [role, new Locals(system, isMoved, role)]));
  const inboxNames = new InboxNames(system, isMoved, same);
  const stores = new StoreNames(system, isMoved);
  const ofInstances = (list: readonly number[], bearerOf: (instance: number) => Bearer | null): Slot[] =>
    instances.flatMap(({ index, host }): Slot[] => {
      const slot = list[index] as number;
      if (slot === NONE) return [];
      const of = hosts.map((_, other) => {
        const there = (same[other] as readonly number[])[index] as number;
        return there === NONE ? NONE : (list[there] as number);
      });
      return [{ slot, host, of, bearer: bearerOf(index) }];
    });
  const ofHosts = (list: readonly number[], bearer: Bearer | null): Slot[] =>
    list.flatMap((slot, host): Slot[] => (slot === NONE ? [] : [{ slot, host, of: list, bearer }]));
  return [
    ...ofInstances(system.localSlot, (index) => locals.get((instances[index] as (typeof instances)[number]).role) as Bearer),
    ...ofInstances(system.inboxSlot, () => inboxNames),
    ...ofInstances(system.timersSlot, () => null),
    ...ofInstances(system.firesSlot, () => null),
    ...ofInstances(system.statusSlot, () => null),
    ...ofHosts(system.lifeSlot, null),
    ...ofHosts(system.storedSlot, stores),
    ...ofHosts(system.clockSlot, null),
    ...(system.linksSlot === NONE ? [] : [{ slot: system.linksSlot, host: NONE, of: [], bearer: new LinkNames(system, isMoved) }]),
  ];
};
