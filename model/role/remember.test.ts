import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, assign, emit, setup } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { Interner } from '../kernel/intern.ts';
import type { Value } from '../kernel/value.ts';
import { RememberedRole } from './remember.ts';

const remembered = (machine: AnyStateMachine) => {
  const interner = new Interner();
  const memory = new RememberedRole(machine, interner, () => {});
  const event = (value: { readonly type: string }): number => interner.intern(value as Value);
  return { memory, event, start: memory.start({ stored: {}, params: null }) };
};

/** A machine with one event, `x`, that runs this. */
const onX = (run: (context: { n: Value }) => Value, n: Value = 0): AnyStateMachine =>
  setup({ types: { context: {} as { n: Value } } }).createMachine({
    id: 'role',
    options: { maxIterations: 10 },
    context: () => ({ n }),
    on: { x: { actions: assign({ n: ({ context }) => run(context) }) } },
  });

const error = (run: () => unknown): RolecallError => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof RolecallError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
};

describe('a remembered role', () => {
  it('runs its machine once for each local state and event', () => {
    let runs = 0;
    const { memory, event, start } = remembered(onX(({ n }) => ((n as number) + 1 + 0 * runs++) % 3));
    let local = start.next;
    for (let i = 0; i < 30; i++) local = memory.step(local, event({ type: 'x' })).next;
    expect([runs, memory.misses, memory.hits]).toEqual([3, 3, 27]);
    expect(local).toBe(start.next);
  });

  it('has one local state for contexts that are equal, however they came about', () => {
    const machine = setup({ types: { context: {} as { seen: ReadonlySet<string> } } }).createMachine({
      options: { maxIterations: 10 },
      context: () => ({ seen: new Set<string>() }),
      on: {
        a: { actions: assign({ seen: ({ context }) => new Set([...context.seen, 'a']) }) },
        b: { actions: assign({ seen: ({ context }) => new Set([...context.seen, 'b']) }) },
      },
    });
    const { memory, event, start } = remembered(machine);
    const [a, b] = [event({ type: 'a' }), event({ type: 'b' })];
    expect(memory.step(memory.step(start.next, a).next, b).next).toBe(memory.step(memory.step(start.next, b).next, a).next);
  });

  it('tells states apart by what they remember of their history', () => {
    const machine = setup({}).createMachine({
      options: { maxIterations: 10 },
      initial: 'on',
      states: {
        on: { initial: 'a', states: { a: { on: { n: 'b' } }, b: {}, h: { type: 'history' } }, on: { off: 'off' } },
        off: { on: { on: 'on.h' } },
      },
    });
    const { memory, event, start } = remembered(machine);
    const [off, on, n] = ['off', 'on', 'n'].map((type) => event({ type })) as [number, number, number];
    const offA = memory.step(start.next, off).next;
    const offB = memory.step(memory.step(start.next, n).next, off).next;
    expect(offA).not.toBe(offB);
    expect(memory.snapshot(memory.step(offB, on).next).value).toEqual({ on: 'b' });
  });

  it('puts timers that started together in the order in which they fire', () => {
    const machine = setup({ delays: { lateMs: 30, soonMs: 10, alsoMs: 10 } }).createMachine({
      id: 'm',
      options: { maxIterations: 10 },
      after: { lateMs: {}, soonMs: {}, alsoMs: {} },
    });
    const { start } = remembered(machine);
    expect(start.started.map((id) => id.split('.')[2])).toEqual(['soonMs', 'alsoMs', 'lateMs']);
    expect(start.delays).toEqual([10, 10, 30]);
  });

  it.each<[string, () => Value]>([
    ['Math.random', () => Math.floor(Math.random() * 10)],
    ['Date.now', () => Date.now()],
    ['new Date', () => new Date(2020, 1).getTime()],
    ['Date', () => (Date as unknown as () => string)()],
    ['Date.parse', () => Date.parse('2020-01-01')],
  ])('remembers that a step threw which reached for %s, and gives the surroundings back', (what, reach) => {
    const { memory, event, start } = remembered(onX(reach));
    const step = memory.step(start.next, event({ type: 'x' }));
    expect(step.threw).toMatch(new RegExp(`a role called ${what.replace('.', '\\.')}`));
    expect(step.next).toBe(start.next);
    expect(Math.random()).toBeLessThan(1);
    expect(Date.now()).toBeGreaterThan(0);
  });

  it('remembers that a guard threw, and that a context cannot be kept', () => {
    const guarded = setup({}).createMachine({ options: { maxIterations: 10 }, on: { x: { guard: () => Math.random() > 2 } } });
    const first = remembered(guarded);
    expect(first.memory.step(first.start.next, first.event({ type: 'x' })).threw).toMatch(/Math\.random/);
    const second = remembered(onX(() => Number.NaN));
    expect(second.memory.step(second.start.next, second.event({ type: 'x' })).threw).toMatch(/NaN is not a safe integer/);
  });
});

