import { defineProperty } from '../../model/property/property.ts';
import type { PeerContext } from '../../spec/blockchain/peer/context.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { actsInstead } from '../shared/instead.ts';
import { hasEqualDifficulty, showPeer } from './sight.ts';

/** Forgets the block that was being fetched, and who else has announced it. */
const forgetBlock = actsInstead<PeerContext>((context) => ({
  context: { ...context, fetch: null, wanted: new Map([...context.wanted].filter(([hash]) => hash !== context.fetch?.hash)) },
}));

export const undisturbed = defineProperty(blockchain, {
  id: 'UNDISTURBED',
  claim: 'One bad peer cannot keep from a peer a block that another has announced.',
  source: 'CVE-2024-52921; Core Geth, eth/fetcher/block_fetcher.go',
  holdsUnder: ['liar', 'staller'],
  recovers: { equalDifficulty: { withinRounds: 60, holds: hasEqualDifficulty } },
  sometimes: {
    aBadOneIsAsked: (world) => world.some('peer', ({ context }) => context.fetch?.from === 'lou' || context.fetch?.from === 'sly'),
  },
  shows: { peer: showPeer },
  mutants: {
    forgetsWhatOthersHave: {
      doc: 'After a wrong body or no answer, the block is forgotten together with all who have announced it.',
      after: 'CVE-2024-52921: a mutated block from one peer cancelled its download from the others.',
      roles: { peer: { actions: { dropAnnouncer: forgetBlock } } },
    },
  },
});
