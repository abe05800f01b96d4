import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { hasEqualDifficulty, showPeer } from './sight.ts';

export const joinGetsAll = defineProperty(blockchain, {
  id: 'JOIN-GETS-ALL',
  claim:
    'A peer that joins reaches the total difficulty of the network while one honest neighbour is left, whatever other neighbours promise and send.',
  source: 'common sentence JOIN-GETS-ALL: the whole chain is sent to a node that joins',
  holdsUnder: ['join', 'joinWhileLied'],
  recovers: { equalDifficulty: { withinRounds: 60, holds: hasEqualDifficulty } },
  sometimes: {
    aLateOneHasAll: (world) =>
      world.some('peer', (peer) => ['ben', 'cas'].includes(peer.host) && peer.context.kept.head.number >= 3 && !peer.context.mining),
  },
  shows: { peer: showPeer },
  mutants: {
    believesClaimedDifficulty: {
      doc: 'The total difficulty of a downloaded block is what its sender claims.',
      after: 'A node stuck on a small fork, which a peer had told it to be the heaviest.',
      domain: { totalDifficulty: (parent, _header, claimed) => claimed ?? parent.totalDifficulty + 1n },
      under: 'joinWhileLied',
    },
    claimsNothing: {
      doc: 'A peer advertises a total difficulty of zero.',
      after: 'Zero total difficulty advertised in Status: nobody downloads from the node.',
      domain: { claims: () => 0n },
      under: 'join',
    },
    servesNoBodies: {
      doc: 'Headers are served, and no bodies.',
      after: 'Common sentence JOIN-GETS-ALL: the chain is more than its headers.',
      roles: { peer: { actions: { serveBodies: nothing } } },
      under: 'join',
    },
  },
});
