import type { Ending } from '../../model/property/consistency/specification.ts';
import type { InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { Outcome } from '../../model/role/effect.ts';
import type { DatabaseRoles } from '../../spec/database/protocol.ts';
import type { Store } from '../../spec/database/database.ts';
import type { Result } from '../../spec/request-response/messages.ts';

export type World = WorldView<DatabaseRoles>;
export type MonitorHere = Monitor<DatabaseRoles>;

/** What an outcome says: an error has no effect; what is not known may have one. */
export const endingOf = (_: unknown, outcome: Outcome): Ending => {
  if (!outcome.definite) return { type: 'indefinite' };
  const result = outcome.value as Result;
  return result.ok ? { type: 'returned', output: result.value } : { type: 'failed' };
};

/** What a server holds, also while it is down. */
export const storesOf = (world: World): readonly Store[] =>
  world.all('server').map((server) => {
    if (server.running) return server.context.state as unknown as Store;
    const stored = server.stored['server'] as { readonly state: Store } | undefined;
    return stored?.state ?? (server.context.state as unknown as Store);
  });

export const showServer = ({ context }: InstanceView<DatabaseRoles['server']>): string =>
  Object.entries(context.state as unknown as Store)
    .map(([key, { value }]) => `${key} = ${String(value)}`)
    .join(', ') || 'empty';

export const showUser = ({ context }: InstanceView<DatabaseRoles['user']>): string =>
  context.pending === null ? 'waits for nothing' : `waits for ${context.pending.id}: ${context.pending.call.type}`;
