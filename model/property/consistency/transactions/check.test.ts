import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../kernel/value.ts';
import type { Operation } from '../operation.ts';
import type { Ending } from '../specification.ts';
import { checkTransactions, type Isolation, type TransactionObject } from './check.ts';

type Step = readonly [type: 'r' | 'append' | 'w', key: string, value: Value];

/** A transaction that runs at this time; without times, all run at once. */
const txn = (steps: readonly Step[], ending: 'ok' | 'aborted' | 'unknown' = 'ok', begins = 0, ends = 100): Operation => ({
  client: String(begins),
  call: { operation: 'txn', input: steps.map(([type, key, value]) => [type, key, type === 'r' ? null : value]) },
  ending: ending === 'ok' ? { type: 'returned', output: steps } : { type: ending === 'aborted' ? 'failed' : 'indefinite' },
  begins,
  ends: ending === 'unknown' ? Number.POSITIVE_INFINITY : ends,
});

const found = (isolation: Isolation, ...transactions: readonly Operation[]): readonly string[] => {
  const { anomalies, against, verdict } = checkTransactions(transactions, { isolation, line: (at) => `line ${at}` });
  expect(verdict).toBe(against > 0 ? 'violated' : 'consistent');
  return anomalies.slice(0, against).map(({ kind }) => kind);
};

const explained = (isolation: Isolation, ...transactions: readonly Operation[]): readonly string[] =>
  checkTransactions(transactions, { isolation, line: (at) => `line ${at}` }).anomalies.flatMap(({ sentences }) => sentences);

describe('anomalies of transactions that append to lists', () => {
  // Each write order is shown by a third transaction, which reads both lists.
  const dirtyWrite = [
    txn([
      ['append', 'x', 1],
      ['append', 'y', 1],
    ]),
    txn([
      ['append', 'x', 2],
      ['append', 'y', 2],
    ]),
    txn([
      ['r', 'x', [1, 2]],
      ['r', 'y', [2, 1]],
    ]),
  ];
  const circularRead = [
    txn([
      ['append', 'x', 1],
      ['r', 'y', [1]],
    ]),
    txn([
      ['append', 'y', 1],
      ['r', 'x', [1]],
    ]),
  ];
  const readSkew = [
    txn([
      ['append', 'x', 1],
      ['append', 'y', 1],
    ]),
    txn([
      ['r', 'x', []],
      ['r', 'y', [1]],
    ]),
  ];
  const writeSkew = [
    txn([
      ['r', 'x', []],
      ['append', 'y', 1],
    ]),
    txn([
      ['r', 'y', []],
      ['append', 'x', 1],
    ]),
  ];
  const longFork = [
    txn([['append', 'x', 1]]),
    txn([['append', 'y', 1]]),
    txn([
      ['r', 'x', [1]],
      ['r', 'y', []],
    ]),
    txn([
      ['r', 'x', []],
      ['r', 'y', [1]],
    ]),
  ];

  it.each<[string, Isolation, readonly Operation[]]>([
    ['G0', 'read-uncommitted', dirtyWrite],
    ['G1a', 'read-committed', [txn([['append', 'x', 1]], 'aborted'), txn([['r', 'x', [1]]])]],
    [
      'G1b',
      'read-committed',
      [
        txn([
          ['append', 'x', 1],
          ['append', 'x', 2],
        ]),
        txn([['r', 'x', [1]]]),
      ],
    ],
    ['G1c', 'read-committed', circularRead],
    [
      'internal',
      'snapshot-isolation',
      [
        txn([
          ['append', 'x', 1],
          ['r', 'x', []],
        ]),
      ],
    ],
    [
      'internal',
      'snapshot-isolation',
      [
        txn([
          ['r', 'x', [1]],
          ['append', 'x', 1],
        ]),
      ],
    ],
    ['G-single', 'snapshot-isolation', readSkew],
    ['G-nonadjacent', 'snapshot-isolation', longFork],
    ['G2', 'serializable', writeSkew],
    ['garbage', 'read-uncommitted', [txn([['r', 'x', [7]]])]],
    ['duplicate', 'read-uncommitted', [txn([['append', 'x', 1]]), txn([['r', 'x', [1, 1]]])]],
    [
      'incompatible-order',
      'read-uncommitted',
      [txn([['append', 'x', 1]]), txn([['append', 'x', 2]]), txn([['r', 'x', [1]]]), txn([['r', 'x', [2]]])],
    ],
    ['G-single-realtime', 'strict-serializable', [txn([['append', 'x', 1]], 'ok', 0, 1), txn([['r', 'x', []]], 'ok', 2, 3)]],
  ])('%s is ruled out by %s, and by no weaker level', (kind, isolation, history) => {
    const levels: readonly Isolation[] = ['read-uncommitted', 'read-committed', 'snapshot-isolation', 'serializable', 'strict-serializable'];
    for (const level of levels)
      expect([level, found(level, ...history).includes(kind)]).toEqual([level, levels.indexOf(level) >= levels.indexOf(isolation)]);
  });

  it('are explained in sentences', () => {
    expect(explained('serializable', ...readSkew)).toEqual([
      "T2 < T1, because T2 did not observe T1's append of 1 to x.",
      "T1 < T2, because T2 observed T1's append of 1 to y.",
      'No order of the transactions is all of these.',
    ]);
    expect(explained('strict-serializable', txn([['append', 'x', 1]], 'ok', 0, 1), txn([['r', 'x', []]], 'ok', 2, 3))).toEqual([
      "T2 < T1, because T2 did not observe T1's append of 1 to x.",
      'T1 < T2, because T1 ended (line 1) before T2 began (line 2).',
      'No order of the transactions is all of these.',
    ]);
    expect(explained('read-committed', txn([['append', 'x', 1]], 'aborted'), txn([['r', 'x', [1]]]))).toEqual([
      'T2 read 1 from x, although T1, which appended it, aborted.',
    ]);
  });

  it('take what was read of a transaction without a certain outcome as its commit', () => {
    const half = txn(
      [
        ['append', 'x', 1],
        ['append', 'y', 1],
      ],
      'unknown',
    );
    expect(
      found(
        'serializable',
        half,
        txn([
          ['r', 'x', [1]],
          ['r', 'y', []],
        ]),
      ),
    ).toEqual(['G-single']);
    expect(
      found(
        'serializable',
        half,
        txn([
          ['r', 'x', []],
          ['r', 'y', []],
        ]),
      ),
    ).toEqual([]);
  });

  it('refuse values that cannot be told apart', () => {
    expect(() => checkTransactions([txn([['append', 'x', 1]]), txn([['append', 'x', 1]])])).toThrow(/appended to x twice/);
    expect(() => checkTransactions([txn([['w', 'x', 1]]), txn([['w', 'x', 1]])], { object: 'rw-register' })).toThrow(/written to x twice/);
  });
});

