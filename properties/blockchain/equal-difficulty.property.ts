import { defineProperty } from '../../model/property/property.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { betweenConnected, difficultyOf, showPeer } from './sight.ts';

export const equalDifficulty = defineProperty(blockchain, {
  id: 'EQUAL-DIFFICULTY',
  claim: 'Once the network heals and comes to rest, all connected honest peers hold chains of equal total difficulty.',
  source: 'Nakamoto 2008, section 5; devp2p eth/68, Chain Synchronization',
  holdsUnder: ['pair', 'partitionAndHeal', 'relay'],
  recovers: {
    equalDifficulty: { withinRounds: 40, holds: (world) => betweenConnected(world, (one, other) => difficultyOf(one) === difficultyOf(other)) },
  },
  sometimes: {
    aBlockSpreads: (world) => world.count('peer', (peer) => peer.context.kept.head.number > 0) >= 2,
  },
  shows: { peer: showPeer },
  mutants: {
    heightDecides: {
      doc: 'A peer leaves its chain for a higher one, whatever its difficulty.',
      after: 'The longest chain taken by its length, as the first sentence of Nakamoto 2008 says and its code does not.',
      domain: { prefers: (candidate, head) => candidate.number > head.number },
      under: 'partitionAndHeal',
    },
  },
});
