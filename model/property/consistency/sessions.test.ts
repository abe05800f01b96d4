import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../kernel/value.ts';
import type { Operation } from './operation.ts';
import { checkSessions, type SessionGuarantee, sessionGuarantees } from './sessions.ts';
import type { Ending } from './specification.ts';

type Told = readonly [client: string, kind: 'read' | 'write', key: string, value: Value, ending?: 'timeout' | 'failed' | undefined];

const endingOf = (kind: string, value: Value, ending?: string): Ending =>
  ending === 'timeout'
    ? { type: 'indefinite' }
    : ending === 'failed'
      ? { type: 'failed' }
      : kind === 'read'
        ? { type: 'returned', output: value }
        : { type: 'done' };

/** One operation after the other. */
const told = (...operations: readonly Told[]): readonly Operation[] =>
  operations.map(
    ([client, kind, key, value, ending], at): Operation => ({
      client,
      call: { operation: kind, input: kind === 'read' ? { key } : { key, value } },
      ending: endingOf(kind, value, ending),
      begins: 2 * at,
      ends: ending === 'timeout' ? Number.POSITIVE_INFINITY : 2 * at + 1,
    }),
  );

/** The guarantees that a history breaks when they are promised alone. */
const broken = (...operations: readonly Told[]): readonly SessionGuarantee[] =>
  sessionGuarantees.filter((guarantee) => checkSessions(told(...operations), { guarantees: [guarantee] }).verdict === 'violated');

const explained = (guarantees: readonly SessionGuarantee[], ...operations: readonly Told[]): readonly string[] =>
  checkSessions(told(...operations), { guarantees, line: (at) => `line ${at / 2 + 1}` }).violations.flatMap(({ sentences }) => sentences);

describe('session guarantees', () => {
  it('are broken one by one', () => {
    expect(broken(['a', 'write', 'x', 1], ['a', 'read', 'x', null])).toEqual(['read-your-writes']);
    expect(broken(['b', 'write', 'x', 1], ['a', 'read', 'x', 1], ['a', 'read', 'x', null])).toEqual(['monotonic-reads']);
    // Each alone has an order of the writes; together they have none.
    const backwards: readonly Told[] = [
      ['a', 'write', 'x', 1],
      ['a', 'write', 'x', 2],
      ['b', 'read', 'x', 2],
      ['b', 'read', 'x', 1],
    ];
    expect(broken(...backwards)).toEqual([]);
    expect(explained(['monotonic-reads', 'monotonic-writes'], ...backwards)).toEqual([
      'write x 1 < write x 2, because process a wrote x 1 (line 1) before x 2 (monotonic writes).',
      'write x 2 < write x 1, because process b read 1 from x (line 4), and had read x 2 (line 3) (monotonic reads).',
      'No order of the writes is all of these.',
    ]);
    // Who sees the answer must see the question.
    const answer: readonly Told[] = [
      ['a', 'write', 'question', 1],
      ['b', 'read', 'question', 1],
      ['b', 'write', 'answer', 2],
      ['c', 'read', 'answer', 2],
      ['c', 'read', 'question', null],
    ];
    expect(broken(...answer)).toEqual([]);
    expect(explained(['monotonic-reads', 'writes-follow-reads'], ...answer)).toEqual([
      'process c read null from question (line 5), although it had read answer 2 (line 4) (monotonic reads), and process b read question 1 (line 2) before it wrote answer 2 (writes follow reads).',
    ]);
  });

  it('know what was never written, and refuse what cannot be told apart', () => {
    expect(explained([], ['a', 'read', 'x', 7])).toEqual(['process a read 7 (line 1), which nobody wrote.']);
    expect(explained([], ['a', 'write', 'x', 7, 'failed'], ['b', 'read', 'x', 7])).toEqual([
      'process b read 7 (line 2), although its write failed (line 1).',
    ]);
    expect(broken(['a', 'write', 'x', 1, 'timeout'], ['a', 'read', 'x', null])).toEqual([]);
    expect(() => broken(['a', 'write', 'x', 1], ['b', 'write', 'x', 1])).toThrow(/more than once/);
  });

  it('against every order of writes and every set that a replica may have had', () => {
    const step = fc.tuple(
      fc.constantFrom('a', 'b'),
      fc.constantFrom<'read' | 'write'>('read', 'read', 'write'),
      fc.constantFrom('x', 'x', 'y'),
      fc.nat(4),
      fc.constantFrom(undefined, undefined, undefined, undefined, 'timeout' as const),
    );
    const seen = { consistent: 0, violated: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 8 }), fc.subarray([...sessionGuarantees], { minLength: 1 }), (steps, guarantees) => {
        let next = 0;
        const values = new Map<string, number[]>();
        const operations = told(
          ...steps.map(([client, kind, key, chance, ending]): Told => {
            const known = values.get(key) ?? [];
            if (kind === 'read') return [client, kind, key, known[chance % (known.length + 1)] ?? null, ending];
            if (next >= 4) return [client, 'read', key, null, ending];
            values.set(key, [...known, ++next]);
            return [client, kind, key, next, ending];
          }),
        );
        const { verdict } = checkSessions(operations, { guarantees });
        seen[verdict]++;
        expect(verdict).toBe(isKept(operations, guarantees) ? 'consistent' : 'violated');
      }),
      { numRuns: 1_000 },
    );
    expect(Math.min(seen.consistent, seen.violated)).toBeGreaterThan(80);
  });
});

