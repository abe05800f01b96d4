import type { InstanceView, WorldView } from '../../model/property/property.ts';
import type { Transaction } from '../../spec/blockchain/chain.ts';
import type { BlockchainRoles } from '../../spec/blockchain/protocol.ts';
import { chainFrom, chainOf } from './truth.ts';

/** What the claims about a blockchain look at. */
export type World = WorldView<BlockchainRoles>;
export type PeerView = InstanceView<BlockchainRoles['peer']>;

/** Running peers, in groups between which messages pass. */
const groups = (world: World): readonly (readonly PeerView[])[] =>
  world.components().map((hosts) => hosts.flatMap((host) => world.at('peer', host) ?? []).filter((peer) => peer.running));

/** Whether in every group of connected peers a relation holds between any two. */
export const betweenConnected = (world: World, holds: (one: PeerView, other: PeerView) => boolean): boolean =>
  groups(world).every((group) => group.every((one) => group.every((other) => one === other || holds(one, other))));

export const difficultyOf = (peer: PeerView): bigint => peer.context.kept.head.totalDifficulty;

export const hasEqualDifficulty = (world: World): boolean => betweenConnected(world, (one, other) => difficultyOf(one) === difficultyOf(other));

/** Whether a transaction waits at a peer, or can no longer, because it or another with its nonce is in the peer's chain. */
export const hasOrNeedsNot = ({ context }: PeerView, transaction: Transaction): boolean => {
  const chain = chainOf(context.kept.head);
  if (context.pool.has(chain.transactionHash(transaction))) return true;
  const fault = chain.transactionFault(context.kept.state, transaction);
  return fault !== null && fault !== 'nonce gap';
};

/** Every transaction of a peer's chain. */
export const minedBy = ({ context }: PeerView): readonly Transaction[] => chainFrom(context.kept.head).flatMap((cell) => cell.body.transactions);

/** Hosts of the scenarios on which an adversary runs. */
export const adversaries: ReadonlySet<string> = new Set(['lou', 'sly']);

/** A peer's head, for a report. */
export const showPeer = (peer: PeerView): string => {
  const { number, hash, totalDifficulty } = peer.context.kept.head;
  return `head ${number} (${hash.replace(/^0x/, '').slice(0, 4)}), total difficulty ${totalDifficulty}`;
};
