import { defineProperty, type Monitor } from '../../model/property/property.ts';
import { type BlockchainRoles, blockchain } from '../../spec/blockchain/protocol.ts';

/** How the last operation of each wallet ended. */
const lastOutcome: Monitor<BlockchainRoles> = {
  initial: {},
  next: (state, { host, effect }) => {
    if (effect.type !== 'return') return state;
    return { ...(state as Record<string, string>), [host]: effect.outcome.definite ? 'answered' : 'given up' };
  },
};

export const redundant = defineProperty(blockchain, {
  id: 'REDUNDANT',
  claim: 'Service continues while one of the replicas that the asker knows is up and connected to it.',
  source: 'common sentence REDUNDANT: redundancy, little downtime',
  holdsUnder: ['replicas'],
  failsUnder: { oneServer: 'With a single server, the service ends with it: the centre is the disadvantage.' },
  monitors: { lastOutcome },
  recovers: {
    lastCallIsAnswered: {
      withinRounds: 30,
      holds: (world) => world.every('wallet', ({ host }) => (world.monitor('lastOutcome') as Record<string, string>)[host] !== 'given up'),
    },
  },
  sometimes: {
    aCallIsAnswered: (world) => Object.values(world.monitor('lastOutcome') as Record<string, string>).includes('answered'),
    theFirstServerIsGone: (world) => world.life('ann') === 'left',
  },
  shows: { wallet: ({ context }) => (context.pending === null ? 'asks nothing' : `asks ${context.servers[context.server] ?? 'nobody'}`) },
  mutants: {
    neverFailsOver: {
      doc: 'A wallet asks its first server only.',
      after: 'A client with one address built in.',
      roles: { wallet: { guards: { hasAnotherServer: () => false } } },
    },
  },
});
