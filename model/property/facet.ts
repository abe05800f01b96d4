import type { Value } from '../kernel/value.ts';
import type { HostName } from '../role/effect.ts';
import type { EngineRole } from '../world/engine.ts';
import { localView } from '../world/engine.ts';
import type { System } from '../world/system.ts';
import { Names } from './names.ts';

/**
 * One thing that what a slot holds says: a field of a context, whether a state matches. A property that looks at a field
 * does not depend on the rest, and fields take far fewer values than local states do.
 */
export class Facet {
  /** Different for different facets of a system. */
  readonly number: number;
  /** `context peer head`. */
  readonly name: string;
  /** By value of the slot: what it says, numbered. */
  private readonly known: number[] = [];
  private readonly values: unknown[] = [];
  private readonly numbers = new Map<unknown, number>();
  private readonly look: (value: number) => unknown;

  constructor(number: number, name: string, look: (value: number) => unknown) {
    this.number = number;
    this.name = name;
    this.look = look;
  }

  /** The number of what a value of the slot says. */
  of(value: number): number {
    return this.known[value] ?? this.learn(value);
  }

  /** What a number stands for. */
  at(number: number): unknown {
    return this.values[number];
  }

  /** Equal parts of interned values are one object, so identity tells them apart. */
  private learn(value: number): number {
    const said = this.look(value);
    let number = this.numbers.get(said);
    if (number === undefined) {
      number = this.values.push(said) - 1;
      this.numbers.set(said, number);
    }
    this.known[value] = number;
    return number;
  }
}

/** What a host has stored, as its slot holds it. */
interface Stored {
  readonly kept: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly written: readonly (readonly [string, string, Value])[];
}

/** The facets that the properties of a system look at, each once. */
export class Facets {
  private readonly system: System;
  readonly names: Names;
  private readonly named = new Map<string, Facet>();

  constructor(system: System) {
    this.system = system;
    this.names = new Names(system.engine);
  }

  /** The facet of this name. @param check is asked where it is looked at for the first time */
  called(name: string, look: (value: number) => unknown, check: () => void = () => {}): Facet {
    let facet = this.named.get(name);
    if (facet === undefined) {
      check();
      facet = new Facet(this.named.size, name, look);
      this.named.set(name, facet);
    }
    return facet;
  }

  /** A field of a role's context. */
  context({ name, memory }: EngineRole, field: string): Facet {
    return this.called(`context ${name} ${field}`, (local) => (memory.snapshot(local).context as Record<string, unknown>)[field]);
  }

  matches(role: EngineRole, state: string): Facet {
    const { name, memory } = role;
    const look = (local: number): boolean => localView(memory.snapshot(local)).matches(state as never);
    return this.called(`matches ${name} ${state}`, look, () => this.names.state(role, state));
  }

  hasTag(role: EngineRole, tag: string): Facet {
    const { name, memory } = role;
    const look = (local: number): boolean => localView(memory.snapshot(local)).hasTag(tag as never);
    return this.called(`tag ${name} ${tag}`, look, () => this.names.tag(role, tag));
  }

  /** What a role has stored under a key, unsynced writes included. */
  stored({ name }: EngineRole, key: string): Facet {
    return this.called(`stored ${name} ${key}`, (store) => this.storedOf(name, store)[key]);
  }

  /** What waits in an inbox from one host, of one type, or both: the numbers of entries, in order. */
  waiting(from: HostName | undefined, type: string | undefined): Facet {
    const { instances, inboxes } = this.system;
    const lists = new Map<string, readonly number[]>();
    return this.called(`in flight ${from ?? 'any'} ${type ?? 'any'}`, (inbox) => {
      const list = inboxes.list(inbox).filter((id) => {
        const { from: sender, message } = inboxes.entry(id);
        return (from === undefined || instances[sender]?.hostName === from) && (type === undefined || message.type === type);
      });
      const known = lists.get(list.join()) ?? list;
      lists.set(list.join(), known);
      return known;
    });
  }

  /** Everything that a role has stored, by key. */
  storedOf(role: string, store: number): Readonly<Record<string, Value>> {
    const { kept, written } = this.system.stores.value(store) as unknown as Stored;
    const unsynced = written.filter(([of]) => of === role).map(([, key, value]) => [key, value] as const);
    return { ...kept[role], ...Object.fromEntries(unsynced) };
  }
}

/** A record that is looked at field by field; whoever asks for its fields, and not for one, looks at the whole. */
export const byField = (field: (name: string) => unknown, whole: () => object): object =>
  new Proxy(
    {},
    {
      get: (_, name) => (typeof name === 'string' ? field(name) : Reflect.get(whole(), name)),
      has: (_, name) => name in whole(),
      ownKeys: () => Reflect.ownKeys(whole()),
      getOwnPropertyDescriptor: (_, name) => {
        const descriptor = Object.getOwnPropertyDescriptor(whole(), name);
        return descriptor === undefined ? undefined : { ...descriptor, configurable: true };
      },
    },
  );
