import type { InstanceView, WorldView } from '../../model/property/property.ts';
import type { ListenerMemory } from '../../spec/stream/clients.ts';
import type { StreamRoles } from '../../spec/stream/protocol.ts';

export type World = WorldView<StreamRoles>;

/** What those have heard who listen, or listened last. */
export const heardIn = (world: World): readonly ListenerMemory[] => world.all('listener').map(({ context }) => context.local);

/** The last frame that the studio has played. */
export const lastFrame = (world: World): number => Math.max(0, ...world.all('studio').map(({ context }) => context.local.next.frame - 1));

export const showListener = ({ context: { local } }: InstanceView<StreamRoles['listener']>): string =>
  `${local.playing ? 'plays' : 'is off'}: ${local.played.join(' ') || 'nothing'}; ${local.lost} missing`;
