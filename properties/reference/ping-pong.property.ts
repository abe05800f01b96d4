import { assign } from 'xstate';
import { defineProperty } from '../../model/property/property.ts';
import { type Context, pingPong } from '../../spec/reference/ping-pong.ts';

export const inTurns = defineProperty(pingPong, {
  id: 'PING-PONG-IN-TURNS',
  claim: 'The counts of both never differ by more than one.',
  source: 'Stateright, ping_pong: delta within 1',
  holdsUnder: ['five', 'one', 'fiveCalm'],
  always: {
    deltaWithinOne: (world) =>
      world.every('pinger', (pinger) => world.every('ponger', (ponger) => Math.abs(pinger.context.count - ponger.context.count) <= 1)),
  },
  sometimes: { reachesMost: (world) => world.some('ponger', ({ context: { count, most } }) => count === most) },
  shows: { pinger: ({ context }) => `${context.count}`, ponger: ({ context }) => `${context.count}` },
  mutants: {
    countsTwice: {
      doc: 'What comes again is counted again.',
      roles: { ponger: { guards: { isNext: ({ context }: { readonly context: Context }) => context.count < context.most } } },
    },
  },
});

/** Counts, and goes back one where the next would be the last. */
const countAround = assign(({ context: { count, most } }: { readonly context: Context }) => ({ count: count + 1 < most ? count + 1 : count - 1 }));

export const countsToTheEnd = defineProperty(pingPong, {
  id: 'PING-PONG-ENDS',
  claim: 'Both count up to the maximum in the end.',
  source: 'Stateright, ping_pong: must reach max',
  holdsUnder: ['fiveCalm'],
  eventually: {
    bothReachMost: (world) => [...world.all('pinger'), ...world.all('ponger')].every(({ context }) => context.count === context.most),
  },
  shows: { pinger: ({ context }) => `${context.count}`, ponger: ({ context }) => `${context.count}` },
  mutants: {
    neverThere: {
      doc: 'Both go back one where the next would be the last, and come near it again and again.',
      roles: { pinger: { actions: { countOne: countAround } }, ponger: { actions: { countOne: countAround } } },
    },
  },
});

export const pingPongProperties = [inTurns, countsToTheEnd];
