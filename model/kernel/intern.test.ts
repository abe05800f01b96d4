import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RolecallError } from './errors.ts';
import { Interner } from './intern.ts';
import { compareValues } from './order.ts';
import type { Value } from './value.ts';

const print = (value: Value): string => {
  const interner = new Interner();
  return interner.fingerprint(interner.intern(value));
};

const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Value>(null, true, false, 0, 1, -1, '', 'a', 1n),
    fc.maxSafeInteger(),
    fc.bigInt(),
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.uint8Array({ maxLength: 3 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.uniqueArray(tie('value'), { maxLength: 4, selector: (each) => print(each) }).map((items) => new Set(items)),
    fc.uniqueArray(fc.tuple(tie('value'), tie('value')), { maxLength: 4, selector: ([key]) => print(key) }).map((pairs) => new Map(pairs)),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** An equal value that shares nothing, with its records, Maps and Sets filled in another order. */
const shuffledCopy = (value: Value, draw: () => number): Value => {
  const mixed = <T>(items: readonly T[]): T[] => {
    const keyed = items.map((item) => [draw(), item] as const);
    return keyed.sort(([a], [b]) => a - b).map(([, item]) => item);
  };
  const copy = (part: Value): Value => shuffledCopy(part, draw);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return (value as readonly Value[]).map(copy);
  if (value instanceof Map) return new Map(mixed([...(value as ReadonlyMap<Value, Value>)]).map(([key, of]) => [copy(key), copy(of)]));
  if (value instanceof Set) return new Set(mixed([...(value as ReadonlySet<Value>)]).map(copy));
  return Object.fromEntries(mixed(Object.entries(value as Record<string, Value>)).map(([name, of]) => [name, copy(of)]));
};

/** The error that interning this ends in. */
const refusal = (value: unknown, place = ''): RolecallError => {
  try {
    new Interner().intern(value as Value, place);
  } catch (error) {
    if (error instanceof RolecallError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('interning', () => {
  it('gives equal values one id, in whatever order their parts were put', () => {
    fc.assert(
      fc.property(anyValue, fc.infiniteStream(fc.nat(1000)), (value, draws) => {
        const interner = new Interner();
        expect(interner.intern(shuffledCopy(value, () => draws.next().value as number))).toBe(interner.intern(value));
      }),
    );
  });

  it('gives the canonical value, equal to what was given', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const interner = new Interner();
        const canonical = interner.canonical(value);
        expect(canonical).toEqual(value);
        expect(interner.canonical(canonical)).toBe(canonical);
      }),
    );
  });

  it('tells different values apart, and orders them totally', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        const interner = new Interner();
        const [x, y] = [interner.canonical(a), interner.canonical(b)];
        const same = interner.intern(a) === interner.intern(b);
        expect(compareValues(x, y) === 0).toBe(same);
        expect(Math.sign(compareValues(x, y))).toBe(-Math.sign(compareValues(y, x)) + 0);
        expect(print(a) === print(b)).toBe(same);
      }),
    );
  });

  it('takes the fingerprint from the content alone, whatever was interned before and in which order', () => {
    fc.assert(
      fc.property(anyValue, fc.array(anyValue, { maxLength: 5 }), fc.infiniteStream(fc.nat(1000)), (value, before, draws) => {
        const interner = new Interner();
        for (const other of before) interner.intern(other);
        const id = interner.intern(shuffledCopy(value, () => draws.next().value as number));
        const alone = new Interner();
        const idAlone = alone.intern(value);
        expect(interner.fingerprint(id)).toBe(alone.fingerprint(idAlone));
        expect([interner.hi(id), interner.lo(id)]).toEqual([alone.hi(idAlone), alone.lo(idAlone)]);
      }),
    );
  });

  it.each<[string, Value, Value]>([
    ['a number and a bigint', 1, 1n],
    ['a number and its text', 1, '1'],
    ['true and its text', true, 'true'],
    ['null and its text', null, 'null'],
    ['an empty list, record, Map and Set', [], {}],
    ['an empty Map and an empty Set', new Map(), new Set()],
    ['bytes and a list of numbers', Uint8Array.of(1, 2), [1, 2]],
    ['bytes and text of the same characters', Uint8Array.of(97), 'a'],
    ['a name that holds the separator', { 'a\u0000b': 1 }, { a: 1, b: 1 }],
    ['names that hold the separator, with as many fields', { 'a\u0000b': 1, c: 2 }, { a: 1, 'b\u0000c': 2 }],
    ['a key in a record and in a Map', { a: 1 }, new Map([['a', 1]])],
  ])('tells %s apart', (_, a, b) => {
    const interner = new Interner();
    expect(interner.intern(a)).not.toBe(interner.intern(b));
    expect(print(a)).not.toBe(print(b));
  });

  it('knows one zero', () => {
    const interner = new Interner();
    expect(interner.intern(-0)).toBe(interner.intern(0));
    expect(Object.is(interner.canonical([-0])[0], 0)).toBe(true);
    expect(interner.intern([-0])).toBe(interner.intern([0]));
  });

  it('puts records, Maps and Sets in the order of their content', () => {
    const interner = new Interner();
    expect(Object.keys(interner.canonical({ b: 1, a: 2, B: 3 }))).toEqual(['B', 'a', 'b']);
    expect([...interner.canonical(new Set([10, 9, 'x', 2n]))]).toEqual([9, 10, 2n, 'x']);
    expect([
      ...interner
        .canonical(
          new Map([
            ['b', 1],
            ['a', 2],
          ]),
        )
        .keys(),
    ]).toEqual(['a', 'b']);
  });

  it('joins members of a Set that are equal', () => {
    const interner = new Interner();
    const twice = new Set<Value>([{ a: 1 }, { a: 1 }]);
    expect(interner.intern(twice)).toBe(interner.intern(new Set<Value>([{ a: 1 }])));
    expect(interner.canonical(twice).size).toBe(1);
  });

  it('refuses a Map in which two equal keys hold different values', () => {
    expect(
      refusal(
        new Map<Value, Value>([
          [{ a: 1 }, 1],
          [{ a: 1 }, 2],
        ]),
      ).message,
    ).toMatch(/equal keys/);
  });
});

