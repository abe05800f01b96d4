import { requestResponse } from '../../spec/request-response/protocol.ts';
import { relays } from '../shared/relays.ts';

export const gateway = relays(requestResponse, {
  id: 'GATEWAY',
  claim:
    'A gateway answers a request the moment it has learnt the answer, and in the same words whenever the request comes again; it asks for none that it has answered, and keeps nothing of it but the answer.',
  source: 'RFC 9110, 3.7: Intermediaries; RFC 1813, 4.5',
  role: 'gateway',
  remembers: true,
  holdsUnder: ['tiers', 'behind', 'eachWay', 'eachWayWaiting'],
  mutants: {
    passesOnWhateverComes: {
      doc: 'A gateway passes on every retransmission, and does not know that it waits for the answer already.',
      after: 'Stateless SIP proxies forward each retransmission: RFC 3261, 16.11.',
      roles: { gateway: { guards: { isAskedFor: () => false } } },
    },
  },
});
