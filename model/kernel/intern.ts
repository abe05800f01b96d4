import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { RolecallError } from './errors.ts';
import { Hasher } from './hash.ts';
import { byCodeUnits, compareValues } from './order.ts';
import type { Value, ValueRecord } from './value.ts';

const latin1 = new TextDecoder('latin1');

/** Bytes as a text of one character for each byte, to be used in a key. */
const bytesKey = (bytes: Uint8Array): string => (bytes.length < 4096 ? String.fromCharCode(...bytes) : latin1.decode(bytes));

/** What was wrong, deep inside a value; the path is put together on the way out. */
class NotAValue extends Error {
  readonly what: string;
  readonly path: string;

  constructor(what: string, path: string) {
    super(what);
    this.what = what;
    this.path = path;
  }
}

const refuse = (what: string): never => {
  throw new NotAValue(what, '');
};

const within = <T>(step: string, inner: () => T): T => {
  try {
    return inner();
  } catch (error) {
    if (error instanceof NotAValue) throw new NotAValue(error.what, step + error.path);
    throw error;
  }
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
  private readonly idOfKey = new Map<string, number>();
  private readonly idOfText = new Map<string, number>();
  private readonly idOfInteger = new Map<number, number>();
  private idOfObject = new WeakMap<object, number>();

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
      return this.idOf(value);
    } catch (error) {
      if (!(error instanceof NotAValue)) throw error;
      throw new RolecallError({
        code: 'NOT_A_VALUE',
        message: error.what,
        place: place + error.path,
        advice: 'Use null, booleans, safe integers, bigint, strings, bytes, arrays, plain records, Maps and Sets of them.',
        cause: error,
      });
    }
  }

  private idOf(value: Value): number {
    switch (typeof value) {
      case 'string':
        return this.idOfText.get(value) ?? this.text(value);
      case 'number':
        return this.idOfInteger.get(value) ?? this.integer(value);
      case 'boolean':
        return this.known(value ? 't' : 'f') ?? this.add(value ? 't' : 'f', value, []);
      case 'bigint':
        return this.known(`g${value}`) ?? this.add(`g${value}`, value, []);
      case 'object':
        return value === null ? (this.known('n') ?? this.add('n', value, [])) : (this.idOfObject.get(value) ?? this.object(value));
      default:
        return refuse(`${typeof value} cannot be kept in a state or a message`);
    }
  }

  private known(key: string): number | undefined {
    return this.idOfKey.get(key);
  }

  private text(text: string): number {
    const id = this.add(`s${text}`, text, []);
    this.idOfText.set(text, id);
    return id;
  }

  private integer(value: number): number {
    if (!Number.isSafeInteger(value)) refuse(`${value} is not a safe integer`);
    const id = this.known(`i${value}`) ?? this.add(`i${value}`, value === 0 ? 0 : value, []);
    this.idOfInteger.set(value, id);
    return id;
  }

  private object(value: object & Value): number {
    if (value instanceof Uint8Array) return this.bytes(value);
    if (Array.isArray(value)) return this.list(value);
    if (value instanceof Map) return this.map(value);
    if (value instanceof Set) return this.set(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) refuse(`an instance of ${value.constructor?.name ?? 'a class'} cannot be kept in a state or a message`);
    return this.record(value as ValueRecord);
  }

  private bytes(bytes: Uint8Array): number {
    const key = `x${bytesKey(bytes)}`;
    const id = this.known(key) ?? this.add(key, bytes, []);
    this.idOfObject.set(bytes, id);
    return id;
  }

  private list(list: readonly Value[]): number {
    const ids: number[] = [];
    let same = true;
    for (let i = 0; i < list.length; i++) {
      const id = within(`[${i}]`, () => this.idOf(list[i] as Value));
      ids.push(id);
      same &&= Object.is(this.values[id], list[i]);
    }
    const key = `[${ids.join()}`;
    const id = this.known(key) ?? this.add(key, same ? Object.freeze(list) : Object.freeze(ids.map((part) => this.values[part] as Value)), ids);
    if (same) this.idOfObject.set(Object.freeze(list), id);
    return id;
  }

  private record(record: ValueRecord): number {
    const names = Object.keys(record);
    let same = Object.getPrototypeOf(record) === Object.prototype;
    for (let i = 1; i < names.length; i++) if ((names[i - 1] as string) > (names[i] as string)) same = false;
    if (!same) names.sort(byCodeUnits);
    const ids: number[] = [];
    for (const name of names) {
      const id = within(`.${name}`, () => this.idOf(record[name] as Value));
      ids.push(id);
      same &&= Object.is(this.values[id], record[name]);
    }
    const shape = this.idOf(names.join('\u0000'));
    const key = `{${shape}:${ids.join()}`;
    const id =
      this.known(key) ??
      this.add(key, Object.freeze(same ? record : Object.fromEntries(names.map((name, i) => [name, this.values[ids[i] as number] as Value]))), [shape, ...ids]);
    if (same) this.idOfObject.set(Object.freeze(record), id);
    return id;
  }

  private map(map: ReadonlyMap<Value, Value>): number {
    const entries = [...map].map(([key, of]) => [this.idOf(key), within(`.get(${String(key)})`, () => this.idOf(of))] as const);
    entries.sort(([a], [b]) => compareValues(this.values[a] as Value, this.values[b] as Value));
    const ids = entries.flat();
    const key = `m${ids.join()}`;
    return this.known(key) ?? this.add(key, new Map(entries.map(([a, b]) => [this.values[a] as Value, this.values[b] as Value])), ids);
  }

  private set(set: ReadonlySet<Value>): number {
    const ids = [...set].map((item) => this.idOf(item)).sort((a, b) => compareValues(this.values[a] as Value, this.values[b] as Value));
    const key = `e${ids.join()}`;
    return this.known(key) ?? this.add(key, new Set(ids.map((item) => this.values[item] as Value)), ids);
  }

  private add(key: string, value: Value, parts: readonly number[]): number {
    const id = this.values.length;
    this.values.push(value);
    this.parts.push(parts);
    const hasher = new Hasher();
    if (parts.length === 0) hasher.text(key);
    else {
      hasher.word(key.charCodeAt(0)).word(parts.length);
      for (const part of parts) hasher.word(this.his[part] as number).word(this.los[part] as number);
    }
    this.his.push(hasher.hi);
    this.los.push(hasher.lo);
    this.idOfKey.set(key, id);
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
