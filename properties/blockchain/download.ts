import { defineProperty, type Property } from '../../model/property/property.ts';
import type { Hash } from '../../spec/blockchain/chain.ts';
import { coreGethLimits } from '../../spec/blockchain/domain.ts';
import { type downloadOf, type Held, joiner } from '../../spec/blockchain/download.ts';
import { heldAbove } from '../../spec/blockchain/rules/issuance.ts';
import type { State } from '../../spec/blockchain/chain.ts';
import { honestStays } from './honest-stays.property.ts';
import { difficultyOf, hasEqualDifficulty, showPeer } from './sight.ts';
import { statusHonest } from './status-honest.property.ts';
import { chainFrom } from './truth.ts';
import { workNeverFalls } from './work-never-falls.property.ts';

type DownloadProtocol = ReturnType<typeof downloadOf>;

const situations = ['download', 'downloadOverDatagrams'] as const;

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
  const hashes: Hash[] = [];
  for (const { number, hash } of chainFrom(whole.head)) hashes[number] = hash;
  const isOfFile = (cell: { readonly number: number; readonly hash: Hash }): boolean => hashes[cell.number] === cell.hash;
  const heldBy = rememberedOf((state) => heldAbove(chain, state));
  const rounds = protocol.scenarios.download.bounds?.rounds ?? 0;
  /** A claim of the suites, under these situations: what it says of every state and step does not depend on the chain. */
  const overFile = (
    { type: { mutants: _, sometimes: __, failsUnder: ___, ...type } }: Property,
    sometimes: Property['type']['sometimes'],
  ): Property => ({
    protocol: protocol as unknown as Property['protocol'],
    type: { ...type, holdsUnder: [...situations], ...(sometimes === undefined ? {} : { sometimes }) },
  });
  return [
    defineProperty(protocol, {
      id: 'JOIN-GETS-ALL',
      claim: 'A peer that joins downloads every block of the file, whatever is lost, cut, held back or crashes on the way.',
      source: 'CLAIMS, JOIN-GETS-ALL: the whole chain is sent to a node that joins',
      holdsUnder: [...situations],
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
    }),
    defineProperty(protocol, {
      id: 'EQUAL-DIFFICULTY',
      claim: 'Once the network heals and comes to rest, all connected peers hold chains of equal total difficulty.',
      source: 'Nakamoto 2008, section 5; devp2p eth/68, Chain Synchronization',
      holdsUnder: [...situations],
      recovers: { equalDifficulty: { withinRounds: rounds, holds: hasEqualDifficulty } },
      shows: { peer: showPeer },
    }),
    defineProperty(protocol, {
      id: 'REPLICATED',
      claim: 'At every head that a peer ever has, its accounts are those whose state root was verified, and they hold what the schedule has issued.',
      source: 'CLAIMS, REPLICATED: a fully replicated database of accounts and balances',
      holdsUnder: [...situations],
      always: {
        stateIsTheVerifiedOne: (world) => world.every('peer', ({ context: { kept } }) => chain.stateMatches(kept.head.header, kept.state)),
        supplyFollowsTheSchedule: (world) => world.every('peer', ({ context: { kept } }) => heldBy(kept.state) === chain.issued(kept.head)),
      },
      sometimes: {
        onTheWay: (world) => world.some('peer', ({ context }) => context.kept.state.size > 0 && context.kept.head.number < whole.head.number),
      },
      shows: { peer: (peer) => `${showPeer(peer)}, ${peer.context.kept.state.size} accounts beside the allocation` },
    }),
    defineProperty(protocol, {
      id: 'VALID-BLOCKS',
      claim: 'A peer keeps blocks of the file only, each under its total difficulty there.',
      source: 'Nakamoto 2008, section 5, step 5; devp2p eth/68, Block Encoding and Validity',
      holdsUnder: [...situations],
      always: {
        onlyBlocksOfTheFile: (world) =>
          world.every('peer', ({ context: { kept } }) => isOfFile(kept.head) && [...kept.side.values()].every(isOfFile)),
      },
      shows: { peer: showPeer },
    }),
    defineProperty(protocol, {
      id: 'BOUNDED',
      claim: 'No more headers wait for their bodies than one batch has.',
      source: 'Core Geth, eth/downloader',
      holdsUnder: [...situations],
      always: {
        headersInWaiting: (world) => world.every('peer', ({ context }) => (context.sync?.headers.length ?? 0) <= coreGethLimits.headerBatch),
      },
      sometimes: { aFullBatchWaits: (world) => world.some('peer', ({ context }) => context.sync?.headers.length === coreGethLimits.headerBatch) },
      shows: { peer: (peer) => `${difficultyOf(peer)}, ${peer.context.sync?.headers.length ?? 0} headers wait` },
    }),
    overFile(workNeverFalls, undefined),
    overFile(statusHonest, undefined),
    overFile(honestStays, undefined),
  ];
};
