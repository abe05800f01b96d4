import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { showClient } from './sight.ts';

export const requestEndsHoweverLossy = defineProperty(requestResponse, {
  id: 'REQUEST-ENDS-LOSSY',
  claim: 'Every request ends though the network may lose whatever is sent, because a client has only so many retries.',
  source: 'RFC 9110, 3.3: every request ends in a response or an error',
  holdsUnder: ['everyLoss'],
  leadsTo: {
    ends: [
      (world) => world.some('client', (client) => client.matches('waiting')),
      (world) => world.every('client', (client) => client.matches('idle')),
    ],
  },
  sometimes: { someoneWaits: (world) => world.some('client', (client) => client.matches('waiting')) },
  shows: { client: showClient },
  mutants: {
    retriesForEver: {
      doc: 'A client never gives up: it sends again after the same time, again and again, and all of it may be lost.',
      after: 'NFS mounts that are hard: the program hangs for as long as its server is away, and cannot even be ended.',
      roles: { client: { guards: { mayRetry: () => true }, actions: { countAttempt: nothing } } },
    },
  },
});
