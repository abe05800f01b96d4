import { defineProperty } from '../../model/property/property.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { type MonitorHere, showClient } from './sight.ts';

/** How the last operation of each client ended. */
const lastOutcome: MonitorHere = {
  initial: {},
  next: (state, { host, effect }) => {
    if (effect.type !== 'return') return state;
    return { ...(state as Record<string, string>), [host]: effect.outcome.definite ? 'answered' : 'given up' };
  },
};

export const centre = defineProperty(requestResponse, {
  id: 'CENTRE',
  claim: 'With fail-over a client is served while one of its servers is up; with a single server the service ends with it.',
  source: 'common sentence CENTRE: the great disadvantage is the centre',
  holdsUnder: ['failOver'],
  failsUnder: { oneServer: 'The only server has left for good.' },
  monitors: { lastOutcome },
  recovers: {
    lastCallIsAnswered: {
      withinRounds: 50,
      holds: (world) => world.every('client', ({ host }) => (world.monitor('lastOutcome') as Record<string, string>)[host] !== 'given up'),
    },
  },
  sometimes: { theFirstServerIsGone: (world) => world.life('sam') === 'left' },
  shows: { client: showClient },
  mutants: {
    neverFailsOver: {
      doc: 'A client asks its first server only.',
      after: 'A client with one address built in.',
      roles: { client: { guards: { hasAnotherServer: () => false } } },
    },
  },
});
