import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { byField, Facet } from './facet.ts';
import { Remembered } from './remembered.ts';

/** A slot whose value says a tens digit and a units digit. */
const tens = new Facet(0, 'tens', (value) => Math.floor(value / 10));
const units = new Facet(1, 'units', (value) => value % 10);

const predicate = (isBig: (read: (facet: Facet) => unknown) => boolean): { readonly memory: Remembered; readonly asked: () => number } => {
  let asked = 0;
  const memory = new Remembered(
    (read) => {
      asked++;
      return isBig((facet) => facet.at(read(0, facet)));
    },
    { looks: 0 },
  );
  return { memory, asked: () => asked };
};

it('a predicate is asked once for each value of the facets that it reads', () => {
  const { memory, asked } = predicate((said) => (said(tens) as number) > 4);
  for (let value = 0; value < 100; value++) expect(memory.evaluateRow(Int32Array.of(value))).toBe(value >= 50);
  expect(asked()).toBe(10);
  expect([...memory.reads]).toEqual([0]);
});

it('facets of one slot are told apart, and each verdict is what the predicate says', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(99), { maxLength: 200 }), (values) => {
      const { memory, asked } = predicate((said) => (said(tens) as number) > 4 && said(units) === 7);
      for (const value of values) expect(memory.evaluateRow(Int32Array.of(value))).toBe(value >= 50 && value % 10 === 7);
      // Below fifty the units are not read.
      expect(asked()).toBeLessThanOrEqual(5 + 5 * 10);
    }),
  );
});

it('a record gives its fields one by one, and whole to whoever asks for all of them', () => {
  const looked: string[] = [];
  const record = byField(
    (name) => {
      looked.push(name);
      return name.length;
    },
    () => {
      looked.push('all');
      return { ab: 2 };
    },
  ) as Record<string, number>;
  expect(record['ab']).toBe(2);
  expect(looked).toEqual(['ab']);
  expect({ ...record }).toEqual({ ab: 2 });
  expect('ab' in record && !('c' in record)).toBe(true);
  expect(looked).toContain('all');
});
