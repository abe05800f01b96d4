import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { betweenConnected, showPeer } from './sight.ts';

export const equalHeads = defineProperty(blockchain, {
  id: 'EQUAL-HEADS',
  claim: 'Once the network comes to rest, all connected honest peers hold the same head. (Only where no two blocks weigh the same.)',
  source: 'Nakamoto 2008, section 5: "Nodes always consider the longest chain to be the correct one"',
  holdsUnder: ['pair'],
  failsUnder: { tie: 'Two blocks that were found at once weigh the same; each peer stays with the one that it saw first.' },
  recovers: {
    equalHeads: {
      withinRounds: 60,
      holds: (world) => betweenConnected(world, (one, other) => one.context.kept.head.hash === other.context.kept.head.hash),
    },
  },
  sometimes: {
    aBlockSpreads: (world) => world.count('peer', (peer) => peer.context.kept.head.number > 0) >= 2,
  },
  shows: { peer: showPeer },
  mutants: {
    sendsHashesOnly: {
      doc: 'A peer announces what it has imported, and serves no header when it is asked.',
      after: 'devp2p eth/68, NewBlockHashes: hashes that the sending node later refuses to honour.',
      domain: { wholeTo: () => 0 },
      roles: { peer: { actions: { serveHeaders: nothing } } },
    },
  },
});
