import { defineProperty } from '../../model/property/property.ts';
import { smallLimits } from '../../spec/blockchain/domain.ts';
import type { PeerContext } from '../../spec/blockchain/peer/context.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';

const announcedBy = ({ wanted }: PeerContext, host: string): number =>
  [...wanted.values()].filter(({ announcers }) => announcers.includes(host)).length;

export const bounded = defineProperty(blockchain, {
  id: 'BOUNDED',
  claim: 'What a peer keeps without having verified its work is bounded for each neighbour, and so are pool and side blocks.',
  source: 'Core Geth, eth/fetcher/block_fetcher.go, hashLimit; CVE-2024-52916, CVE-2018-17145',
  holdsUnder: ['liar', 'joinWhileLied', ...everyWorld],
  always: {
    announcements: (world) =>
      world.every('peer', ({ context }) => [...context.sessions.keys()].every((host) => announcedBy(context, host) <= smallLimits.announcedByPeer)),
    pool: (world) => world.every('peer', ({ context }) => context.pool.size <= smallLimits.pool),
    offers: (world) => world.every('peer', ({ context }) => context.offered.size <= smallLimits.pool),
    sideBlocks: (world) => world.every('peer', ({ context }) => context.kept.side.size <= smallLimits.side),
    headersInWaiting: (world) => world.every('peer', ({ context }) => (context.sync?.headers.length ?? 0) <= smallLimits.headerBatch),
    memory: (world) => world.every('peer', ({ context }) => context.condemned.size <= smallLimits.condemned),
  },
  sometimes: { aFloodComes: (world) => world.some('peer', ({ context }) => announcedBy(context, 'lou') === smallLimits.announcedByPeer) },
  shows: { peer: ({ context }) => `${context.wanted.size} announced, ${context.pool.size} pooled, ${context.kept.side.size} beside the chain` },
  mutants: {
    unboundedAnnouncements: {
      doc: 'Any number of announced blocks is remembered for a peer.',
      after: 'Header spam, CVE-2024-52916, and CVE-2018-17145: memory that costs the sender nothing.',
      domain: ({ limits }) => ({ limits: { ...limits, announcedByPeer: 1_000_000 } }),
    },
    unboundedPool: {
      doc: 'Any number of transactions whose turn has not come is kept.',
      after: 'The orphan flood: transactions that can never be mined fill the memory.',
      domain: ({ limits }) => ({ limits: { ...limits, pool: 1_000_000 } }),
    },
  },
});
