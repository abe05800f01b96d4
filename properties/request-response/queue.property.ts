import { defineProperty } from '../../model/property/property.ts';
import { slow } from '../../spec/request-response/domain.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { showServer } from './sight.ts';

const place = slow.processor?.queue ?? 0;

export const queueBounded = defineProperty(requestResponse, {
  id: 'QUEUE-BOUNDED',
  claim: 'No more requests wait at a server than it has place for, none of them twice; the rest are told that it is busy.',
  source: 'common sentence SERVER-MANY: a slow client delays others only up to the bound; RFC 9110, 15.6.4',
  holdsUnder: ['busy'],
  always: {
    noMoreThanThereIsPlaceFor: (world) => world.every('server', ({ context }) => context.queue.length <= place),
    noneTwice: (world) =>
      world.every('server', ({ context: { queue } }) => new Set(queue.map(({ client, request }) => `${client} ${request.id}`)).size === queue.length),
  },
  sometimes: {
    theQueueIsFull: (world) => world.some('server', ({ context }) => context.queue.length === place),
    someoneIsTurnedAway: (world) =>
      world.inFlight().some(({ message }) => (message as { readonly result?: { readonly error?: string } }).result?.error === 'busy'),
    aRequestIsTakenBack: (world) => world.inFlight().some(({ message }) => message.type === 'Cancel'),
  },
  shows: { server: (server) => `${showServer(server)}, ${server.context.queue.length} in the queue` },
  mutants: {
    takesAll: {
      doc: 'A server queues whatever comes.',
      after: 'INVDoS, CVE-2018-17145: a queue without a bound.',
      roles: { server: { guards: { isFull: () => false } } },
    },
    queuesTwice: {
      doc: 'A retransmitted request is queued beside the first.',
      after: 'NFS servers under load: retransmissions fill the queue that made them necessary.',
      roles: { server: { guards: { isQueued: () => false } } },
    },
  },
});
