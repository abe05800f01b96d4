import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { type Kept, keptKey } from '../../spec/blockchain/peer/context.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { difficultyOf, type PeerView, showPeer } from './sight.ts';

const storedDifficulty = (peer: PeerView): bigint => (peer.stored[keptKey] as Kept | undefined)?.head.totalDifficulty ?? 0n;

export const workNeverFalls = defineProperty(blockchain, {
  id: 'WORK-NEVER-FALLS',
  claim:
    'A peer leaves its head only for strictly more total difficulty; after a restart it has at least what it had stored, and it stores before it announces.',
  source: 'Nakamoto 2008, section 5; Core Geth, core/forkchoice.go',
  holdsUnder: ['crash', 'tie', 'partitionAndHeal', 'abstractPartition', 'liar', ...everyWorld],
  always: {
    whatIsKeptIsStored: (world) =>
      world.every('peer', (peer) => peer.context.kept.head.number === 0 || storedDifficulty(peer) === difficultyOf(peer)),
  },
  step: {
    headMovesForMoreOnly: (before, action, after) =>
      action.type === 'Crash' ||
      action.type === 'Restart' ||
      after.every('peer', (peer) => {
        const then = before.at('peer', peer.host);
        if (then === undefined || !then.running) return true;
        return then.context.kept.head.hash === peer.context.kept.head.hash || difficultyOf(peer) > difficultyOf(then);
      }),
    restartKeepsWhatWasStored: (before, action, after) => {
      if (action.type !== 'Restart') return true;
      const [then, now] = [before.at('peer', action.host), after.at('peer', action.host)];
      return then === undefined || now === undefined || difficultyOf(now) >= storedDifficulty(then);
    },
  },
  sometimes: {
    aPeerRestartsWithAChain: (world) =>
      world.some('peer', (peer) => storedDifficulty(peer) > 0n && peer.context.nextId === 0 && peer.context.sessions.size === 0),
  },
  shows: { peer: showPeer },
  mutants: {
    tiesFlip: {
      doc: 'A peer leaves its head for a block of equal total difficulty.',
      after: 'Core Geth flips a coin on a tie of height, so that ties swing between peers.',
      domain: { prefers: (candidate, head) => candidate.totalDifficulty >= head.totalDifficulty },
      under: 'tie',
    },
    latestWins: {
      doc: 'A peer takes every valid block for its head.',
      after: 'The last block that came wins: what a fork choice is for.',
      domain: { prefers: () => true },
      under: 'tie',
    },
    storesNothing: {
      doc: 'A new head is announced and not stored.',
      after: 'A database that is written only at shutdown: after a crash the node is behind what it has announced.',
      roles: { peer: { actions: { store: nothing } } },
    },
  },
});
