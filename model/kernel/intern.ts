import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { RolecallError } from './errors.ts';
import { Hasher } from './hash.ts';
import { byCodeUnits, compareValues } from './order.ts';
import { NotAValue, placeOfRefused, refusalOf } from './refused-value.ts';
import type { Value, ValueRecord } from './value.ts';
import { Wholes } from './wholes.ts';

const latin1 = new TextDecoder('latin1');

/** Bytes as a text of one character for each byte; the content hash of bytes is made of it. */
const bytesText = (bytes: Uint8Array): string => (bytes.length < 4096 ? String.fromCharCode(...bytes) : latin1.decode(bytes));

/** What a whole is; the content hash begins with it. */
const kinds = { list: 0x5b, record: 0x7b, map: 0x6d, set: 0x65, bytes: 0x78 } as const;

/** A value is nested too deeply for recursion. */
class TooDeep extends Error {}

/** Nested records beyond this are taken apart with a list instead of the stack: a chain may have thousands of blocks. */
const deepest = 400;

const refuse = (what: string): never => {
  throw new NotAValue(what);
};

/** The names of records that list them in one order. */
interface Shape {
  readonly id: number;
  readonly names: readonly string[];
  readonly isSorted: boolean;
}

const partsOf = (whole: object): Iterable<unknown> => {
  if (whole instanceof Map) return [...whole].flat();
  if (whole instanceof Uint8Array) return [];
  return whole instanceof Set ? whole : Object.values(whole);
};

/**
 * Gives each value a small integer, the same for equal values, and one canonical object: record keys, Maps and Sets in
 * the order of their content, everything frozen that can be. A part that was interned before is recognised by its
 * identity, so interning a large context costs what changed in it, not what it holds.
 *
 * The integers depend on the order in which values came. They never reach roles, orders or fingerprints.
 */
export class Interner {
  private readonly values: Value[] = [];
  private readonly his: number[] = [];
  private readonly los: number[] = [];
  private readonly digests: (Uint8Array | undefined)[] = [];
  private readonly parts: (readonly number[])[] = [];
  private readonly wholes = new Wholes();
  /** The parts of the wholes that are being taken apart: each has those from where it began. */
  private readonly open: number[] = [];
  private top = 0;
  private readonly idOfSmall = new Map<boolean | null | bigint, number>();
  private readonly idOfText = new Map<string, number>();
  private readonly idOfInteger = new Map<number, number>();
  private readonly idOfObject = new WeakMap<object, number>();
  private readonly shapes = new Map<string, Shape>();
  private depth = 0;
  /** While a deep value is taken apart: the parts that are done. */
  private taken: Map<object, number> | null = null;

  /** How many distinct values there are. */
  get size(): number {
    return this.values.length;
  }

  /** The canonical value of an id. */
  value(id: number): Value {
    return this.values[id] as Value;
  }

  /** The upper half of the content hash. */
  hi(id: number): number {
    return this.his[id] as number;
  }

  /** The lower half of the content hash. */
  lo(id: number): number {
    return this.los[id] as number;
  }

  /** The canonical object that equals this value. */
  canonical<T extends Value>(value: T): T {
    return this.values[this.intern(value)] as T;
  }

  /**
   * The id of a value.
   * @throws RolecallError `NOT_A_VALUE` where it holds something that cannot be compared and written down.
   */
  intern(value: Value, place = ''): number {
    try {
      this.depth = 0;
      this.top = 0;
      return this.idOf(value);
    } catch (error) {
      if (!(error instanceof TooDeep)) throw this.explained(error, value, place);
    }
    try {
      return this.internDeep(value);
    } catch (error) {
      throw this.explained(error, value, place);
    }
  }

  private explained(error: unknown, value: Value, place: string): unknown {
    if (!(error instanceof NotAValue)) return error;
    return new RolecallError({
      code: 'NOT_A_VALUE',
      message: error.message,
      place: place + placeOfRefused(value),
      advice: 'Use null, booleans, safe integers, bigint, strings, bytes, arrays, plain records, Maps and Sets of them.',
      cause: error,
    });
  }

