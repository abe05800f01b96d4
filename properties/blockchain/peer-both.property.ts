import { defineProperty, type Monitor } from '../../model/property/property.ts';
import { type BlockchainRoles, blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { showPeer } from './sight.ts';

const answers = new Set(['BlockHeaders', 'BlockBodies', 'PooledTransactions']);
const questions = new Set(['GetBlockHeaders', 'GetBlockBodies', 'GetPooledTransactions']);

type Exchange = { readonly served: readonly string[]; readonly owed: Readonly<Record<string, number>> };

/** Who has served whom, and how many answers each owes each. */
const exchange: Monitor<BlockchainRoles> = {
  initial: { served: [], owed: {} },
  next: (state, { host, role, effect }) => {
    if (role !== 'peer' || effect.type !== 'send') return state;
    const { served, owed } = state as unknown as Exchange;
    const to = effect.to as readonly string[];
    if (answers.has(effect.message.type)) {
      const pairs = to.map((other) => `${host} ${other}`);
      const left = Object.fromEntries(Object.entries(owed).map(([pair, count]) => [pair, pairs.includes(pair) ? count - 1 : count]));
      return { served: [...new Set([...served, ...pairs])].sort(), owed: left };
    }
    if (!questions.has(effect.message.type)) return state;
    const more = to.map((other) => [`${other} ${host}`, (owed[`${other} ${host}`] ?? 0) + 1] as const);
    return { served, owed: { ...owed, ...Object.fromEntries(more) } };
  },
  holds: (state) => Object.values((state as unknown as Exchange).owed).every((count) => count >= 0),
};

const served = (state: unknown): readonly string[] => (state as Exchange).served;

export const peerBoth = defineProperty(blockchain, {
  id: 'PEER-BOTH',
  claim: 'In the same communication each peer both serves and is served, and it serves only what it was asked.',
  source: 'common sentence PEER-BOTH: every client is a server and every server a client; RFC 5694',
  holdsUnder: ['partitionAndHeal', 'tie', ...everyWorld],
  monitors: { exchange },
  sometimes: {
    eachServesTheOther: (world) => served(world.monitor('exchange')).includes('ann ben') && served(world.monitor('exchange')).includes('ben ann'),
  },
  recovers: {
    everyQuestionEnds: {
      withinRounds: 60,
      holds: (world) => world.every('peer', (peer) => peer.matches('sync.idle') && peer.matches('fetcher.idle')),
    },
  },
  shows: { peer: showPeer },
});
