import type { InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { Store } from '../../spec/application/machine.ts';
import type { ApplicationRoles } from '../../spec/application/protocol.ts';
import { atFirst } from '../../spec/application/programs.ts';
import type { Answered } from '../../spec/request-response/ledger.ts';

export type World = WorldView<ApplicationRoles>;
export type MonitorHere = Monitor<ApplicationRoles>;

/** What a server stores. */
export type Kept = { readonly state: Store; readonly memory: readonly Answered[] };

/** What the server holds, also while it is down. */
export const storeIn = (world: World): Store => {
  const [server] = world.all('server');
  if (server?.running === true) return server.context.state as unknown as Store;
  return (server?.stored['server'] as Kept | undefined)?.state ?? atFirst;
};

export const showServer = ({ context }: InstanceView<ApplicationRoles['server']>): string =>
  Object.entries(context.state as unknown as Store)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');

export const showUser = ({ context: { pending } }: InstanceView<ApplicationRoles['user']>): string =>
  pending === null ? 'waits for nothing' : `waits for ${String(pending.call['program'])}`;