  /**
   * Interns the innermost parts first, so that each whole finds its parts known. A part may stand in several wholes at
   * different depths, so a whole waits until the parts that it was the first to meet are done.
   */
  private internDeep(value: Value): number {
    const done = new Map<object, number>();
    const entered = new Set<object>();
    const open: object[] = [value as object];
    this.taken = done;
    this.top = 0;
    try {
      for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
        if (entered.has(next)) {
          open.pop();
          this.depth = 0;
          if (!done.has(next)) done.set(next, this.idOf(next as Value));
          continue;
        }
        entered.add(next);
        for (const part of partsOf(next))
          if (typeof part === 'object' && part !== null && !entered.has(part) && !this.idOfObject.has(part)) open.push(part);
      }
    } catch (error) {
      // Every part was interned before what holds it, unless it holds itself.
      if (error instanceof TooDeep) refuse('a value that holds itself cannot be written down');
      throw error;
    } finally {
      this.taken = null;
    }
    return done.get(value as object) as number;
  }

  private idOf(value: Value): number {
    switch (typeof value) {
      case 'string':
        return this.idOfText.get(value) ?? this.text(value);
      case 'number':
        return this.idOfInteger.get(value) ?? this.integer(value);
      case 'boolean':
      case 'bigint':
        return this.idOfSmall.get(value) ?? this.small(value);
      case 'object': {
        if (value === null) return this.idOfSmall.get(value) ?? this.small(value);
        const known = this.idOfObject.get(value) ?? this.taken?.get(value);
        if (known !== undefined) return known;
        if (++this.depth > deepest) throw new TooDeep();
        const id = this.object(value);
        this.depth--;
        return id;
      }
      default:
        return refuse(refusalOf(value) ?? '');
    }
  }

  private text(text: string): number {
    const id = this.addLeaf(`s${text}`, text);
    this.idOfText.set(text, id);
    return id;
  }

  private integer(value: number): number {
    const refusal = refusalOf(value);
    if (refusal !== null) refuse(refusal);
    const id = this.addLeaf(`i${value}`, value === 0 ? 0 : value);
    this.idOfInteger.set(value, id);
    return id;
  }

  private small(value: boolean | null | bigint): number {
    const id = this.addLeaf(typeof value === 'bigint' ? `g${value}` : String(value).charAt(0), value);
    this.idOfSmall.set(value, id);
    return id;
  }

  private object(value: object & Value): number {
    if (value instanceof Uint8Array) return this.bytes(value);
    const refusal = refusalOf(value);
    if (refusal !== null) refuse(refusal);
    if (Array.isArray(value)) return this.list(value);
    if (value instanceof Map) return this.map(value);
    if (value instanceof Set) return this.set(value);
    return this.record(value as ValueRecord);
  }

  /** Bytes cannot be frozen, so a copy is kept; who made them may go on to write into them. */
  private bytes(bytes: Uint8Array): number {
    const known = this.wholes.find(kinds.bytes, bytes, 0, bytes.length);
    if (known >= 0) return known;
    const copy = Uint8Array.from(bytes);
    const id = this.addLeaf(`x${bytesText(copy)}`, copy);
    this.wholes.keep(kinds.bytes, copy, id);
    return id;
  }

  private list(list: readonly Value[]): number {
    const base = this.top;
    let same = true;
    let isSettled = true;
    for (let i = 0; i < list.length; i++) {
      const part = list[i] as Value;
      const id = this.idOf(part);
      this.open[this.top++] = id;
      same &&= Object.is(this.values[id], part);
      isSettled &&= this.isSettled(part);
    }
    const id = this.whole(kinds.list, base, (ids) => (same ? Object.freeze(list) : Object.freeze(ids.map((part) => this.values[part] as Value))));
    if (isSettled) this.idOfObject.set(Object.freeze(list), id);
    return id;
  }

  private record(record: ValueRecord): number {
    const { id: shape, names, isSorted } = this.shapeOf(Object.keys(record));
    let same = isSorted && Object.getPrototypeOf(record) === Object.prototype;
    const base = this.top;
    this.open[this.top++] = shape;
    let isSettled = true;
    for (let i = 0; i < names.length; i++) {
      const part = record[names[i] as string] as Value;
      const id = this.idOf(part);
      this.open[this.top++] = id;
      same &&= Object.is(this.values[id], part);
      isSettled &&= this.isSettled(part);
    }
    const id = this.whole(kinds.record, base, (ids) => (same ? Object.freeze(record) : this.recordOf(names, ids)));
    if (isSettled) this.idOfObject.set(Object.freeze(record), id);
    return id;
  }

  /** The id of the whole whose parts stand from `base` on; `made` gives its canonical object where it is new. */
  private whole(kind: number, base: number, made: (ids: readonly number[]) => Value): number {
    const known = this.wholes.find(kind, this.open, base, this.top);
    if (known >= 0) {
      this.top = base;
      return known;
    }
    const ids = this.open.slice(base, this.top);
    this.top = base;
    const id = this.add(made(ids), ids, new Hasher().word(kind).word(ids.length));
    this.wholes.keep(kind, ids, id);
    return id;
  }

  /** The canonical record of a shape; the ids of its fields stand after that of the shape. */
  private recordOf(names: readonly string[], ids: readonly number[]): Value {
    const record: Record<string, Value> = {};
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const value = this.values[ids[i + 1] as number] as Value;
      // An assignment to this name would set the prototype.
      if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
      else record[name] = value;
    }
    return Object.freeze(record);
  }

  /** The names of a record in the order in which it has them: sorted, and as an interned text. Sorting once for each order saves a third. */
  private shapeOf(given: readonly string[]): Shape {
    const text = given.join('\u0000');
    const known = this.shapes.get(text);
    if (known !== undefined && known.names.length === given.length) return known;
    const names = [...given].sort(byCodeUnits);
    // Names that hold the separator, which nobody writes, are told apart by their lengths.
    const isPlain = !names.some((name) => name.includes('\u0000'));
    const id = this.idOf(isPlain ? names.join('\u0000') : names.map((name) => `\u0000${name.length}:${name}`).join(''));
    const shape: Shape = { id, names, isSorted: names.every((name, i) => name === given[i]) };
    if (isPlain) this.shapes.set(text, shape);
    return shape;
  }

  /**
   * Whether a part can no longer change, so that what holds it may be known by its identity: it is frozen all through. A
   * Map or a Set that came from a role is not, only the canonical one is, which nobody else holds.
   */
  private isSettled(part: Value): boolean {
    return typeof part !== 'object' || part === null || this.idOfObject.has(part);
  }

  private map(map: ReadonlyMap<Value, Value>): number {
    const entries = [...map].map(([key, of]) => [this.idOf(key), this.idOf(of)] as const);
    const byKey = new Map(entries);
    if (byKey.size < entries.length && entries.some(([key, of]) => byKey.get(key) !== of))
      refuse('a Map with two equal keys and different values has no one meaning');
    const sorted = [...byKey].sort(([a], [b]) => compareValues(this.values[a] as Value, this.values[b] as Value)).flat();
    return this.whole(kinds.map, this.opened(sorted), (ids) => {
      const copy = new Map<Value, Value>();
      for (let i = 0; i < ids.length; i += 2) copy.set(this.values[ids[i] as number] as Value, this.values[ids[i + 1] as number] as Value);
      return copy;
    });
  }

  private set(set: ReadonlySet<Value>): number {
    const items = [...new Set([...set].map((item) => this.idOf(item)))];
    const sorted = items.sort((a, b) => compareValues(this.values[a] as Value, this.values[b] as Value));
    return this.whole(kinds.set, this.opened(sorted), (ids) => new Set(ids.map((item) => this.values[item] as Value)));
  }

  /** Puts the parts of a whole where those of others stand, and returns where they begin. */
  private opened(ids: readonly number[]): number {
    const base = this.top;
    for (const id of ids) this.open[this.top++] = id;
    return base;
  }

  private addLeaf(content: string, value: Value): number {
    return this.add(value, [], new Hasher().text(content));
  }

  private add(value: Value, parts: readonly number[], hasher: Hasher): number {
    const id = this.values.length;
    this.values.push(value);
    this.parts.push(parts);
    for (const part of parts) hasher.word(this.his[part] as number).word(this.los[part] as number);
    this.his.push(hasher.hi);
    this.los.push(hasher.lo);
    // A Map or Set that came from a role may still change, so only the canonical one is known by its identity.
    if (typeof value === 'object' && value !== null) this.idOfObject.set(value, id);
    return id;
  }

  /** SHA-256 over the content, put together from the digests of the parts. */
  digest(id: number): Uint8Array {
    const known = this.digests[id];
    if (known !== undefined) return known;
    // Parts come before wholes; a chain of thousands of blocks must not become thousands of stack frames.
    const open = [id];
    while (open.length > 0) {
      const next = open.at(-1) as number;
      const missing = (this.parts[next] as readonly number[]).filter((part) => this.digests[part] === undefined);
      if (missing.length > 0) open.push(...missing);
      else {
        open.pop();
        this.digests[next] ??= this.digestOfParts(next);
      }
    }
    return this.digests[id] as Uint8Array;
  }

  private digestOfParts(id: number): Uint8Array {
    const value = this.values[id] as Value;
    const parts = this.parts[id] as readonly number[];
    const hash = sha256.create().update(utf8ToBytes(`${kindOf(value)}${parts.length};`));
    if (parts.length > 0) for (const part of parts) hash.update(this.digests[part] as Uint8Array);
    else if (value instanceof Uint8Array) hash.update(value);
    else if (typeof value !== 'object' || value === null) hash.update(utf8ToBytes(String(value)));
    return hash.digest();
  }

  /** The digest as hex digits, sixteen of them. */
  fingerprint(id: number): string {
    return bytesToHex(this.digest(id).subarray(0, 8));
  }
}

const kindOf = (value: Value): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Map) return 'map';
  if (value instanceof Set) return 'set';
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value;
};