describe('computing a step again', () => {
  const map = (): Map<string, number> => new Map([['a', 1]]);
  let outside = 0;

  it.each<[string, AnyStateMachine, RegExp]>([
    ['a Map changed in place', onX(({ n }) => (n as Map<string, number>).set('b', 2), map()), /changed its context in place/],
    ['a Set changed in place', onX(({ n }) => (n as Set<number>).add(9).size, new Set([1])), /changed its context in place/],
    ['bytes changed in place', onX(({ n }) => (n as Uint8Array).fill(7), Uint8Array.of(1, 2)), /changed its context in place/],
    ['a counter outside', onX(() => outside++), /same state twice/],
    [
      'an effect that counts',
      setup({}).createMachine({
        id: 'role',
        options: { maxIterations: 10 },
        on: { x: { actions: emit(() => ({ type: 'persist', key: 'k', value: outside++ })) } },
      }),
      /same effects twice/,
    ],
    [
      'a delay that drifts',
      setup({ delays: { driftMs: () => 10 + outside++ } }).createMachine({
        id: 'role',
        options: { maxIterations: 10 },
        initial: 'a',
        states: { a: { on: { x: 'b' } }, b: { after: { driftMs: 'a' } } },
      }),
      /same timers twice/,
    ],
    [
      'a guard that changes its mind',
      setup({}).createMachine({ id: 'role', options: { maxIterations: 10 }, on: { x: { guard: () => outside++ % 2 === 0 } } }),
      /event twice/,
    ],
  ])('finds %s', (_, machine, message) => {
    outside = 0;
    const { memory, event, start } = remembered(machine);
    memory.step(start.next, event({ type: 'x' }));
    const found = error(() => memory.recheck(start.next, event({ type: 'x' })));
    expect(found.code).toBe('IMPURE_ROLE');
    expect(found.message).toMatch(message);
  });

  it('finds an event that was changed', () => {
    const machine = setup({ types: { events: {} as { type: 'x'; list: Set<number> } } }).createMachine({
      options: { maxIterations: 10 },
      context: { n: 0 },
      on: { x: { actions: assign({ n: ({ event }) => event.list.add(5).size }) } },
    });
    const { memory, event, start } = remembered(machine);
    const given = event({ type: 'x', list: new Set([1]) } as never);
    memory.step(start.next, given);
    expect(error(() => memory.recheck(start.next, given)).message).toMatch(/changed the event/);
  });

  it('is done for new steps of a checking run, as far as its budget goes', () => {
    const honest = remembered(onX(({ n }) => (n as number) + 1));
    honest.memory.checking = true;
    let local = honest.start.next;
    for (let i = 0; i < 3000; i++) local = honest.memory.step(local, honest.event({ type: 'x' })).next;
    expect(honest.memory.rechecked).toBeGreaterThan(100);
    expect(honest.memory.rechecked).toBeLessThan(2000);
    const impure = remembered(onX(({ n }) => (n as Map<string, number>).set('b', 2), map()));
    impure.memory.checking = true;
    expect(error(() => impure.memory.step(impure.start.next, impure.event({ type: 'x' }))).code).toBe('IMPURE_ROLE');
  });
});
