import { invariant } from '../../model/kernel/errors.ts';
import { defineProperty, type Property } from '../../model/property/property.ts';
import type { Cell, State } from '../../spec/blockchain/chain.ts';
import type { Mutant } from '../../model/protocol/protocol.ts';
import { type BlockchainDomain, coreGethLimits } from '../../spec/blockchain/domain.ts';
import type { BlockchainRoles } from '../../spec/blockchain/protocol.ts';
import { type DownloadName, type downloadOf, downloads, type Held, joiner } from '../../spec/blockchain/download.ts';
import { heldAbove } from '../../spec/blockchain/rules/issuance.ts';
import { equalDifficulty } from './equal-difficulty.property.ts';
import { honestStays } from './honest-stays.property.ts';
import { joinGetsAll } from './join-gets-all.property.ts';
import { difficultyOf, hasEqualDifficulty, showPeer } from './sight.ts';
import { statusHonest } from './status-honest.property.ts';
import { chainFrom } from './truth.ts';
import { workNeverFalls } from './work-never-falls.property.ts';

type DownloadProtocol = ReturnType<typeof downloadOf>;

/** A fault that a claim of the suites names, to be looked for where a file is downloaded. */
const planted = (
  { type: { mutants = {} } }: Property,
  name: string,
  under: DownloadName = 'download',
): Readonly<Record<string, Mutant<BlockchainRoles, BlockchainDomain>>> => {
  const mutant = mutants[name];
  invariant(mutant !== undefined, `the suites plant no ${name}`);
  return { [name]: { ...mutant, under } as Mutant<BlockchainRoles, BlockchainDomain> };
};

/** A judgement of a state, remembered as long as that lives: properties ask after every step, and a state has thousands of accounts. */
const rememberedOf = <T>(judge: (state: State) => T): ((state: State) => T) => {
  const known = new WeakMap<State, T>();
  return (state) => {
    const old = known.get(state);
    if (old !== undefined) return old;
    const judgement = judge(state);
    known.set(state, judgement);
    return judgement;
  };
};

/**
 * The claims about blockchains that a download can break, judged against the chain of a file that was verified block by
 * block before: what a peer keeps must be a part of it, and its state the one whose root was verified.
 */
