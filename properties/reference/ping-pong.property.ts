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

export const pingPongProperties = [inTurns];
