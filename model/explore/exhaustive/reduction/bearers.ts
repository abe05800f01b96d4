import { Interner } from '../../../kernel/intern.ts';
import { Hasher } from '../../../kernel/hash.ts';
import type { Value } from '../../../kernel/value.ts';
import type { Message } from '../../../role/effect.ts';
import type { EngineRole } from '../../../world/engine.ts';
import type { Instance, System } from '../../../world/system.ts';
import { type Gather, type Rename, type Renamer, renamerOf } from './renaming.ts';

/** Shades are added up, and stay below this, so that no sum is rounded. */
export const shades = 2 ** 52;

const shadeOf = (hi: number, lo: number): number => (hi >>> 0) * 2 ** 20 + (lo >>> 12);

/** What a permutation makes of the hosts: by host, the host whose name it gets. */
export type Images = Int32Array;

/** A kind of slot in whose values host names may stand. */
export abstract class Bearer {
  protected readonly system: System;
  /** Apart from the model's, so that looking at a value leaves no trace in its tables. */
  protected readonly interner = new Interner();
  private readonly isMoved: Uint8Array;
  private readonly mentioned: (readonly number[])[] = [];
  private readonly renamed: Map<number | string, number>[] = [];
  private readonly shaded: number[][] = [];

  /** @param isMoved by host, whether it may be called by another name. */
  constructor(system: System, isMoved: Uint8Array) {
    this.system = system;
    this.isMoved = isMoved;
  }

  protected abstract rewritten(value: number, rename: Rename, images: Images): number;
  /** A number for the content with these names, whatever the order of senders is. */
  protected abstract shadeWith(value: number, rename: Rename): number;

  /** The hosts that may be called by another name and are named in a value. */
  mentions(value: number): readonly number[] {
    let hosts = this.mentioned[value];
    if (hosts === undefined) {
      const seen = new Set<number>();
      this.shadeWith(value, (name) => {
        const host = this.system.hosts.indexOf(name);
        if (this.isMoved[host] === 1) seen.add(host);
        return name;
      });
      hosts = [...seen].sort((a, b) => a - b);
      this.mentioned[value] = hosts;
    }
    return hosts;
  }

  /** The value with the hosts called by each other's names. */
  permuted(value: number, images: Images): number {
    const hosts = this.mentions(value);
    if (hosts.length === 0) return value;
    // So many hosts in a number of 52 bits; more than that in a text.
    let key: number | string = 0;
    for (let i = 0; i < hosts.length; i++) key = key * images.length + (images[hosts[i] as number] as number);
    if (images.length ** hosts.length > shades) key = hosts.map((host) => images[host]).join();
    let known = this.renamed[value];
    if (known === undefined) {
      known = new Map();
      this.renamed[value] = known;
    }
    let result = known.get(key);
    if (result === undefined) {
      result = this.rewritten(value, this.renaming(images), images);
      known.set(key, result);
    }
    return result;
  }

  /** How a value looks to one host: the same number for all that are called by other names in it and stand alike. */
  shade(value: number, host: number): number {
    let row = this.shaded[value];
    if (row === undefined) {
      row = [];
      this.shaded[value] = row;
    }
    let shade = row[host];
    if (shade === undefined) {
      const { hosts } = this.system;
      shade = this.shadeWith(value, (name) => {
        const other = hosts.indexOf(name);
        return other === host ? '@me' : this.isMoved[other] === 1 ? '@other' : name;
      });
      row[host] = shade;
    }
    return shade;
  }

  protected shadeOf(value: Value): number {
    const id = this.interner.intern(value);
    return shadeOf(this.interner.hi(id), this.interner.lo(id));
  }

  /** Several hosts are called by one name here, so what stands under their names is added up. */
  protected readonly gather: Gather = (parts) => parts.reduce<number>((sum, part) => (sum + this.shadeOf(part)) % shades, 0);

  private renaming(images: Images): Rename {
    const { hosts } = this.system;
    return (name) => {
      const host = hosts.indexOf(name);
      return host < 0 ? name : (hosts[images[host] as number] as string);
    };
  }
}

const unnamed: Renamer = (value) => value;

/** Local states of a role, by the schema of its context. */
export class Locals extends Bearer {
  private readonly role: EngineRole;
  private readonly renamer: Renamer;

  constructor(system: System, isMoved: Uint8Array, role: EngineRole) {
    super(system, isMoved);
    this.role = role;
    this.renamer = role.type.context === undefined ? unnamed : (renamerOf(role.type.context) ?? unnamed);
  }

  protected rewritten(local: number, rename: Rename): number {
    const { memory } = this.role;
    return memory.withContext(local, this.renamer(memory.snapshot(local).context as Value, rename));
  }

  protected shadeWith(local: number, rename: Rename): number {
    const key = this.role.memory.locals.value(local) as Readonly<Record<string, Value>>;
    return this.shadeOf({ ...key, context: this.renamer(key['context'] as Value, rename, this.gather) });
  }
}