describe('what cannot be compared and written down', () => {
  it.each<[string, unknown, RegExp, string]>([
    ['undefined', { a: undefined }, /undefined/, 'context.a'],
    ['NaN', { a: [0, Number.NaN] }, /NaN is not a safe integer/, 'context.a[1]'],
    ['a fraction', new Map([['x', 0.5]]), /0.5/, 'context.get(x)'],
    ['an unsafe integer', 2 ** 60, /safe integer/, 'context'],
    ['a Date', { when: new Date(0) }, /instance of Date/, 'context.when'],
    ['a function', { deep: { f: () => 1 } }, /function/, 'context.deep.f'],
    ['a symbol', [Symbol('s')], /symbol/, 'context[0]'],
    ['a class instance', new Set([new (class Account {})()]), /instance of Account/, 'context.member'],
    ['a hole', new Array<number>(1), /undefined/, 'context[0]'],
    ['a symbol key', { [Symbol('hidden')]: 1 }, /symbol/, 'context'],
    ['a wide array', Uint16Array.of(1), /instance of Uint16Array/, 'context'],
    ['a subclass of Map', new (class Cache extends Map {})(), /instance of Cache/, 'context'],
  ])('is refused with its place: %s', (_, value, message, place) => {
    const error = refusal(value, 'context');
    expect(error.code).toBe('NOT_A_VALUE');
    expect(error.kind).toBe('usage');
    expect(error.message).toMatch(message);
    expect(error.place).toBe(place);
  });

  it('is refused where a value holds itself', () => {
    const round: Record<string, unknown> = { name: 'round' };
    round['self'] = [round];
    expect(refusal(round).message).toMatch(/holds itself|too deeply/);
  });

  it('leaves the interner as good as before', () => {
    const interner = new Interner();
    for (let i = 0; i < 500; i++) expect(() => interner.intern({ a: { b: { c: undefined } } } as unknown as Value)).toThrow(RolecallError);
    expect(interner.canonical({ a: { b: 1 } })).toEqual({ a: { b: 1 } });
  });
});

describe('what a role does to a value after it was interned', () => {
  it('fails where it is a plain record or a list, because these are frozen', () => {
    const interner = new Interner();
    const context = { list: [1], inner: { a: 1 } };
    interner.intern(context);
    expect(() => context.list.push(2)).toThrow(TypeError);
    expect(() => Object.assign(context.inner, { a: 2 })).toThrow(TypeError);
  });

  it('does not change what a Map, a Set or bytes were interned as', () => {
    const interner = new Interner();
    for (const [given, change] of [
      [new Map([['a', 1]]), (map: Map<string, number>) => map.set('a', 2)],
      [new Set([1]), (set: Set<number>) => set.add(2)],
      [Uint8Array.of(1), (bytes: Uint8Array) => bytes.set([2])],
    ] as [Value, (value: never) => void][]) {
      const holder = { given };
      const [id, holderId] = [interner.intern(given), interner.intern(holder)];
      change(given as never);
      expect(interner.intern(given)).not.toBe(id);
      expect(interner.intern(holder)).not.toBe(holderId);
      expect(interner.value(id)).not.toEqual(given);
    }
  });
});

describe('a long chain', () => {
  const chain = (length: number, salt = 0): Value => {
    let tip: Value = { parent: null, number: salt };
    for (let number = 1; number < length; number++) tip = { parent: tip, number };
    return tip;
  };

  it('is interned, compared and fingerprinted without a deep stack', () => {
    const interner = new Interner();
    const id = interner.intern(chain(20_000));
    expect(interner.intern(chain(20_000))).toBe(id);
    expect(interner.intern(chain(20_000, 1))).not.toBe(id);
    expect(interner.fingerprint(id)).toBe(print(chain(20_000)));
  });

  it('may stand in a value at several depths', () => {
    const interner = new Interner();
    const cells = (): readonly Value[] => {
      const all: Value[] = [];
      for (let at: Value = chain(2_000); at !== null; at = (at as { parent: Value }).parent) all.push(at);
      return all;
    };
    for (const list of [cells(), cells().toReversed()]) {
      const kept = interner.canonical({ first: list[0] as Value, list, middle: list[1_000] as Value }) as unknown as { list: Value[]; middle: Value };
      expect(kept.list.length).toBe(2_000);
      expect(kept.middle === kept.list[1_000]).toBe(true);
    }
  });

  it('costs what is new when it grows', () => {
    const interner = new Interner();
    const tip = interner.canonical(chain(20_000));
    const before = interner.size;
    interner.intern({ parent: tip, number: 20_000 });
    expect(interner.size - before).toBeLessThanOrEqual(3);
  });

  it('is ordered among others', () => {
    const interner = new Interner();
    const [a, b] = [interner.canonical(chain(5000)), interner.canonical(chain(5000, 1))];
    expect(interner.intern(new Set([a, b]))).toBe(interner.intern(new Set([b, a])));
  });

  it('is refused with an error of ours where it holds what is no value', () => {
    let tip: unknown = { bad: undefined };
    for (let number = 0; number < 5000; number++) tip = { parent: tip };
    expect(refusal(tip).code).toBe('NOT_A_VALUE');
  });
});
