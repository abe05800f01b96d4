import { describe, expect, it } from 'vitest';
import type { Value } from '../../kernel/value.ts';
import { Interner } from '../../kernel/intern.ts';
import type { Effect, Outcome } from '../../role/effect.ts';
import type { Heard } from '../property.ts';
import { linearizable, type LinearizableType } from './linearizable.ts';
import { casRegister, counter, keyValue, queue, register, set } from './objects.ts';
import type { Specification } from './specification.ts';

/** What clients do, told in short: `['a', 'write', 1]` begins, `['a', null]` ends with this output, `['a']` without a certain outcome. */
type Told =
  | readonly [client: string, operation: string, input?: Value]
  | readonly [client: string, outcome: { readonly is: Value }]
  | readonly [client: string];

const heard = (told: Told): Heard => {
  const [host, what, input = null] = told;
  const outcome: Outcome = typeof what === 'object' ? { definite: true, value: what.is } : { definite: false, reason: 'timeout' };
  const effect: Effect =
    typeof what === 'string' ? { type: 'invoke', operation: what, id: 0, input } : { type: 'return', operation: '', id: 0, outcome };
  return { host, role: 'client', effect, local: {} } as unknown as Heard;
};

const is = (value: Value) => ({ is: value });

/** The state of a monitor after a history, made canonical at each step as a world does. */
const reached = (type: LinearizableType, history: readonly Told[]): Value => {
  const monitor = linearizable(type);
  const interner = new Interner();
  return history.reduce<Value>((state, told) => interner.canonical(monitor.next(state, heard(told))), interner.canonical(monitor.initial));
};

const holds = (model: Specification, ...history: readonly Told[]): boolean => linearizable({ model }).holds!(reached({ model }, history));
const explained = (model: Specification, ...history: readonly Told[]): string => linearizable({ model }).explain!(reached({ model }, history));

describe('a linearizability monitor', () => {
  it('lets an operation take effect anywhere between its call and its return', () => {
    const begun: Told[] = [
      ['a', 'write', 1],
      ['b', 'read'],
    ];
    expect(holds(register, ...begun, ['b', is(1)])).toBe(true);
    expect(holds(register, ...begun, ['b', is(null)])).toBe(true);
    expect(holds(register, ...begun, ['b', is(2)])).toBe(false);
  });

  it('does not let it take effect before or after', () => {
    expect(holds(register, ['a', 'write', 1], ['a', is(null)], ['b', 'read'], ['b', is(null)])).toBe(false);
    expect(holds(register, ['b', 'read'], ['b', is(1)], ['a', 'write', 1], ['a', is(null)])).toBe(false);
    // A value that was read stays until something else is written.
    expect(holds(register, ['a', 'write', 1], ['b', 'read'], ['b', is(1)], ['b', 'read'], ['b', is(null)])).toBe(false);
  });

  it('lets what timed out take effect late, once, or never', () => {
    const timedOut: Told[] = [['a', 'write', 1], ['a']];
    const read = (value: Value): Told[] => [
      ['b', 'read'],
      ['b', is(value)],
    ];
    expect(holds(register, ...timedOut, ...read(null), ...read(1), ...read(1))).toBe(true);
    expect(holds(register, ...timedOut, ...read(null), ...read(null))).toBe(true);
    expect(holds(register, ...timedOut, ...read(1), ...read(null))).toBe(false);
    const twice: Told[] = [...timedOut, ...timedOut, ['c', 'write', 2], ['c', is(null)]];
    expect(holds(register, ...twice, ...read(1), ['c', 'write', 2], ['c', is(null)], ...read(1))).toBe(true);
    expect(
      holds(register, ...twice, ...read(1), ['c', 'write', 2], ['c', is(null)], ...read(1), ['c', 'write', 2], ['c', is(null)], ...read(1)),
    ).toBe(false);
  });

  it('says in a sentence what cannot be', () => {
    expect(explained(register, ['a', 'write', 1], ['a', is(null)], ['b', 'read'], ['b', is(null)])).toBe(
      'read of b returned null, although only 1 was possible',
    );
    expect(explained(casRegister, ['a', 'cas', [0, 1]], ['a', is(true)])).toBe('cas [0,1] of a returned true, although only false was possible');
  });

  it('checks each key on its own, and remembers nothing of what is over', () => {
    const put = (key: string, value: Value): Told[] => [
      ['a', 'put', { key, value }],
      ['a', is(null)],
    ];
    const get = (key: string, value: Value): Told[] => [
      ['a', 'get', { key }],
      ['a', is(value)],
    ];
    expect(holds(keyValue, ...put('x', 1), ...put('y', 2), ...get('x', 1), ...get('y', 2), ...get('z', null))).toBe(true);
    expect(holds(keyValue, ...put('x', 1), ...put('y', 2), ...get('x', 2))).toBe(false);
    expect(reached({ model: keyValue }, [...put('x', 1), ...put('x', 2)])).toEqual(reached({ model: keyValue }, put('x', 2)));
  });

  it('knows queues, sets and counters', () => {
    const done: Told = ['a', is(null)];
    expect(
      holds(
        queue,
        ['a', 'enqueue', 1],
        done,
        ['a', 'enqueue', 2],
        done,
        ['a', 'dequeue'],
        ['a', is(1)],
        ['a', 'dequeue'],
        ['a', is(2)],
        ['a', 'dequeue'],
        done,
      ),
    ).toBe(true);
    expect(holds(queue, ['a', 'enqueue', 1], done, ['a', 'enqueue', 2], done, ['a', 'dequeue'], ['a', is(2)])).toBe(false);
    expect(holds(set, ['a', 'add', 2], done, ['a', 'add', 1], done, ['a', 'read'], ['a', is([1, 2])])).toBe(true);
    expect(holds(counter, ['a', 'add', 2], ['a'], ['b', 'read'], ['b', is(0)], ['b', 'read'], ['b', is(2)])).toBe(true);
    expect(() => holds(counter, ['a', 'enqueue', 2], done)).toThrow(/no operation "enqueue"/);
  });

  it('ends with a typed error where too much is possible', () => {
    const clients = Array.from({ length: 9 }, (_, index): Told => [`c${index}`, 'write', index]);
    expect(() => reached({ model: register, limit: 100 }, [...clients, ['b', 'read'], ['b', is(0)]])).toThrow(/more than 100/);
  });

  it('has the same state where the same can come', () => {
    // Two writes in either order of their calls; who called first is forgotten.
    const one = reached({ model: register }, [
      ['a', 'write', 1],
      ['b', 'write', 2],
      ['a', is(null)],
      ['b', is(null)],
    ]);
    const other = reached({ model: register }, [
      ['b', 'write', 2],
      ['a', 'write', 1],
      ['b', is(null)],
      ['a', is(null)],
    ]);
    expect(one).toEqual(other);
  });
});
