import { defineProperty, type InstanceView, type Monitor, type Property, type WorldView } from '../../model/property/property.ts';
import type { Domain, Mutant, Protocol, Roles } from '../../model/protocol/protocol.ts';
import type { HostName } from '../../model/role/effect.ts';
import type { Action } from '../../model/world/action.ts';
import type { ClientContext } from '../../spec/request-response/client/asking.ts';
import { storedKey } from '../../spec/request-response/client/calling.ts';

/** By client program: the id of its last call, how often its request was sent, and whether it was given up. */
type Sent = Readonly<Record<string, { readonly id: number; readonly times: number; readonly givenUp: boolean }>>;

const sent: Monitor = {
  initial: {},
  next: (state, { host, role, effect }) => {
    const [sent, key] = [state as unknown as Sent, `${host} ${role}`];
    if (effect.type === 'invoke') return { ...sent, [key]: { id: effect.id as number, times: 0, givenUp: false } };
    const last = sent[key];
    if (last !== undefined && effect.type === 'return' && !effect.outcome.definite) return { ...sent, [key]: { ...last, givenUp: true } };
    if (last === undefined || effect.type !== 'send' || effect.message.type !== 'Request') return state;
    return { ...sent, [key]: { ...last, times: last.times + 1 } };
  },
};

const sentBy = (world: WorldView, { host, role }: InstanceView): Sent[string] =>
  (world.monitor('sent') as unknown as Sent)[`${host} ${role}`] ?? { id: -1, times: 0, givenUp: false };

/** The server that is asked now. */
const serverOf = ({ context }: InstanceView): HostName => {
  const { servers, server } = context as unknown as ClientContext<unknown>;
  return servers[server] as HostName;
};

/** Whether a connection stands for all that its end has heard; null where it will hear that it is gone, and may not have heard that it was there. */
const stands = (world: WorldView, { host }: InstanceView, server: HostName): boolean | null => {
  const news = world.inFlight({ from: server, to: host }).find(({ message: { type } }) => type === 'connected' || type === 'disconnected');
  if (news === undefined) return world.reaches(host, server);
  return news.message.type === 'connected' ? false : null;
};

/** Whether a client hears that a connection to this server stands. */
const comesBack = (action: Action, { host, role }: InstanceView, server: HostName): boolean =>
  action.type === 'Deliver' && action.message === 'connected' && action.from === server && action.to === host && action.toRole === role;

/** The claim that clients which hold on to connections send a request once over each one that comes to stand while they wait, and no more. */
export const onceOverEachConnection = <R extends Roles, D extends Domain, S extends string>(
  protocol: Protocol<R, D, S>,
  of: {
    readonly id: string;
    readonly clients: readonly (keyof R & string)[];
    /** Connections end in these by breaks and crashes, and by nothing else. */
    readonly holdsUnder: readonly NoInfer<S>[];
    readonly mutants: Readonly<Record<string, Mutant<R, D>>>;
  },
): Property =>
  defineProperty<Roles, Domain, string>(protocol as unknown as Protocol, {
    id: of.id,
    claim:
      'A request is sent once over each connection that stands while its answer is awaited: not again over the same one, and not where there is none. It is given up when the time for it has run out, and not before; and no crash gives its number to another.',
    source: 'RFC 8881, 2.9.2: Client and Server Transport Behavior',
    holdsUnder: of.holdsUnder,
    monitors: { sent },
    always: {
      numberedForGood: (world) =>
        of.clients.every((role) =>
          world.every(role, (client) => {
            const kept = client.stored[storedKey] as { readonly nextId: number } | undefined;
            return (kept?.nextId ?? 0) > sentBy(world, client).id;
          }),
        ),
    },
    step: {
      onceOverEach: (before, action, after) => {
        if ('crashAfter' in action && action.crashAfter !== undefined) return true;
        return of.clients.every((role) =>
          after.every(role, (client) => {
            const [was, server] = [before.at(role, client.host), serverOf(client)];
            if (was?.running !== true) return true;
            const [then, now] = [sentBy(before, was), sentBy(after, client)];
            const isNew = now.id !== then.id;
            const times = now.times - (isNew ? 0 : then.times);
            if (!isNew) return times === (comesBack(action, client, server) && !client.matches('idle') ? 1 : 0);
            const isThere = stands(after, client, server);
            // A host that is down may not have ended its connections yet.
            return isThere === null || after.life(server) !== 'up' || times === (isThere ? 1 : 0);
          }),
        );
      },
      noLessPatient: (before, action, after) =>
        of.clients.every((role) =>
          after.every(role, (client) => {
            const [then, now] = [sentBy(before, client), sentBy(after, client)];
            return !now.givenUp || (then.givenUp && then.id === now.id) || (action.type === 'Fire' && action.host === client.host);
          }),
        ),
    },
    sometimes: { oneIsSentOverTheNext: (world) => Object.values(world.monitor('sent') as unknown as Sent).some(({ times }) => times > 1) },
    mutants: of.mutants as unknown as Readonly<Record<string, Mutant>>,
  });
