import { createActor, setup } from 'xstate';
import { describe, expect, it } from 'vitest';
import { heldBack } from './held-back.ts';

const isOdd = ({ event }: { readonly event: { readonly n: number } }): boolean => event.n % 2 === 1;

const machine = setup({
  types: { events: {} as { readonly type: 'put' | 'other'; readonly n: number } },
  guards: {
    isBig: ({ event }) => event.n > 10,
    isOdd,
    exceeds: ({ event }, params: { readonly least: number }) => event.n > params.least,
  },
}).createMachine({
  type: 'parallel',
  states: {
    left: {
      initial: 'inner',
      states: {
        inner: {
          on: {
            put: [
              { guard: 'isBig', meta: { rule: 'L-1' } },
              { guard: 'isOdd', meta: { rule: 'L-2' } },
              { guard: { type: 'exceeds', params: { least: 5 } }, meta: { rule: 'L-3' } },
            ],
          },
        },
      },
      on: { put: { guard: 'isBig', meta: { rule: 'L-4' } } },
    },
    right: { on: { put: [{ guard: 'isOdd', meta: { rule: 'R-1' } }, { meta: { rule: 'R-2' } }] } },
  },
});

const held = (n: number, type: 'put' | 'other' = 'put'): readonly string[] =>
  heldBack(createActor(machine).start().getSnapshot(), { type, n }).map(({ guard, rule }) => `${guard} ${rule}`);

describe('guards that hold an event back', () => {
  it('are those that were tried before what was taken, in each region', () => {
    expect(held(3)).toEqual(['isBig L-1']);
    expect(held(12)).toEqual(['isOdd R-1']);
    expect(held(8)).toEqual(['isBig L-1', 'isOdd L-2', 'isOdd R-1']);
  });

  it('are asked in the states around, where no inner state takes the event', () => {
    expect(held(4)).toEqual(['isBig L-1', 'isOdd L-2', 'exceeds L-3', 'isBig L-4', 'isOdd R-1']);
  });

  it('are none for an event that nothing waits for', () => {
    expect(held(4, 'other')).toEqual([]);
  });
});
