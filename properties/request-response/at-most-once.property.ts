import { defineProperty } from '../../model/property/property.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { begun, showServer, sumOf, total } from './sight.ts';

export const atMostOnce = defineProperty(requestResponse, {
  id: 'AT-MOST-ONCE',
  claim: 'A request takes effect once at most, however often it is sent, while the server remembers its answer.',
  source: 'RFC 1813, 4.5: duplicate request cache',
  holdsUnder: ['lossy', 'twoClients', 'crash', 'restart', 'connection', 'busy', 'tiers'],
  failsUnder: {
    smallCache: 'An answer that is forgotten too early: a late duplicate of its request is executed again.',
    behind: 'A gateway that has crashed no longer knows for whom it has asked, and asks once more, under another id; so it does at a second server.',
    failOver: 'A second server knows nothing of what the first has executed before it fell silent.',
  },
  monitors: { begun },
  always: { noMoreThanWasAskedFor: (world) => total(world) <= sumOf(world.monitor('begun')) },
  sometimes: { somethingTakesEffect: (world) => total(world) > 0 },
  shows: { server: showServer },
  mutants: {
    remembersNothing: {
      doc: 'A server has no reply cache.',
      after: 'NFS v2 before the duplicate request cache: a retransmitted REMOVE or CREATE runs again.',
      domain: { ledger: replyCache(0) },
    },
    forgetsInACrash: {
      doc: 'The reply cache is not stored with the state.',
      after: 'NFS v3: the duplicate request cache is lost in a crash of the server, and its state is not.',
      domain: { ledger: replyCache(32, { stored: () => [] }) },
      under: 'restart',
    },
  },
});
