import { assign, setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import type { Value } from '../kernel/value.ts';
import { defineProtocol } from '../protocol/define.ts';
import { namedHost } from '../protocol/scenario.ts';
import { command, role } from '../role/role.ts';
import { modelDigest } from './digest.ts';

/** A protocol of one counter, whose host is started with these parameters. */
const counting = (params: Value, by = 1, rule = 'CT-1') => {
  const machine = setup({ types: { context: {} as { count: number } }, actions: { add: assign({ count: ({ context }) => context.count + by }) } });
  return defineProtocol({
    id: 'counting',
    doc: 'Counts.',
    source: 'test',
    messages: {},
    roles: {
      counter: role(
        machine.createMachine({
          id: 'counter',
          options: { maxIterations: 20 },
          context: { count: 0 },
          on: { add: { actions: 'add', meta: { rule, source: 'test' } } },
        }),
        { doc: 'Counts.', commands: { add: command({ doc: 'Adds.' }) } },
      ),
    },
    scenarios: { one: { doc: 'One.', hosts: [namedHost('ann', ['counter'], { params: { counter: params } })], network: { link: 'datagram' } } },
  });
};

const digest = (params: Value, by?: number, rule?: string): string => modelDigest(counting(params, by, rule) as never, 'one', null);

describe('the digest of a model', () => {
  it.each<[string, Value, Value]>([
    ['an entry of a map', new Map<Value, Value>([['a', 1]]), new Map<Value, Value>([['a', 2]])],
    ['a key of a map', new Map<Value, Value>([['a', 1]]), new Map<Value, Value>([['b', 1]])],
    ['a member of a set', new Set<Value>([1]), new Set<Value>([2])],
    ['a map inside of a record', { of: new Map<Value, Value>() }, { of: new Map<Value, Value>([[1n, 'x']]) }],
    ['a bigint', 1n, 2n],
    ['a bigint and a text', 1n, '1n'],
    ['bytes', new Uint8Array([1]), new Uint8Array([2])],
    ['a map and a set', new Map(), new Set()],
  ])('sees %s in the parameters', (_, one, other) => {
    expect(digest(one)).not.toBe(digest(other));
  });

  it('does not see the order in which a map was filled', () => {
    const [ab, ba] = [
      [['a', 1] as const, ['b', 2] as const],
      [['b', 2] as const, ['a', 1] as const],
    ];
    expect(digest(new Map<Value, Value>(ab))).toBe(digest(new Map<Value, Value>(ba)));
  });

  it('sees rules and mutants by name, and no function', () => {
    expect(digest(null, 1, 'CT-2')).not.toBe(digest(null));
    expect(modelDigest(counting(null) as never, 'one', 'planted')).not.toBe(digest(null));
    expect(digest(null, 2)).toBe(digest(null));
  });
});
