import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, and, assign, createMachine, emit, enqueueActions, log, not, raise, sendTo, setup, spawnChild } from 'xstate';
import { RolecallError } from '../kernel/errors.ts';
import { checkMachine } from './check.ts';
import { nothing } from './nothing.ts';

const bounded = { options: { maxIterations: 10 } } as const;

/** A machine whose compiler lets everything through, as a careless author's would. */
const loose = (config: object): AnyStateMachine => createMachine({ id: 'm', ...bounded, ...config } as never);

const refusal = (machine: AnyStateMachine): RolecallError => {
  try {
    checkMachine(machine);
  } catch (error) {
    if (error instanceof RolecallError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('a role is refused when it is defined', () => {
  it.each<[string, AnyStateMachine, string, string]>([
    ['that spawns a child', loose({ entry: spawnChild('child') }), 'ACTION_REFUSED', 'm'],
    ['that sends to an actor', loose({ on: { x: { actions: sendTo('other', { type: 'y' }) } } }), 'ACTION_REFUSED', 'm on x'],
    ['with a function as action', loose({ on: { x: { actions: () => undefined } } }), 'ACTION_IS_A_FUNCTION', 'm on x'],
    ['with a function at its entry', loose({ initial: 'a', states: { a: { entry: () => undefined } } }), 'ACTION_IS_A_FUNCTION', 'm.a'],
    ['with a function at its exit', loose({ initial: 'a', states: { a: { exit: [() => undefined] } } }), 'ACTION_IS_A_FUNCTION', 'm.a'],
    [
      'with a function on the way to its first state',
      loose({ initial: { target: 'a', actions: () => undefined }, states: { a: {} } }),
      'ACTION_IS_A_FUNCTION',
      'm',
    ],
    [
      'with a named function',
      setup({ actions: { go: () => undefined } }).createMachine({ id: 'm', ...bounded, entry: 'go' }),
      'ACTION_IS_A_FUNCTION',
      'm, action go',
    ],
    ['with a misspelt action', loose({ entry: 'gone' }), 'ACTION_UNKNOWN', 'm'],
    ['with an action named as what every record has', loose({ entry: 'toString' }), 'ACTION_UNKNOWN', 'm'],
    [
      'with a misspelt action with parameters',
      loose({ always: { guard: () => false, actions: { type: 'gone', params: {} } } }),
      'ACTION_UNKNOWN',
      'm on ',
    ],
    ['with a misspelt guard', loose({ on: { x: { guard: 'isGone' } } }), 'GUARD_UNKNOWN', 'm on x'],
    ['with a misspelt guard inside another', loose({ on: { x: { guard: and([not('isGone'), () => true]) } } }), 'GUARD_UNKNOWN', 'm on x'],
    [
      'with a misspelt guard inside a named one',
      setup({ guards: { both: and(['isGone' as never]) } }).createMachine({ id: 'm', ...bounded, on: { x: { guard: 'both' } } }),
      'GUARD_UNKNOWN',
      'm on x, guard both',
    ],
    ['with a misspelt delay', loose({ initial: 'a', states: { a: { after: { retryMs: 'b' } }, b: {} } }), 'DELAY_UNKNOWN', 'm.a'],
    ['that delays an event itself', loose({ entry: raise({ type: 'x' }, { delay: 10, id: 'later' }) }), 'RAISE_DELAYED', 'm'],
    ['without an end to its microsteps', createMachine({ id: 'm' }), 'MACHINE_UNBOUNDED', 'm'],
    [
      'with an infinite number of microsteps',
      createMachine({ id: 'm', options: { maxIterations: Number.POSITIVE_INFINITY } }),
      'MACHINE_UNBOUNDED',
      'm',
    ],
  ])('%s', (_, machine, code, place) => {
    const error = refusal(machine);
    expect(error.code).toBe(code);
    expect(error.place.startsWith(place), error.place).toBe(true);
    expect(error.advice).not.toBe('');
  });

  it('says what to write instead', () => {
    expect(refusal(loose({ on: { x: { actions: sendTo('other', { type: 'y' }) } } })).advice).toMatch(/emit\(\{ type: 'send'/);
  });
});

it('a role may assign, emit, raise, enqueue, log, wait, and do nothing', () => {
  const machine = setup({
    actions: { bump: assign({}), quiet: nothing, say: emit({ type: 'sync' }), both: enqueueActions(({ enqueue }) => enqueue('bump')) },
    guards: { yes: () => true, deep: and([() => true]) },
    delays: { waitMs: 10, laterMs: () => 20 },
  }).createMachine({
    id: 'm',
    ...bounded,
    initial: 'a',
    states: {
      a: {
        entry: ['bump', 'quiet', 'say', 'both', log('here'), raise({ type: 'x' })],
        after: { waitMs: 'a', laterMs: 'a', 30: { guard: not('yes'), target: 'a' } },
        on: { x: { guard: and(['yes', 'deep']) } },
      },
    },
  });
  expect(() => checkMachine(machine)).not.toThrow();
});
