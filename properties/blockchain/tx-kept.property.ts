import { defineProperty } from '../../model/property/property.ts';
import { returned } from '../../spec/blockchain/peer/kept-chain.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { hasOrNeedsNot } from './sight.ts';

export const txKept = defineProperty(blockchain, {
  id: 'TX-KEPT',
  claim: 'A transaction of a block that a peer leaves is pending again, unless the new branch holds it or makes it invalid.',
  source: 'Core Geth, core/txpool/legacypool, reset; Nakamoto 2008, section 5',
  holdsUnder: ['reorganise'],
  step: {
    leftOnesArePending: (before, _action, after) =>
      after.every('peer', (peer) => {
        const then = before.at('peer', peer.host);
        if (then === undefined || !then.running || then.context.kept.head.hash === peer.context.kept.head.hash) return true;
        return returned(then.context.kept.head, peer.context.kept.head).every((transaction) => hasOrNeedsNot(peer, transaction));
      }),
  },
  sometimes: {
    aMinedOneIsLeft: (world) =>
      world.some('peer', ({ context: { kept } }) => [...kept.side.values()].some((cell) => cell.body.transactions.length > 0)),
  },
  shows: { peer: ({ context }) => `head ${context.kept.head.number}, ${context.pool.size} waiting` },
  mutants: {
    forgetsLeftTransactions: {
      doc: 'The transactions of blocks that were left are forgotten.',
      after: 'Payments that vanish in a reorganisation.',
      domain: { pendingAgain: () => [] },
    },
  },
});
