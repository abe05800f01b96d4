import { defineProperty } from '../../model/property/property.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { showPeer } from './sight.ts';
import { cellsOf, isValid, truthOf } from './truth.ts';

export const validBlocks = defineProperty(blockchain, {
  id: 'VALID-BLOCKS',
  claim: 'A peer extends and keeps valid blocks only, whoever sends them.',
  source: 'Nakamoto 2008, section 5, step 5; devp2p eth/68, Block Encoding and Validity',
  holdsUnder: ['liar', 'joinWhileLied', 'tie', 'partitionAndHeal', 'abstractRelay', ...everyWorld],
  always: { onlyValidBlocks: (world) => world.every('peer', ({ context }) => cellsOf(context).every(isValid)) },
  sometimes: {
    aLiarIsBarred: (world) => world.some('peer', ({ context }) => context.barred.size > 0),
    anOmmerIsIncluded: (world) => world.some('peer', ({ context }) => cellsOf(context).some((cell) => cell.body.ommers.length > 0)),
  },
  shows: {
    peer: (peer) => `${showPeer(peer)}${truthOf(peer.context.kept.head).why === '' ? '' : `, invalid: ${truthOf(peer.context.kept.head).why}`}`,
  },
  mutants: {
    acceptsAnySeal: {
      doc: 'The proof of work of a block is not checked.',
      after: 'Header spam, CVE-2024-52916: what costs no work is kept.',
      domain: { sealFault: () => null },
    },
    acceptsAnyHeader: {
      doc: 'Difficulty, number and timestamp of a header are not compared with its parent.',
      after: 'The time warp: timestamps that no rule binds make the difficulty fall.',
      domain: { headerFault: () => null },
    },
    acceptsAnyState: {
      doc: 'The state root of a block is not compared with the state after it.',
      after: 'Bitcoin, July 2015: miners extended blocks that they had not validated.',
      domain: { stateMatches: () => true },
    },
    acceptsAnyOmmers: {
      doc: 'Ommers may be ancestors, too deep, or included twice.',
      after: 'An ommer that is rewarded twice: yellow paper, section 11.1, not checked.',
      domain: { ommersFault: () => null },
    },
  },
});
