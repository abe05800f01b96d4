import type { ValueRecord } from '../../model/kernel/value.ts';
import { defineProperty } from '../../model/property/property.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import type { ClientContext } from '../../spec/request-response/client/asking.ts';
import type { Request } from '../../spec/request-response/messages.ts';
import { actsInstead } from '../shared/instead.ts';
import { showClient } from './sight.ts';

/** Sends the request at the first attempt only. */
const askOnce = actsInstead<ClientContext<ValueRecord>>(({ servers, pending, attempt }) => ({
  effects: attempt > 0 || pending === null ? [] : [{ type: 'send', to: servers.slice(0, 1), message: { type: 'Request', ...pending } as Request }],
}));

export const requestEnds = defineProperty(requestResponse, {
  id: 'REQUEST-ENDS',
  claim: 'Every request ends, in a response or, when all servers were asked in vain, without a certain outcome.',
  source: 'RFC 9110, 3.3: every request ends in a response or an error',
  holdsUnder: ['lossy', 'twoClients', 'crash', 'connection', 'fewLosses', 'smallCache', 'grants', 'grantsBusy', 'busy', 'tiers'],
  recovers: { nobodyWaits: { withinRounds: 50, holds: (world) => world.every('client', (client) => client.matches('idle')) } },
  sometimes: { someoneWaits: (world) => world.some('client', (client) => client.matches('waiting')) },
  shows: { client: showClient },
  mutants: {
    sendsOnlyOnce: {
      doc: 'A client sends its request once, and waits for the answer for ever.',
      after: 'A remote procedure call without a time-out: one lost datagram, and the program hangs.',
      roles: { client: { guards: { mayRetry: () => true }, actions: { ask: askOnce } } },
    },
  },
});
