import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fair } from '../../property/fairness.ts';
import { Column } from './column.ts';
import { FairCycles } from './fair-cycles.ts';
import type { Graph } from './graph.ts';

/** An edge of a small graph: the worlds at its ends, and its unit. */
type Edge = readonly [from: number, to: number, unit: number];

const graphOf = (worlds: number, edges: readonly Edge[]): Graph => {
  const sorted = [...edges].sort((a, b) => a[0] - b[0]);
  const first = Array.from({ length: worlds + 1 }, (_, world) => sorted.filter(([from]) => from < world).length);
  return {
    worlds,
    first: Column.from(Int32Array.from(first)),
    to: Column.from(Int32Array.from(sorted.map(([, to]) => to))),
    unit: Column.from(Int32Array.from(sorted.map(([, , unit]) => unit))),
    sourceOf: (edge: number) => (sorted[edge] as Edge)[0],
  } as unknown as Graph;
};

const isFair = (within: readonly number[], taken: ReadonlySet<number>, edges: readonly Edge[], fair: readonly Fair[]): boolean =>
  fair.every((kind, unit) => {
    const possible = within.filter((world) => edges.some(([from, , own]) => from === world && own === unit)).length;
    if (kind === 'none' || taken.has(unit)) return true;
    return kind === 'weak' ? possible < within.length : possible === 0;
  });

const isConnected = (within: readonly number[], edges: readonly Edge[]): boolean => {
  const inside = edges.filter(([from, to]) => within.includes(from) && within.includes(to));
  const reach = (start: number): Set<number> => {
    const seen = new Set<number>();
    const todo = [start];
    for (let at = todo.pop(); at !== undefined; at = todo.pop())
      for (const [from, to] of inside) {
        if (from !== at || seen.has(to)) continue;
        seen.add(to);
        todo.push(to);
      }
    return seen;
  };
  return within.every((world) => reach(world).size === within.length);
};

/** By the definition: a set of worlds in which a run can visit all of them for ever, and is fair if it takes every edge within. */
const someFairSet = (part: readonly number[], edges: readonly Edge[], fair: readonly Fair[]): boolean => {
  for (let set = 1; set < 1 << part.length; set++) {
    const within = part.filter((_, bit) => (set >> bit) & 1);
    const taken = new Set(edges.filter(([from, to]) => within.includes(from) && within.includes(to)).map(([, , unit]) => unit));
    if (isConnected(within, edges) && isFair(within, taken, edges, fair)) return true;
  }
  return false;
};

const worlds = 6;
const world = fc.integer({ min: 0, max: worlds - 1 });
const cases = fc.record({
  edges: fc.array(fc.tuple(world, world, fc.integer({ min: 0, max: 3 })), { maxLength: 14 }),
  fair: fc.array(fc.constantFrom<Fair>('none', 'weak', 'strong'), { minLength: 4, maxLength: 4 }),
  part: fc.subarray(Array.from({ length: worlds }, (_, index) => index)),
});

describe('fair cycles', () => {
  it('are found exactly where there are some, and each round is a fair one', () => {
    const count = { some: 0, none: 0 };
    fc.assert(
      fc.property(cases, ({ edges, fair, part }) => {
        const graph = graphOf(worlds, edges);
        const cycles = new FairCycles(graph, fair);
        const found = cycles.of(part);
        expect(found.length > 0).toBe(someFairSet(part, edges, fair));
        count[found.length > 0 ? 'some' : 'none']++;
        for (const component of found)
          for (const start of component.worlds) {
            const round = cycles.round(component, start);
            let at = start;
            const passed: number[] = [];
            for (const edge of round) {
              expect(graph.sourceOf(edge)).toBe(at);
              at = graph.to.at(edge);
              passed.push(at);
            }
            expect(at).toBe(start);
            expect(passed.every((each) => part.includes(each))).toBe(true);
            expect(isFair([...new Set(passed)], new Set(round.map((edge) => graph.unit.at(edge))), edges, fair)).toBe(true);
          }
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(count.some, count.none)).toBeGreaterThan(100);
  });
});
