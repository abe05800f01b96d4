import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { betweenConnected, hasOrNeedsNot } from './sight.ts';

export const txReachesAll = defineProperty(blockchain, {
  id: 'TX-REACHES-ALL',
  claim:
    'A transaction that waits at one peer reaches every connected honest peer. (Not because each sends it to all: each sends it to some, and its hash to the rest.)',
  source: 'common sentence TX-REACHES-ALL: nodes send new transactions on to all other nodes; devp2p eth/68, Transaction Exchange',
  holdsUnder: ['wallets', 'reorganise'],
  recovers: {
    everyPendingOneIsHeldByAll: {
      withinRounds: 60,
      holds: (world) =>
        betweenConnected(world, (one, other) => [...other.context.pool.values()].every((transaction) => hasOrNeedsNot(one, transaction))),
    },
  },
  sometimes: {
    allHoldOne: (world) => world.every('peer', ({ context }) => context.pool.size > 0),
    oneIsMined: (world) => world.some('peer', ({ context }) => context.kept.head.body.transactions.length > 0),
  },
  shows: { peer: ({ context }) => `${context.pool.size} waiting` },
  mutants: {
    ignoresHashes: {
      doc: 'Announced transactions are never asked for.',
      after: 'devp2p eth/68, NewPooledTransactionHashes: an announcement that nobody follows.',
      roles: { peer: { actions: { noteOffered: nothing } } },
    },
    offersNothingAtStart: {
      doc: 'A new session does not begin with the hashes of the pool.',
      after: 'Pools that were not synchronised when a connection was made, before eth/65.',
      roles: { peer: { actions: { offerPool: nothing } } },
    },
  },
});
