import { assign } from 'xstate';
import { defineProperty, type Monitor } from '../../model/property/property.ts';
import type { Found, Work } from '../../spec/blockchain/messages.ts';
import type { MinerContext } from '../../spec/blockchain/miner.ts';
import { branchAbove, forkOf } from '../../spec/blockchain/peer/kept-chain.ts';
import { greater } from '../../spec/blockchain/peer/tables.ts';
import { type BlockchainRoles, blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { type PeerView, showPeer, type World } from './sight.ts';
import { chainFor } from './truth.ts';

type Told = { readonly head: string; readonly totalDifficulty: bigint };

/** The heads that each miner was told, by host; and of each block, the most total difficulty that its miner knew of. */
type News = { readonly told: Readonly<Record<string, readonly Told[]>>; readonly knew: Readonly<Record<string, bigint>> };

/** What was told up to the first time that a miner was told its present work: what is told later may not have reached it. */
const reached = (told: readonly Told[], { work }: MinerContext): readonly Told[] =>
  told.slice(0, told.findIndex(({ head }) => head === work?.parent.hash) + 1);

const news: Monitor<BlockchainRoles> = {
  initial: { told: {}, knew: {} },
  next: (state, { host, effect, local }) => {
    if (effect.type !== 'tell') return state;
    const { told, knew } = state as unknown as News;
    const mine = told[host] ?? [];
    if (effect.message.type === 'Work') {
      const { hash: head, totalDifficulty } = (effect.message as unknown as Work).parent;
      return mine.some((one) => one.head === head) ? state : { knew, told: { ...told, [host]: [...mine, { head, totalDifficulty }] } };
    }
    if (effect.message.type !== 'Found') return state;
    const { header } = (effect.message as unknown as Found).block;
    const most = reached(mine, local.context as MinerContext).reduce((most, one) => greater(most, one.totalDifficulty), 0n);
    return { told, knew: { ...knew, [chainFor(header).hash(header)]: most } };
  },
};

/** The blocks that a peer leaves, and those for which it leaves them. */
const reorganised = (then: PeerView, now: PeerView) => {
  const fork = forkOf(then.context.kept.head, now.context.kept.head);
  return { left: branchAbove(then.context.kept.head, fork), taken: branchAbove(now.context.kept.head, fork) };
};

/** Whether each block is left for a branch whose miner, when it caught up with the block, had not been told of so much work. */
const cameLate = (world: World, then: PeerView, now: PeerView): boolean => {
  const { knew } = world.monitor('news') as unknown as News;
  const { left, taken } = reorganised(then, now);
  return left.every((block) => {
    const overtaker = taken.find(({ totalDifficulty }) => totalDifficulty >= block.totalDifficulty);
    return overtaker !== undefined && (knew[overtaker.hash] ?? 0n) < block.totalDifficulty;
  });
};

/** Takes work over the same block or over its successors only. */
const takesWhatContinues = assign(({ context, event }) => {
  const { work } = context as MinerContext;
  const { parent, state, transactions, ommers } = event as unknown as Work;
  const continues = work === null || forkOf(work.parent, parent).hash === work.parent.hash;
  return continues ? { work: { parent, state, transactions, ommers } } : {};
});

export const reorganisationDepth = defineProperty(blockchain, {
  id: 'REORG-DEPTH',
  claim:
    'A reorganisation is no deeper than news was late: the miner that caught up with a block had not been told of so much work. Outside of a download, miners build on the head of their peer.',
  source: 'Nakamoto 2008, section 5, steps 5-6',
  holdsUnder: ['tie', 'partitionAndHeal', 'reorganise', 'abstractPartition', ...everyWorld],
  monitors: { news },
  always: {
    minersBuildOnTheHead: (world) =>
      world.every('miner', ({ host, context: { work } }) => {
        const peer = world.at('peer', host);
        // In the middle of a download the head moves batch by batch; a miner is told at the end, as in Core Geth.
        if (work === null || peer === undefined || peer.context.sync !== null || work.parent.hash === peer.context.kept.head.hash) return true;
        return world.inFlight({ to: host, type: 'Work' }).length > 0;
      }),
  },
  step: {
    whatIsLeftCameLate: (before, action, after) =>
      action.type === 'Crash' ||
      action.type === 'Restart' ||
      after.every('peer', (peer) => {
        const then = before.at('peer', peer.host);
        if (then === undefined || !then.running || then.context.kept.head.hash === peer.context.kept.head.hash) return true;
        return cameLate(after, then, peer);
      }),
  },
  sometimes: {
    twoBlocksAreLeft: (world) =>
      world.some('peer', ({ context: { kept } }) =>
        [...kept.side.values()].some((cell) => kept.head.totalDifficulty > cell.totalDifficulty && cell.number - forkOf(kept.head, cell).number >= 2),
      ),
  },
  shows: { peer: showPeer, miner: ({ context: { work } }) => (work === null ? 'has no work' : `builds on block ${work.parent.number}`) },
  mutants: {
    keepsToOwnBranch: {
      doc: 'A miner takes new work only where it continues what it builds on: a reorganisation does not reach it.',
      after: 'Ethereum Classic, August 2020: a branch that was mined apart from the rest came back, and thousands of blocks were left.',
      roles: { miner: { actions: { takeWork: takesWhatContinues } } },
    },
    higherIsBetter: {
      doc: 'A peer leaves its head for a block of at least its height, so a miner builds on less than it knows of.',
      after: 'Height instead of total difficulty decides: the "longest chain" of Nakamoto 2008, with ties for the newcomer.',
      domain: { prefers: (candidate, head) => candidate.number >= head.number },
    },
  },
});
