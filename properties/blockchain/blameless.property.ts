import { defineProperty } from '../../model/property/property.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { hasEqualDifficulty, showPeer } from './sight.ts';
import { cellsOf, isValid } from './truth.ts';

export const blameless = defineProperty(blockchain, {
  id: 'BLAMELESS',
  claim: 'No valid block is remembered as bad, whatever came under its hash: it is still accepted from others.',
  source: 'CVE-2012-2459; devp2p eth/68, Block Encoding and Validity',
  holdsUnder: ['liar', ...everyWorld],
  always: {
    noValidBlockIsCondemned: (world) => {
      const valid = new Set(world.map('peer', ({ context }) => cellsOf(context).filter(isValid)).flatMap((cells) => cells.map((cell) => cell.hash)));
      return world.every('peer', ({ context }) => [...context.condemned].every((hash) => !valid.has(hash)));
    },
  },
  recovers: { equalDifficulty: { withinRounds: 60, holds: hasEqualDifficulty } },
  sometimes: { aLiarIsBarred: (world) => world.some('peer', ({ context }) => context.barred.size > 0) },
  shows: { peer: (peer) => `${showPeer(peer)}, ${peer.context.condemned.size} remembered as bad` },
  mutants: {
    blamesTheHeader: {
      doc: 'The hash of a block is remembered as bad when a wrong body came with it.',
      after: 'CVE-2012-2459: "invalid" cached under a hash that did not commit to what was invalid.',
      domain: { condemns: () => true },
    },
  },
});
