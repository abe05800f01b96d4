import { defineProperty } from '../../model/property/property.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { hasEqualDifficulty, showPeer } from './sight.ts';

export const equalDifficulty = defineProperty(blockchain, {
  id: 'EQUAL-DIFFICULTY',
  claim: 'Once the network heals and comes to rest, all connected honest peers hold chains of equal total difficulty.',
  source: 'Nakamoto 2008, section 5; devp2p eth/68, Chain Synchronization',
  holdsUnder: ['pair', 'relay', 'tie', 'partitionAndHeal', 'crash', 'reordering', 'crowd', 'abstractRelay', 'abstractPartition'],
  recovers: { equalDifficulty: { withinRounds: 60, holds: hasEqualDifficulty } },
  sometimes: {
    aBlockSpreads: (world) => world.count('peer', (peer) => peer.context.kept.head.number > 0) >= 2,
  },
  shows: { peer: showPeer },
  mutants: {
    heightDecides: {
      doc: 'A peer leaves its chain for a higher one, whatever its difficulty.',
      after: 'Height instead of total difficulty decides: the "longest chain" of Nakamoto 2008, taken by its length.',
      domain: { prefers: (candidate, head) => candidate.number > head.number },
      under: 'partitionAndHeal',
    },
    believesNobody: {
      doc: 'A peer downloads only from peers that it has heard to be far ahead: one block of difficulty is not enough.',
      after: 'Core Geth before 1.11: a peer whose total difficulty was noted too low was never downloaded from.',
      roles: { peer: { guards: { someoneHasMore: () => false } } },
      under: 'partitionAndHeal',
    },
  },
});
