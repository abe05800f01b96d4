import { describe, expect, it } from 'vitest';
import { RolecallError } from '../../model/kernel/errors.ts';
import type { Value } from '../../model/kernel/value.ts';
import { checkLinearizable } from '../../model/property/consistency/check.ts';
import { type ObjectModel, spoken } from './dialects.ts';
import { readEvents } from './events.ts';
import { pairedOperations } from './operations.ts';

const told = (text: string): readonly (readonly [string, string, string, Value])[] =>
  readEvents(text, 'h').events.map(({ process, type, f, value }) => [process, type, f, value]);

const operations = (text: string, model: ObjectModel = 'cas-register') => {
  const { events } = readEvents(text, 'h');
  const dialect = spoken(model, events, 'h');
  return { ...pairedOperations(events, 'h', dialect), dialect };
};

const verdict = (text: string, model: ObjectModel = 'cas-register'): string => {
  const { operations: all, dialect } = operations(text, model);
  return checkLinearizable(dialect.specification, all).verdict;
};

const error = (run: () => unknown): Pick<RolecallError, 'code' | 'place'> | null => {
  try {
    run();
    return null;
  } catch (thrown) {
    if (!(thrown instanceof RolecallError)) throw thrown;
    expect(thrown.advice).not.toBe('');
    return { code: thrown.code, place: thrown.place };
  }
};

