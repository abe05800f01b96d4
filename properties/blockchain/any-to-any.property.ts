import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { betweenConnected, difficultyOf, hasOrNeedsNot, showPeer } from './sight.ts';
import { keeps } from './truth.ts';

export const anyToAny = defineProperty(blockchain, {
  id: 'ANY-TO-ANY',
  claim: 'What any peer holds, its chain and its pending transactions, every peer connected with it obtains, if it is worth as much as its own.',
  source: 'common sentence ANY-TO-ANY: all participants can use the information of any other',
  holdsUnder: ['wallets', 'crash', 'reordering'],
  recovers: {
    obtainsTheOthers: {
      withinRounds: 60,
      holds: (world) =>
        betweenConnected(
          world,
          (one, other) =>
            (difficultyOf(one) >= difficultyOf(other) || keeps(one.context, other.context.kept.head.hash)) &&
            [...other.context.pool.values()].every((transaction) => hasOrNeedsNot(one, transaction)),
        ),
    },
  },
  sometimes: { someoneObtains: (world) => world.count('peer', (peer) => peer.context.kept.head.number > 0) >= 3 },
  shows: { peer: showPeer },
  mutants: {
    servesStrangersOnly: {
      doc: 'Requests for headers are not answered.',
      after: 'A free rider: it uses what others hold and gives nothing.',
      roles: { peer: { actions: { serveHeaders: nothing } } },
      under: 'crash',
    },
  },
});

export const anyToAnyAtAnyTime = defineProperty(blockchain, {
  id: 'ANY-TO-ANY-AT-ANY-TIME',
  claim: 'At any time, any two peers that are up can reach each other.',
  source: 'common sentence ANY-TO-ANY: "at any time"',
  holdsUnder: ['pair', 'tie'],
  failsUnder: { partitionAndHeal: 'While a cut lasts, what is on its other side cannot be obtained.' },
  always: { allAreConnected: (world) => world.components().length <= 1 },
  shows: { peer: showPeer },
});
