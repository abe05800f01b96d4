import { defineProperty } from '../../model/property/property.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { hasEqualDifficulty, showPeer } from './sight.ts';

export const noServer = defineProperty(blockchain, {
  id: 'NO-SERVER',
  claim: 'Whichever host leaves, the others go on: they replicate the chain, and it grows.',
  source: 'common sentence NO-SERVER: no server is needed',
  holdsUnder: ['oneGone'],
  recovers: { equalDifficulty: { withinRounds: 60, holds: hasEqualDifficulty } },
  sometimes: {
    aMinerIsGoneAndTheChainGrows: (world) => world.life('ann') === 'left' && world.some('peer', ({ context }) => context.kept.head.number >= 2),
    aPeerIsGoneAndTheChainGrows: (world) => world.life('cas') === 'left' && world.some('peer', ({ context }) => context.kept.head.number >= 2),
  },
  shows: { peer: showPeer },
});