describe('a history is read', () => {
  it('from the log of Jepsen, with whatever stands around it', () => {
    const expected = [
      ['0', 'invoke', 'write', 3],
      ['0', 'ok', 'write', 3],
      ['1', 'invoke', 'cas', [3, 4]],
      ['1', 'fail', 'cas', [3, 4]],
    ];
    const log = (before: string, gap: string): string =>
      [
        `0${gap}:invoke${gap}:write${gap}3`,
        `0${gap}:ok${gap}:write${gap}3`,
        `1${gap}:invoke${gap}:cas${gap}[3 4]`,
        `1${gap}:fail${gap}:cas${gap}[3 4]`,
      ]
        .map((line) => before + line)
        .join('\n');
    for (const before of [
      'INFO  jepsen.util - ',
      '',
      '2016-05-04 13:21:47,123{GMT}\tINFO\t[jepsen worker 0] jepsen.util: ',
      'INFO [2021-01-02 10:11:12,131] jepsen worker 1 - jepsen.util ',
    ])
      for (const gap of ['\t', ' ', '   ']) if (!before.endsWith('util ')) expect(told(log(before, gap))).toEqual(expected);
    expect(told(`INFO  jepsen.core - Worker 4 starting\r\n${log('INFO  jepsen.util - ', '\t').replaceAll('\n', '\r\n')}\r\n`)).toEqual(expected);
    expect(readEvents(`Everything is fine\n\n${log('', '\t')}\nGoodbye`, 'h').otherLines).toBe(2);
  });

  it('from EDN: maps by themselves, in a list or a vector, tagged, with comments and commas', () => {
    const map = '{:type :invoke, :f :write, :value 3, :process 0, :time 12, :index 4}';
    const expected = [
      ['0', 'invoke', 'write', 3],
      ['0', 'ok', 'write', 3],
    ];
    const done = map.replace(':invoke', ':ok');
    for (const text of [
      `${map}\n${done}`,
      `[${map}\n ; what it says\n${done}]`,
      `; first\n(${map} ${done})\n`,
      `#jepsen.history.Op${map} #_ {:not this} #jepsen.history.Op${done}`,
    ])
      expect(told(text)).toEqual(expected);
    expect(told('{:type :invoke :value [[:append 5 1] [:r 6 nil]]}')).toEqual([
      [
        '0',
        'invoke',
        'txn',
        [
          [':append', 5, 1],
          [':r', 6, null],
        ],
      ],
    ]);
    expect(told('{:type :invoke, :f :put, :key "a", :value "x \\"q\\" \\u00e9\\n"}')[0]?.[3]).toBe('x "q" é\n');
    expect(readEvents(`[\n\n${map}\n${done}]`, 'h').events.map(({ line }) => line)).toEqual([3, 4]);
  });

  it('with time-outs, crashes and the nemesis for what they are', () => {
    const { operations: all, others } = operations(
      [
        ':nemesis :info :start nil',
        '0 :invoke :write 1',
        '0 :info :write :timed-out',
        '1 :invoke :write 2',
        '2 :invoke :read nil',
        '2 :fail :read :timed-out',
        '3 :invoke :cas [1 2]',
        '3 :fail :cas [1 2]',
        '4 :invoke :cas [1 2]',
        '4 :fail :cas [1 2] connection refused',
      ].join('\n'),
    );
    expect(others).toBe(1);
    expect(all.map(({ ending, ends }) => [ending.type, Number.isFinite(ends)])).toEqual([
      ['indefinite', false],
      ['indefinite', false],
      ['failed', true],
      ['returned', true],
      ['failed', true],
    ]);
    // A process may go on under its number after a time-out.
    expect(operations('0 :invoke :write 1\n0 :info :write 1\n0 :invoke :read nil\n0 :ok :read nil').operations).toHaveLength(2);
  });

  it('with many keys, each of which is an object of its own', () => {
    const pairs = '0 :invoke :write [x 1]\n0 :ok :write [x 1]\n1 :invoke :read [y nil]\n1 :ok :read [y nil]\n';
    expect(verdict(pairs)).toBe('consistent');
    expect(verdict(`${pairs}1 :invoke :read [x nil]\n1 :ok :read [x nil]`)).toBe('violated');
    expect(verdict(`${pairs}1 :invoke :cas [x [1 2]]\n1 :ok :cas [x [1 2]]\n1 :invoke :read [x nil]\n1 :ok :read [x 2]`)).toBe('consistent');
    const store = (seen: string): string =>
      `{:process 0, :type :invoke, :f :append, :key "a", :value "x"}\n{:process 0, :type :ok, :f :append, :key "a", :value "x"}\n{:process 1, :type :invoke, :f :get, :key "a", :value nil}\n{:process 1, :type :ok, :f :get, :key "a", :value "${seen}"}`;
    expect([store('x'), store(''), store('y')].map((text) => verdict(text, 'key-value'))).toEqual(['consistent', 'violated', 'violated']);
  });

  it('of a register that compares and sets, and holds something at first', () => {
    const zero = '0 :invoke :read nil\n0 :ok :read 0\n1 :invoke :cas [0 2]\n1 :ok :cas [0 2]\n';
    const startingWith = (initial: Value, text: string): string => {
      const { events } = readEvents(text, 'h');
      const dialect = spoken('register', events, 'h', initial);
      return checkLinearizable(dialect.specification, pairedOperations(events, 'h', dialect).operations).verdict;
    };
    const keyed = '0 :invoke :read [x nil]\n0 :ok :read [x 0]\n1 :invoke :read [y nil]\n1 :ok :read [y 0]\n';
    expect([zero, keyed].map((text) => [startingWith(0, text), startingWith(null, text)])).toEqual([
      ['consistent', 'violated'],
      ['consistent', 'violated'],
    ]);
  });

  it('of a queue without an order, and of a lock', () => {
    const took = (value: number): string =>
      `0 :invoke :enqueue 1\n0 :ok :enqueue 1\n0 :invoke :enqueue 2\n0 :ok :enqueue 2\n1 :invoke :dequeue nil\n1 :ok :dequeue ${value}`;
    expect([1, 2, 3].map((value) => verdict(took(value), 'unordered-queue'))).toEqual(['consistent', 'consistent', 'violated']);
    expect([1, 2, 3].map((value) => verdict(took(value), 'queue'))).toEqual(['consistent', 'violated', 'violated']);
    const held = (between: string): string => `0 :invoke :acquire nil\n0 :ok :acquire nil\n${between}1 :invoke :acquire nil\n1 :ok :acquire nil`;
    expect(
      ['', '0 :invoke :release nil\n', '0 :invoke :release nil\n0 :fail :release nil\n'].map((between) => verdict(held(between), 'mutex')),
    ).toEqual(['violated', 'consistent', 'violated']);
  });

  it('or is refused with the line, and what to do', () => {
    expect(error(() => told(''))).toEqual({ code: 'HISTORY_EMPTY', place: 'h' });
    expect(error(() => told('one\ntwo'))).toEqual({ code: 'HISTORY_EMPTY', place: 'h' });
    expect(error(() => told('0 :invoke :read nil\n0 :ok'))).toEqual({ code: 'HISTORY_LINE', place: 'h, line 2' });
    expect(error(() => told('0 :invoke :write "1'))).toEqual({ code: 'HISTORY_SYNTAX', place: 'h, line 1' });
    expect(error(() => told('{:type :invoke, :f :read}\n{:type :okay, :f :read}'))).toEqual({ code: 'HISTORY_LINE', place: 'h, line 2' });
    expect(error(() => told('{:type :invoke\n :f :read'))).toEqual({ code: 'HISTORY_SYNTAX', place: 'h, line 1' });
    expect(error(() => told('{:type :invoke, :f}'))).toEqual({ code: 'HISTORY_SYNTAX', place: 'h, line 1' });
    expect(error(() => told('[{:type :invoke, :f :read}'))).toEqual({ code: 'HISTORY_LINE', place: 'h, line 1' });
    expect(error(() => told(`{:type :invoke, :value ${'['.repeat(500)}${']'.repeat(500)}}`))).toEqual({ code: 'HISTORY_SYNTAX', place: 'h, line 1' });
    expect(error(() => operations('0 :invoke :read nil\n0 :invoke :read nil'))).toEqual({ code: 'HISTORY_ORDER', place: 'h, line 2' });
    expect(error(() => operations('0 :invoke :read nil\n1 :ok :read nil'))).toEqual({ code: 'HISTORY_ORDER', place: 'h, line 2' });
    expect(error(() => operations('0 :invoke :read nil\n1 :invoke :pop nil'))).toEqual({ code: 'HISTORY_OPERATION', place: 'h, line 2' });
    expect(error(() => operations('0 :invoke :read nil\n0 :ok :write 3'))).toEqual({ code: 'HISTORY_ORDER', place: 'h, line 2' });
    expect(error(() => told('0 :invoke :read nil\n0 :ok :read'))).toEqual({ code: 'HISTORY_LINE', place: 'h, line 2' });
    expect(error(() => operations('0 :invoke :cas 3'))).toEqual({ code: 'HISTORY_OPERATION', place: 'h, line 1' });
    expect(error(() => operations('0 :invoke :add [1 nil]', 'set'))).toEqual({ code: 'HISTORY_KEYS', place: 'h' });
  });
});
