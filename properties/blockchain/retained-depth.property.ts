import { defineProperty } from '../../model/property/property.ts';
import { shortLimits } from '../../spec/blockchain/domain.ts';
import { ancestorAt, branchAbove, forkOf } from '../../spec/blockchain/peer/kept-chain.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { hasEqualDifficulty, type PeerView } from './sight.ts';
import { isValid, keeps } from './truth.ts';

const { side, sideDepth } = shortLimits;

/** How many blocks can be unwound. */
const depthOf = ({ context }: PeerView): number => {
  let depth = 0;
  for (let at = context.kept.trail; at !== null; at = at.below) depth++;
  return depth;
};

/** How far below its head a peer keeps valid blocks beside its chain. */
const oldestBeside = ({ context: { kept } }: PeerView): number =>
  Math.max(0, ...[...kept.side.values()].map(({ number }) => kept.head.number - number));

export const retainedDepth = defineProperty(blockchain, {
  id: 'RETAINED-DEPTH',
  claim:
    'A peer keeps few valid blocks beside its chain, those near its head, and the way back to genesis: so it leaves a branch of any length, also for one that it has kept no block of.',
  source: 'Core Geth, core/blockchain.go, reorg',
  holdsUnder: ['shortMemory'],
  always: {
    fewAreKeptBeside: (world) => world.every('peer', ({ context }) => context.kept.side.size <= side),
    onlyNearTheHead: (world) => world.every('peer', (peer) => oldestBeside(peer) <= sideDepth),
    besideIsNotOnTheChain: (world) =>
      world.every('peer', ({ context: { kept } }) =>
        [...kept.side.values()].every((cell) => isValid(cell) && ancestorAt(kept.head, cell.number)?.hash !== cell.hash),
      ),
    allCanBeUnwound: (world) => world.every('peer', (peer) => depthOf(peer) === peer.context.kept.head.number),
  },
  step: {
    whatIsLeftStaysNearby: (before, action, after) =>
      action.type === 'Crash' ||
      action.type === 'Restart' ||
      after.every('peer', ({ host, context }) => {
        const then = before.at('peer', host);
        if (then === undefined || !then.running) return true;
        const left = branchAbove(then.context.kept.head, forkOf(then.context.kept.head, context.kept.head));
        const tip = left.at(-1);
        if (tip === undefined || tip.number + sideDepth < context.kept.head.number) return true;
        // A higher block beside the chain may have taken its place.
        const notLower = [...context.kept.side.values()].filter(({ number }) => number >= tip.number).length;
        return keeps(context, tip.hash) || notLower >= side;
      }),
  },
  recovers: { equalDifficulty: { withinRounds: 60, holds: hasEqualDifficulty } },
  sometimes: {
    allPlacesAreTaken: (world) => world.some('peer', ({ context }) => context.kept.side.size === side),
    aLongerBranchIsLeftThanIsKept: (world) =>
      world.some('peer', ({ context: { kept } }) => [...kept.side.values()].some((cell) => cell.number - forkOf(kept.head, cell).number > side)),
  },
  shows: { peer: (peer) => `head ${peer.context.kept.head.number}, ${peer.context.kept.side.size} beside, ${depthOf(peer)} to unwind` },
  mutants: {
    keepsAllBeside: {
      doc: 'Every valid block is kept beside the chain, however old and however many.',
      after: 'Branches over old blocks, whose difficulty is low, are cheap to make and fill the memory of all (CVE-2024-52916, for bodies).',
      domain: ({ limits }) => ({ limits: { ...limits, side: 1_000_000, sideDepth: 1_000_000 } }),
    },
    keepsNoneBeside: {
      doc: 'Blocks that are left are forgotten at once.',
      after: 'A node that prunes side blocks has no ommers to include, and downloads its own branch again when it comes back.',
      domain: ({ limits }) => ({ limits: { ...limits, side: 0 } }),
    },
  },
});
