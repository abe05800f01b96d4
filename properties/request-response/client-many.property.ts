import { defineProperty } from '../../model/property/property.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { type MonitorHere, showClient } from './sight.ts';

/** How the last request of each client program ended. */
const lastEnding: MonitorHere = {
  initial: {},
  next: (state, { role, effect }) =>
    effect.type === 'return' ? { ...(state as Record<string, string>), [role]: effect.outcome.definite ? 'answered' : 'given up' } : state,
};

const endingsIn = (state: unknown) => state as Readonly<Record<string, string>>;

export const clientMany = defineProperty(requestResponse, {
  id: 'CLIENT-MANY',
  claim: 'A host uses several servers at once, with a client program for each; one server that is gone leaves the others usable.',
  source: 'common sentence CLIENT-MANY: a client uses several servers at the same time',
  holdsUnder: ['twoServers'],
  monitors: { lastEnding },
  recovers: {
    theOtherServes: {
      withinRounds: 50,
      holds: (world) => {
        // A host that has left asks nobody again.
        if (world.life('cleo') !== 'up') return true;
        const endings = endingsIn(world.monitor('lastEnding'));
        return (
          (world.life('sam') !== 'up' || endings['client'] !== 'given up') && (world.life('sue') !== 'up' || endings['otherClient'] !== 'given up')
        );
      },
    },
  },
  sometimes: {
    bothWait: (world) =>
      world.some('client', (client) => client.matches('waiting')) && world.some('otherClient', (client) => client.matches('waiting')),
    oneServerIsGone: (world) => world.life('sue') === 'left',
  },
  shows: { client: showClient },
});