/** A store that isolates nothing: steps are interleaved, reads may be stale, and what aborts may stay. */
const runs = (object: TransactionObject): fc.Arbitrary<readonly Operation[]> => {
  const script = fc.array(fc.tuple(fc.constantFrom('r' as const, 'r' as const, 'write' as const), fc.constantFrom('x', 'y')), {
    minLength: 1,
    maxLength: 3,
  });
  const fate = fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'ok' as const, 'aborted' as const, 'unknown' as const);
  const turns = fc.array(fc.tuple(fc.nat(3), fc.nat(7)), { minLength: 8, maxLength: 14 });
  return fc.tuple(fc.array(fc.tuple(script, fate), { minLength: 2, maxLength: 4 }), turns).map(([scripts, order]) => {
    const store = new Map<string, readonly Value[]>();
    const done: Step[][] = scripts.map(() => []);
    const [begins, ends]: [number[], number[]] = [[], []];
    let value = 0;
    order.forEach(([turn, chance], at) => {
      const number = turn % scripts.length;
      const [script = []] = scripts[number] ?? [];
      const own = done[number] as Step[];
      const step = script[own.length];
      begins[number] ??= 2 * at;
      if (step === undefined) return;
      const [type, key] = step;
      const list = store.get(key) ?? [];
      if (type === 'write') {
        own.push([object === 'list-append' ? 'append' : 'w', key, ++value]);
        store.set(key, [...list, value]);
      } else {
        const seen = chance === 0 ? list.slice(0, -1) : list;
        own.push(['r', key, object === 'list-append' ? seen : (seen.at(-1) ?? null)]);
      }
      if (own.length === script.length) ends[number] = 2 * at + 1;
    });
    return scripts.map(([script, end], number) => {
      const steps = done[number] as Step[];
      const isWhole = steps.length === script.length;
      return txn(steps, isWhole ? end : 'unknown', begins[number] ?? 1_000, isWhole ? (ends[number] ?? 1_001) : 2_000);
    });
  });
};

/** Whether some order of whole transactions explains what each of them read; every one is tried. */
const isSerial = (operations: readonly Operation[], object: TransactionObject, strict: boolean): boolean => {
  const place = (left: readonly Operation[], store: Readonly<Record<string, readonly Value[]>>): boolean => {
    if (left.every(({ ending }) => ending.type === 'indefinite')) return true;
    return left.some((next) => {
      if (strict && left.some((other) => other.ends < next.begins)) return false;
      let held = store;
      const steps = (next.ending.type === 'returned' ? next.ending.output : next.call.input) as readonly Step[];
      for (const [type, key, value] of steps) {
        const list = held[key] ?? [];
        if (type !== 'r') held = { ...held, [key]: [...list, value] };
        else if (next.ending.type === 'returned' && JSON.stringify(value) !== JSON.stringify(object === 'list-append' ? list : (list.at(-1) ?? null)))
          return false;
      }
      return place(
        left.filter((other) => other !== next),
        held,
      );
    });
  };
  return place(
    operations.filter(({ ending }: { readonly ending: Ending }) => ending.type !== 'failed'),
    {},
  );
};

describe.each<TransactionObject>(['list-append', 'rw-register'])('%s, against every order of small histories', (object) => {
  it.each<Isolation>(['serializable', 'strict-serializable'])('%s', (isolation) => {
    const seen = { consistent: 0, violated: 0, unknown: 0 };
    fc.assert(
      fc.property(runs(object), (operations) => {
        const { verdict } = checkTransactions(operations, { isolation, object });
        seen[verdict]++;
        expect(verdict).toBe(isSerial(operations, object, isolation === 'strict-serializable') ? 'consistent' : 'violated');
      }),
      { numRuns: 1_200 },
    );
    expect(Math.min(seen.consistent, seen.violated)).toBeGreaterThan(120);
    expect(seen.unknown).toBe(0);
  });
});
