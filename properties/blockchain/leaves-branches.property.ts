import { defineProperty } from '../../model/property/property.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { everyWorld } from '../../spec/blockchain/scenarios.ts';
import { hasEqualDifficulty, showPeer } from './sight.ts';
import { chainOf } from './truth.ts';

export const leavesBranches = defineProperty(blockchain, {
  id: 'UNWINDS',
  claim: 'Unwinding after executing is the identity, so a peer can leave any branch for a heavier one.',
  source: 'yellow paper, section 4.4; Core Geth, core/blockchain.go, reorg',
  holdsUnder: ['partitionAndHeal', 'reorganise', 'crash', ...everyWorld],
  always: {
    trailLeadsToGenesis: (world) =>
      world.every('peer', ({ context: { kept } }) => {
        let { state } = kept;
        for (let at = kept.trail; at !== null; at = at.below) state = chainOf(kept.head).unwind(state, at.undo);
        return state.size === 0;
      }),
  },
  recovers: { equalDifficulty: { withinRounds: 60, holds: hasEqualDifficulty } },
  sometimes: {
    aBranchWasLeft: (world) => world.some('peer', ({ context: { kept } }) => kept.head.number > 1 && kept.side.size > 0),
  },
  shows: { peer: showPeer },
  mutants: {
    deletionNotReverted: {
      doc: 'Unwinding leaves accounts that did not exist before, so the state root of the other branch cannot be met.',
      after: 'go-ethereum, November 2016: the deletion of an account was not reverted, and the network split.',
      domain: {
        unwind: (after, undo) => new Map([...after, ...[...undo].flatMap(([address, held]) => (held === null ? [] : [[address, held] as const]))]),
      },
    },
  },
});
