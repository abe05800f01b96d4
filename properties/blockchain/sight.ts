import type { InstanceView, WorldView } from '../../model/property/property.ts';
import type { BlockchainRoles } from '../../spec/blockchain/protocol.ts';

/** What the claims about a blockchain look at. */
export type World = WorldView<BlockchainRoles>;
export type PeerView = InstanceView<BlockchainRoles['peer']>;

/** Running peers, in groups between which messages pass. */
export const groups = (world: World): readonly (readonly PeerView[])[] =>
  world.components().map((hosts) => hosts.flatMap((host) => world.at('peer', host) ?? []).filter((peer) => peer.running));

/** Whether in every group of connected peers a relation holds between any two. */
export const betweenConnected = (world: World, holds: (one: PeerView, other: PeerView) => boolean): boolean =>
  groups(world).every((group) => group.every((one) => group.every((other) => holds(one, other))));

export const difficultyOf = (peer: PeerView): bigint => peer.context.kept.head.totalDifficulty;

/** A peer's head, for a report. */
export const showPeer = (peer: PeerView): string => {
  const { number, hash, totalDifficulty } = peer.context.kept.head;
  return `head ${number} (${hash.replace(/^0x/, '').slice(0, 4)}), total difficulty ${totalDifficulty}`;
};
