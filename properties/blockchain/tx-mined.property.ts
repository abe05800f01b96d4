import { defineProperty, type Monitor } from '../../model/property/property.ts';
import type { Kept } from '../../spec/blockchain/peer/context.ts';
import { type BlockchainRoles, blockchain } from '../../spec/blockchain/protocol.ts';
import { minedBy } from './sight.ts';
import { chainOf } from './truth.ts';

/** How high the chain was when a wallet was last told that its transaction is taken, by wallet. */
type Taken = { readonly height: number; readonly at: Readonly<Record<string, number>> };

const taken: Monitor<BlockchainRoles> = {
  initial: { height: 0, at: {} },
  next: (state, { host, role, effect }) => {
    const { height, at } = state as unknown as Taken;
    if (role === 'peer' && effect.type === 'persist') return { height: Math.max(height, (effect.value as unknown as Kept).head.number), at };
    const isTaken = role === 'wallet' && effect.type === 'return' && effect.operation === 'sendTransaction' && effect.outcome.definite;
    return isTaken ? { height, at: { ...at, [host]: height } } : state;
  },
};

/** So many blocks may be found before one holds the transaction: those that were under way when it came. */
const underWay = 6;

export const txMined = defineProperty(blockchain, {
  id: 'TX-MINED',
  claim: 'A valid transaction that a peer has taken is mined within a few blocks.',
  source: 'Nakamoto 2008, section 5, steps 1-2',
  holdsUnder: ['mined'],
  monitors: { taken },
  recovers: {
    whatWasTakenIsMined: {
      withinRounds: 60,
      holds: (world) => {
        const { height, at } = world.monitor('taken') as unknown as Taken;
        return world.every('wallet', ({ host, context: { local } }) => {
          if (local.last === '' || height < (at[host] ?? height) + underWay) return true;
          return world.every('peer', (peer) =>
            minedBy(peer).some((transaction) => chainOf(peer.context.kept.head).transactionHash(transaction) === local.last),
          );
        });
      },
    },
  },
  sometimes: {
    oneIsMined: (world) => world.some('peer', (peer) => minedBy(peer).length > 0),
  },
  shows: { peer: (peer) => `${minedBy(peer).length} mined, ${peer.context.pool.size} waiting` },
  mutants: {
    takesNoneFromPeers: {
      doc: 'A peer keeps the transactions of its own wallets only.',
      after: 'Transactions that do not reach a miner: pools that are not shared.',
      roles: { peer: { guards: { bringsNews: () => false } } },
    },
  },
});
