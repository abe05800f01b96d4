import { defineProperty } from '../../model/property/property.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { heldAbove } from '../../spec/blockchain/rules/issuance.ts';
import { minedBy, type PeerView, showPeer } from './sight.ts';
import { chainFrom, chainOf, sameState, truthOf } from './truth.ts';

const hasEachNonceOnce = (peer: PeerView): boolean => {
  const spent = minedBy(peer).map(({ from, nonce }) => `${from} ${nonce}`);
  return new Set(spent).size === spent.length;
};

export const replicated = defineProperty(blockchain, {
  id: 'REPLICATED',
  claim: 'Peers with the same head hold the same accounts and balances, although each keeps its state incrementally and unwinds it.',
  source: 'common sentence REPLICATED: a fully replicated database of accounts and balances',
  holdsUnder: ['reorganise', 'partitionAndHeal', 'crash', 'abstractPartition', ...everyWorld],
  always: {
    stateIsWhatTheChainSays: (world) => world.every('peer', ({ context: { kept } }) => sameState(kept.state, truthOf(kept.head).state)),
    sameHeadSameState: (world) => {
      const states = new Map(world.map('peer', ({ context: { kept } }) => [kept.head.hash, kept.state]));
      return world.every('peer', ({ context: { kept } }) => sameState(kept.state, states.get(kept.head.hash) ?? kept.state));
    },
    supplyFollowsTheSchedule: (world) =>
      world.every('peer', ({ context: { kept } }) => heldAbove(chainOf(kept.head), kept.state) === chainOf(kept.head).issued(kept.head)),
    noNonceTwice: (world) => world.every('peer', hasEachNonceOnce),
    anyBranchCanBeLeft: (world) =>
      world.every('peer', ({ context: { kept } }) => {
        let depth = 0;
        for (let at = kept.trail; at !== null; at = at.below) depth++;
        return depth === kept.head.number;
      }),
  },
  sometimes: {
    aBranchIsLeft: (world) =>
      world.some('peer', ({ context: { kept } }) => [...kept.side.values()].some((cell) => cell.number > 0) && kept.head.number > 1),
    aTransactionIsMined: (world) =>
      world.some('peer', ({ context }) => chainFrom(context.kept.head).some((cell) => cell.body.transactions.length > 0)),
  },
  shows: { peer: showPeer },
  mutants: {
    keepsWhatWasCreated: {
      doc: 'Unwinding restores what changed, but leaves accounts that did not exist before; and no state root is compared.',
      after: 'go-ethereum, November 2016: the deletion of an account was not reverted.',
      domain: {
        unwind: (after, undo) => new Map([...after, ...[...undo].flatMap(([address, held]) => (held === null ? [] : [[address, held] as const]))]),
        stateMatches: () => true,
      },
    },
    unwindsNothing: {
      doc: 'A reorganisation executes the new branch over the state of the old one; and no state root is compared.',
      after: 'Besu, January 2024: the trie log of a block was not rolled back.',
      domain: { unwind: (state) => state, stateMatches: () => true },
    },
  },
});
