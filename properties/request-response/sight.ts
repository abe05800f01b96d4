import type { Heard, InstanceView, Monitor, WorldView } from '../../model/property/property.ts';
import type { Value } from '../../model/kernel/value.ts';
import type { Answered } from '../../spec/request-response/ledger.ts';
import type { RequestResponseRoles } from '../../spec/request-response/protocol.ts';

export type World = WorldView<RequestResponseRoles>;
export type HeardHere = Heard<RequestResponseRoles>;
export type MonitorHere = Monitor<RequestResponseRoles>;

/** Adds up what additions were begun, or were answered for certain. */
const additions = (of: (heard: HeardHere, pending: Readonly<Record<string, number>>) => number): MonitorHere => ({
  initial: { sum: 0, pending: {} },
  next: (state, heard) => {
    const { sum, pending } = state as { readonly sum: number; readonly pending: Readonly<Record<string, number>> };
    const { effect, host, role } = heard;
    // What a gateway asks it asks for a user, who was counted.
    if (role !== 'client') return state;
    const begun =
      effect.type === 'invoke' && effect.operation === 'add' ? { ...pending, [host]: (effect.input as { readonly amount: number }).amount } : pending;
    return { sum: sum + of(heard, pending), pending: begun };
  },
});

export const begun = additions(({ effect }) =>
  effect.type === 'invoke' && effect.operation === 'add' ? (effect.input as { readonly amount: number }).amount : 0,
);
export const answered = additions(({ effect, host }, pending) =>
  effect.type === 'return' && effect.operation === 'add' && effect.outcome.definite ? (pending[host] ?? 0) : 0,
);

export const sumOf = (state: Value): number => (state as { readonly sum: number }).sum;

/** What all servers together hold: what was stored by those that are down. */
export const total = (world: World): number =>
  world.all('server').reduce((sum, server) => {
    const held = server.running ? server.context.state : (server.stored['server'] as { readonly state: number } | undefined)?.state;
    return sum + ((held as number | undefined) ?? 0);
  }, 0);

/** The answers that a reply cache holds. */
export const answersIn = (memory: Value): readonly Answered[] => memory as unknown as readonly Answered[];

export const showServer = ({ context }: InstanceView<RequestResponseRoles['server']>): string =>
  `total ${String(context.state)}, ${answersIn(context.memory).length} answers remembered`;
export const showClient = ({ context }: InstanceView<RequestResponseRoles['client']>): string =>
  context.pending === null
    ? 'waits for nothing'
    : `waits for ${context.pending.id}, attempt ${context.attempt + 1} at ${context.servers[context.server] ?? 'nobody'}`;