/** Inboxes: who sent what, and who is named in it by the schema of the message. */
export class InboxNames extends Bearer {
  private readonly counterparts: readonly (readonly number[])[];
  private readonly renamers = new Map<string, Renamer | null>();

  constructor(system: System, isMoved: Uint8Array, counterparts: readonly (readonly number[])[]) {
    super(system, isMoved);
    this.counterparts = counterparts;
    for (const [type, { fields }] of Object.entries(system.engine.protocol.messages)) this.renamers.set(type, renamerOf(fields));
  }

  protected rewritten(inbox: number, rename: Rename, images: Images): number {
    const { inboxes, instances } = this.system;
    let result = inboxes.empty;
    for (const id of inboxes.list(inbox)) {
      const { from, fifo, message } = inboxes.entry(id);
      const sender = (this.counterparts[images[(instances[from] as Instance).host] as number] as readonly number[])[from] as number;
      result = inboxes.add(result, inboxes.entryOf(sender, fifo, this.renamedMessage(message, rename)));
    }
    return result;
  }

  protected shadeWith(inbox: number, rename: Rename): number {
    const { inboxes, instances } = this.system;
    const bySender = new Map<number, Value[]>();
    for (const id of inboxes.list(inbox)) {
      const { from, fifo, message } = inboxes.entry(id);
      const list = bySender.get(from) ?? [];
      list.push([fifo, this.renamedMessage(message, rename, this.gather) as unknown as Value]);
      bySender.set(from, list);
    }
    let shade = 0;
    for (const [from, list] of bySender) {
      const { hostName, role } = instances[from] as Instance;
      const isOrdered = list.some((entry) => (entry as readonly Value[])[0] === true);
      // Without an order it is a multiset, whose order is that of the names that were there before.
      const part = isOrdered ? this.shadeOf(list) : this.gather(list);
      shade = (shade + this.shadeOf([rename(hostName), role.name, isOrdered, part])) % shades;
    }
    return shade;
  }

  private renamedMessage(message: Message, rename: Rename, gather?: Gather): Message {
    const renamer = this.renamers.get(message.type) ?? null;
    return renamer === null ? message : (renamer(message as unknown as Value, rename, gather) as unknown as Message);
  }
}

type Kept = Readonly<Record<string, Readonly<Record<string, Value>>>>;
interface Store {
  readonly kept: Kept;
  readonly written: readonly (readonly [role: string, key: string, value: Value])[];
}

/** What hosts have stored, by the schemas that their roles give of it. */
export class StoreNames extends Bearer {
  protected rewritten(store: number, rename: Rename): number {
    return this.system.stores.of(this.renamedStore(store, rename));
  }

  protected shadeWith(store: number, rename: Rename): number {
    return this.shadeOf(this.renamedStore(store, rename, this.gather));
  }

  private renamedStore(number: number, rename: Rename, gather?: Gather): Value {
    const { kept, written } = this.system.stores.value(number) as unknown as Store;
    const one = (role: string, key: string, value: Value): Value => {
      const schema = this.system.engine.role(role).type.stored?.[key];
      return schema === undefined ? value : (renamerOf(schema) ?? unnamed)(value, rename, gather);
    };
    return {
      kept: Object.fromEntries(
        Object.entries(kept).map(([role, own]) => [
          role,
          Object.fromEntries(Object.entries(own).map(([key, value]) => [key, one(role, key, value)])),
        ]),
      ),
      written: written.map(([role, key, value]): Value => [role, key, one(role, key, value)]),
    };
  }
}

/** States of the links: each direction names two hosts. */
export class LinkNames extends Bearer {
  protected rewritten(state: number, _rename: Rename, images: Images): number {
    const { links } = this.system;
    const { cut, down, held } = links.state(state);
    const moved = (codes: readonly number[]): number[] =>
      codes.map((code) => links.code(images[this.ends(code)[0]] as number, images[this.ends(code)[1]] as number));
    return links.with(0, { cut: moved(cut), down: moved(down), held: moved(held) });
  }

  protected shadeWith(state: number, rename: Rename): number {
    const { hosts, links } = this.system;
    const { cut, down, held } = links.state(state);
    let shade = 0;
    for (const [kind, codes] of Object.entries({ cut, down, held }))
      for (const code of codes) shade = (shade + this.shadeOf([kind, ...this.ends(code).map((host) => rename(hosts[host] as string))])) % shades;
    return shade;
  }

  private ends(code: number): readonly [from: number, to: number] {
    const count = this.system.hosts.length;
    return [Math.floor(code / count), code % count];
  }
}

/** A number for what a slot holds where it names nobody: by the hash of its content, or the count itself. */
export const plainShade = (system: System, slot: number, value: number): number => {
  const table = system.tables[slot];
  if (table !== undefined) return shadeOf(table.his[value] as number, table.los[value] as number);
  const { hi, lo } = new Hasher().word(value);
  return shadeOf(hi, lo);
};
