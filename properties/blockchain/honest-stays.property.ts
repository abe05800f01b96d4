import { defineProperty } from '../../model/property/property.ts';
import type { PeerContext } from '../../spec/blockchain/peer/context.ts';
import { bar } from '../../spec/blockchain/peer/sessions.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { actsInstead } from '../shared/instead.ts';
import { adversaries, showPeer } from './sight.ts';

/** Ends the session with the source of a download as if it had lied. */
const barSource = actsInstead<PeerContext>((context) => bar(context, context.sync?.source ?? ''));

export const honestStays = defineProperty(blockchain, {
  id: 'HONEST-STAYS',
  claim: 'No peer that keeps the protocol is taken for one that breaks it, however late and in whatever order its messages come.',
  source: 'devp2p eth/68, Transaction Encoding and Validity; common sentence NO-SERVER',
  holdsUnder: ['partitionAndHeal', 'crash', 'reordering', 'reorganise', 'join', 'liar', 'staller', 'stranger', ...everyWorld],
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
    takesSlownessForALie: {
      doc: 'A source that does not answer in time is treated like one that sends invalid blocks.',
      after: 'go-ethereum, eth/downloader, errTimeout: slow honest peers were dropped, and with them the chain.',
      roles: { peer: { actions: { strikeSource: barSource } } },
    },
  },
});