const permutations = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length === 0 ? [[]] : items.flatMap((item, at) => permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]));

/** The definitions of Terry and others, as they stand. */
const isKept = (operations: readonly Operation[], guarantees: readonly SessionGuarantee[]): boolean => {
  const partsOf = ({ call }: Operation): { readonly key: string; readonly value?: Value } =>
    call.input as { readonly key: string; readonly value?: Value };
  const writes = operations.filter(({ call }) => call.operation === 'write');
  const readsOf = operations.filter(({ call, ending }) => call.operation === 'read' && ending.type === 'returned');
  const output = ({ ending }: Operation): Value => (ending.type === 'returned' ? ending.output : null);
  const sawOf = (read: Operation): Operation | undefined =>
    writes.find((write) => partsOf(write).key === partsOf(read).key && partsOf(write).value === output(read));
  const earlier = (of: Operation, among: readonly Operation[]): readonly Operation[] =>
    among.filter((each) => each.client === of.client && each.ends < of.begins);
  const certain = writes.filter(({ ending }) => ending.type === 'done');
  const has = (guarantee: SessionGuarantee): boolean => guarantees.includes(guarantee);
  return permutations(writes).some((order) => {
    const isBefore = (a: Operation, b: Operation): boolean => order.indexOf(a) < order.indexOf(b);
    return readsOf.every((read) =>
      Array.from({ length: 2 ** writes.length }, (_, bits) => writes.filter((_write, at) => (bits >> at) % 2 === 1)).some((set) => {
        const last = order.filter((write) => set.includes(write) && partsOf(write).key === partsOf(read).key).at(-1);
        if ((last === undefined ? null : partsOf(last).value) !== output(read)) return false;
        if (has('read-your-writes') && !earlier(read, certain).every((write) => set.includes(write))) return false;
        const seenBefore = (of: Operation): readonly Operation[] => earlier(of, readsOf).flatMap((each) => sawOf(each) ?? []);
        if (has('monotonic-reads') && !seenBefore(read).every((write) => set.includes(write))) return false;
        return set.every(
          (write) =>
            (!has('monotonic-writes') || earlier(write, certain).every((first) => set.includes(first) && isBefore(first, write))) &&
            (!has('writes-follow-reads') || seenBefore(write).every((first) => set.includes(first) && isBefore(first, write))),
        );
      }),
    );
  });
};
