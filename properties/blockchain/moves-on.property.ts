import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { hasEqualDifficulty, showPeer } from './sight.ts';

export const movesOn = defineProperty(blockchain, {
  id: 'MOVES-ON',
  claim: 'What was announced and asked for but not sent is fetched from another: no request waits for ever.',
  source: 'Core Geth, eth/fetcher/block_fetcher.go, fetchTimeout',
  holdsUnder: ['staller', 'joinWhileLied'],
  recovers: {
    nothingIsAwaited: {
      withinRounds: 62,
      holds: (world) => world.every('peer', (peer) => peer.matches('fetcher.idle') && peer.matches('pool.idle')),
    },
    equalDifficulty: { withinRounds: 60, holds: hasEqualDifficulty },
  },
  sometimes: { theStallerIsAsked: (world) => world.some('staller', ({ context }) => context.asked > 0) },
  shows: { peer: (peer) => `${showPeer(peer)}, waits for ${peer.context.wanted.size} blocks` },
  mutants: {
    asksTheSameForEver: {
      doc: 'A peer that does not answer is asked again, and nobody else.',
      after: 'The inventory stall: a block that was asked of one peer was not asked of another.',
      roles: { peer: { actions: { strikeAnnouncer: nothing, dropAnnouncer: nothing, strikeSource: nothing } } },
    },
    givesNobodyUp: {
      doc: 'A source that promised more than it serves stays the first choice.',
      after: 'Core Geth, errStallingPeer not counted: the same peer is downloaded from again and again.',
      roles: { peer: { actions: { strikeSource: nothing } } },
      under: 'joinWhileLied',
    },
  },
});
