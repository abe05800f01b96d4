import { defineProperty } from '../../model/property/property.ts';
import type { Status } from '../../spec/blockchain/messages.ts';
import type { PeerContext } from '../../spec/blockchain/peer/context.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { showPeer } from './sight.ts';

export const statusHonest = defineProperty(blockchain, {
  id: 'STATUS-HONEST',
  claim: 'A peer says in its Status what it holds: its head, and the total difficulty of its chain.',
  source: 'devp2p eth/68, Status (0x00)',
  holdsUnder: ['crash', 'join', 'reordering', ...everyWorld],
  monitors: {
    status: {
      initial: true,
      next: (state, { role, effect, local }) => {
        if (role !== 'peer' || effect.type !== 'send' || effect.message.type !== 'Status') return state;
        const { head, totalDifficulty } = effect.message as unknown as Status;
        const { kept } = local.context as PeerContext;
        return state === true && head === kept.head.hash && totalDifficulty === kept.head.totalDifficulty;
      },
      holds: (state) => state === true,
    },
  },
  sometimes: {
    saidWithAChain: (world) =>
      world.some('peer', ({ context }) => context.kept.head.number > 0 && [...context.sessions.values()].some(({ open }) => open)),
  },
  shows: { peer: showPeer },
  mutants: {
    claimsZero: {
      doc: 'The total difficulty in Status is zero.',
      after: 'Zero total difficulty advertised: no peer synchronises from the node.',
      domain: { claims: () => 0n },
    },
    claimsHeight: {
      doc: 'The total difficulty in Status is the height of the chain.',
      after: 'Confusion of height and total difficulty in a client of Ethereum Classic.',
      domain: { claims: (head) => BigInt(head.number) },
    },
  },
});
