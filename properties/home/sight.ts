import type { Value } from '../../model/kernel/value.ts';
import type { InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { HomeRoles } from '../../spec/home/protocol.ts';
import { usualPartners } from '../../spec/home/partners.ts';

export type World = WorldView<HomeRoles>;
export type MonitorHere = Monitor<HomeRoles>;
export type RoleName = keyof HomeRoles & string;

export const clients = Object.keys(usualPartners) as readonly (keyof typeof usualPartners)[];
export const roles: readonly RoleName[] = [...clients, ...(['origin', 'proxy', 'fileServer', 'mta', 'printer', 'channel', 'station'] as const)];

/** Every program of every host. */
export const programsIn = (world: World): readonly InstanceView[] => roles.flatMap((role) => world.all(role) as readonly InstanceView[]);

/** The state of a service, where the program is a server of one. */
export const stateOf = ({ context }: InstanceView): Value | undefined => (context as { readonly state?: Value }).state;

/** What the program is, and what it waits for. */
export const showProgram = ({ running, value, context }: InstanceView): string => {
  const { pending } = context as { readonly pending?: { readonly call: { readonly type: string } } | null };
  if (!running) return 'does not run';
  return pending == null ? String(value) : `${String(value)} for ${pending.call.type}`;
};