export const downloadClaims = (protocol: DownloadProtocol, { chain, kept: whole }: Held): readonly Property[] => {
  const cells: Cell[] = [];
  for (const cell of chainFrom(whole.head)) cells[cell.number] = cell;
  const isOfFile = ({ number, hash, totalDifficulty }: Cell): boolean =>
    cells[number]?.hash === hash && cells[number].totalDifficulty === totalDifficulty;
  const heldBy = rememberedOf((state) => heldAbove(chain, state));
  const rounds = protocol.scenarios.download.bounds?.rounds ?? 0;
  /** A claim of the suites, under these situations: what it says of every state and step does not depend on the chain. */
  const overFile = (claim: Property, mutant: string, under?: DownloadName): Property => {
    const { mutants: _, sometimes: __, failsUnder: ___, ...type } = claim.type;
    return {
      protocol: protocol as unknown as Property['protocol'],
      type: { ...type, holdsUnder: [...downloads], mutants: planted(claim, mutant, under) },
    };
  };
  return [
    defineProperty(protocol, {
      id: 'JOIN-GETS-ALL',
      claim: 'A peer that joins downloads every block of the file, whatever is lost, cut, held back or crashes on the way.',
      source: 'common sentence JOIN-GETS-ALL: the whole chain is sent to a node that joins',
      holdsUnder: [...downloads],
      recovers: {
        everyBlockIsThere: {
          withinRounds: rounds,
          holds: (world) => world.every('peer', ({ context }) => context.kept.head.hash === whole.head.hash),
        },
      },
      sometimes: {
        itHasHalf: (world) => world.some('peer', (peer) => peer.host === joiner && peer.context.kept.head.number * 2 >= whole.head.number),
        itHasAll: (world) => world.some('peer', (peer) => peer.host === joiner && peer.context.kept.head.hash === whole.head.hash),
      },
      shows: { peer: showPeer },
      mutants: planted(joinGetsAll, 'servesNoBodies'),
    }),
    defineProperty(protocol, {
      id: 'EQUAL-DIFFICULTY',
      claim: 'Once the network heals and comes to rest, all connected peers hold chains of equal total difficulty.',
      source: 'Nakamoto 2008, section 5; devp2p eth/68, Chain Synchronization',
      holdsUnder: [...downloads],
      recovers: { equalDifficulty: { withinRounds: rounds, holds: hasEqualDifficulty } },
      shows: { peer: showPeer },
      mutants: planted(equalDifficulty, 'believesNobody'),
    }),
    defineProperty(protocol, {
      id: 'REPLICATED',
      claim: 'At every head that a peer ever has, its accounts are those whose state root was verified, and they hold what the schedule has issued.',
      source: 'common sentence REPLICATED: a fully replicated database of accounts and balances',
      holdsUnder: [...downloads],
      always: {
        stateIsTheVerifiedOne: (world) => world.every('peer', ({ context: { kept } }) => chain.stateMatches(kept.head.header, kept.state)),
        supplyFollowsTheSchedule: (world) => world.every('peer', ({ context: { kept } }) => heldBy(kept.state) === chain.issued(kept.head)),
      },
      sometimes: {
        onTheWay: (world) => world.some('peer', ({ context }) => context.kept.state.size > 0 && context.kept.head.number < whole.head.number),
      },
      shows: { peer: (peer) => `${showPeer(peer)}, ${peer.context.kept.state.size} accounts beside the allocation` },
      mutants: {
        paysNoOmmers: {
          doc: 'Whoever includes an ommer and whoever found it get nothing; and no state root is compared.',
          under: 'download',
          domain: ({ execute }) => ({
            execute: (state, header, body) => execute(state, header, { ...body, ommers: [] }),
            stateMatches: () => true,
          }),
        },
      },
    }),
    defineProperty(protocol, {
      id: 'VALID-BLOCKS',
      claim: 'A peer keeps blocks of the file only, each under its total difficulty there.',
      source: 'Nakamoto 2008, section 5, step 5; devp2p eth/68, Block Encoding and Validity',
      holdsUnder: [...downloads],
      always: {
        onlyBlocksOfTheFile: (world) =>
          world.every('peer', ({ context: { kept } }) => isOfFile(kept.head) && [...kept.side.values()].every(isOfFile)),
      },
      shows: { peer: showPeer },
      mutants: {
        countsBlocks: {
          doc: 'The total difficulty of a block is the number of blocks up to it.',
          under: 'download',
          domain: { totalDifficulty: (parent) => parent.totalDifficulty + 1n },
        },
      },
    }),
    defineProperty(protocol, {
      id: 'BOUNDED',
      claim: 'No more headers wait for their bodies than one batch has.',
      source: 'Core Geth, eth/downloader',
      holdsUnder: [...downloads],
      always: {
        headersInWaiting: (world) => world.every('peer', ({ context }) => (context.sync?.headers.length ?? 0) <= coreGethLimits.headerBatch),
      },
      sometimes: { aFullBatchWaits: (world) => world.some('peer', ({ context }) => context.sync?.headers.length === coreGethLimits.headerBatch) },
      shows: { peer: (peer) => `${difficultyOf(peer)}, ${peer.context.sync?.headers.length ?? 0} headers wait` },
      mutants: {
        asksForAllThatIsServed: {
          doc: 'A peer asks for as many headers as another serves, and keeps them all until their bodies come.',
          under: 'download',
          domain: ({ limits }) => ({ limits: { ...limits, headerBatch: limits.headersServed } }),
        },
      },
    }),
    overFile(workNeverFalls, 'storesNothing'),
    overFile(statusHonest, 'claimsZero'),
    overFile(honestStays, 'takesSlownessForALie', 'downloadOverDatagrams'),
  ];
};
