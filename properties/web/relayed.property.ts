import { nothing } from '../../model/protocol/protocol.ts';
import { web } from '../../spec/web/protocol.ts';
import { relays } from '../shared/relays.ts';

export const relayed = relays(web, {
  id: 'CACHE-RELAYS',
  claim: 'A cache answers each request that comes, or asks the origin for it; and it answers the moment it has learnt the answer.',
  source: 'RFC 9110, 3.7: Intermediaries; RFC 9111, 4: Constructing Responses from Caches',
  role: 'proxy',
  remembers: false,
  holdsUnder: ['proxied', 'fresh', 'ownWrites', 'everyRead'],
  mutants: {
    waitsForWhatItHas: {
      doc: 'A cache takes a request that comes again for one that it still waits for, although it has answered it.',
      after: 'Request collapsing whose lock is not released: whoever asks for the page later waits for ever.',
      roles: { proxy: { actions: { takeUp: nothing } } },
    },
  },
});
