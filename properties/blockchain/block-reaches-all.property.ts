import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { betweenConnected, showPeer } from './sight.ts';
import { keeps } from './truth.ts';

export const blockReachesAll = defineProperty(blockchain, {
  id: 'BLOCK-REACHES-ALL',
  claim:
    "Every block that is some peer's head reaches every connected honest peer; of blocks that weigh the same, only while no message is lost and all are connected.",
  source: 'common sentence BLOCK-REACHES-ALL: nodes send new blocks on to all other nodes',
  holdsUnder: ['pair', 'relay'],
  failsUnder: { split: 'Of two blocks of equal weight that were found on both sides of a cut, neither is asked for when the cut heals.' },
  recovers: {
    everyHeadIsHeldByAll: {
      withinRounds: 60,
      holds: (world) => betweenConnected(world, (one, other) => keeps(one.context, other.context.kept.head.hash)),
    },
  },
  sometimes: {
    aBlockReachesAll: (world) => world.every('peer', (peer) => peer.context.kept.head.number > 0),
  },
  shows: { peer: showPeer },
  mutants: {
    tellsNotTheRest: {
      doc: 'Only the peers that get the whole block hear of it; those that never asked for more hear nothing.',
      after: 'devp2p eth/68, Block Propagation: the second of the two steps left out.',
      roles: { peer: { actions: { announceToRest: nothing } } },
      under: 'relay',
    },
    announcesNothingDownloaded: {
      doc: 'What was downloaded is not announced to those who lack it.',
      after: 'go-ethereum before 1.4: the head that a download had brought was announced only with the next block.',
      roles: { peer: { actions: { announceHead: nothing } } },
      under: 'relay',
    },
  },
});
