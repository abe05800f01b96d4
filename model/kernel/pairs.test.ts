import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interner } from './intern.ts';
import { Pairs } from './pairs.ts';
import { Table } from './table.ts';

describe('pairs', () => {
  it('are numbered densely, each once, as a Map would', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 400 }), (given) => {
        const pairs = new Pairs();
        const model = new Map<string, number>();
        for (const [a, b] of given) {
          const key = `${a},${b}`;
          if (!model.has(key)) model.set(key, model.size);
          expect(pairs.of(a, b)).toBe(model.get(key));
        }
        expect(pairs.size).toBe(model.size);
      }),
    );
  });

  it('keep their numbers while they grow', () => {
    const pairs = new Pairs();
    for (let i = 0; i < 20_000; i++) expect(pairs.of(i, i * 7)).toBe(i);
    for (let i = 0; i < 20_000; i++) expect(pairs.of(i, i * 7)).toBe(i);
    expect(pairs.of(7, 1)).toBe(20_000);
  });
});

describe('a table', () => {
  it('numbers its own values densely, with their hashes beside them', () => {
    const interner = new Interner();
    interner.intern(['something', 'else']);
    const table = new Table(interner);
    expect([table.of('b'), table.of(['a']), table.of('b'), table.of({})]).toEqual([0, 1, 0, 2]);
    expect(table.value(1)).toEqual(['a']);
    expect([table.his[1], table.los[1]]).toEqual([interner.hi(table.id(1)), interner.lo(table.id(1))]);
    expect(table.size).toBe(3);
  });
});
