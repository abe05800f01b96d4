import { defineProperty } from '../../model/property/property.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { adversaries, showPeer } from './sight.ts';

export const honestStays = defineProperty(blockchain, {
  id: 'HONEST-STAYS',
  claim: 'No peer that keeps the protocol is taken for one that breaks it, however late and in whatever order its messages come.',
  source: 'devp2p eth/68, Transaction Encoding and Validity; CLAIMS, NO-SERVER',
  holdsUnder: ['partitionAndHeal', 'crash', 'reordering', 'reorganise', 'join', 'liar', 'staller'],
  monitors: {
    breaches: {
      initial: true,
      next: (state, { role, effect }) => {
        if (role !== 'peer' || effect.type !== 'send' || effect.message.type !== 'Disconnect') return state;
        const { reason } = effect.message as unknown as { readonly reason: string };
        return state === true && (reason !== 'breach of protocol' || (effect.to as readonly string[]).every((host) => adversaries.has(host)));
      },
      holds: (state) => state === true,
    },
  },
  sometimes: { aSlowOneIsParted: (world) => world.some('peer', ({ context }) => context.parted.size > 0) },
  shows: { peer: (peer) => `${showPeer(peer)}, barred ${[...peer.context.barred].sort().join(' ') || 'nobody'}` },
  mutants: {
    takesRacesForLies: {
      doc: 'A source whose chain changed during the download is taken for one that sends headers that do not fit.',
      after: 'go-ethereum, errInvalidChain after a reorganisation of the source: honest peers were dropped.',
      roles: { peer: { guards: { headersStartElsewhere: () => false } } },
      under: 'partitionAndHeal',
    },
  },
});
