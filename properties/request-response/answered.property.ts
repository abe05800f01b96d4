import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { type MonitorHere, showClient } from './sight.ts';

/** Whether any operation ended without a certain outcome. */
const vain: MonitorHere = {
  initial: false,
  next: (state, { effect }) => state === true || (effect.type === 'return' && !effect.outcome.definite),
  holds: (state) => state === false,
};

export const answeredInTheEnd = defineProperty(requestResponse, {
  id: 'RETRY-SUFFICES',
  claim: 'While fewer messages are lost than a client has retries, every request is answered for certain.',
  source: 'RFC 1813, 4.5; RFC 5531, section 4',
  holdsUnder: ['fewLosses'],
  monitors: { vain },
  recovers: { nobodyWaits: { withinRounds: 50, holds: (world) => world.every('client', (client) => client.matches('idle')) } },
  sometimes: { aRetry: (world) => world.some('client', ({ context }) => context.attempt > 0) },
  shows: { client: showClient },
  mutants: {
    ignoresDuplicates: {
      doc: 'A server takes a retransmitted request for one that it has done, and says nothing.',
      after: 'RFC 1813, 4.5: servers that drop duplicates instead of replying from the cache.',
      roles: { server: { actions: { replyAgain: nothing } } },
    },
  },
});
