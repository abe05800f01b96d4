import { defineProperty, type Monitor, type Property, type WorldView } from '../../model/property/property.ts';
import type { Domain, Protocol, Roles } from '../../model/protocol/protocol.ts';
import type { Response } from '../../spec/request-response/messages.ts';

/** By server host: the last response that it has sent, how many those are, and whether the one before was to the same request. */
type Sent = Readonly<Record<string, { readonly count: number; readonly to: readonly string[]; readonly id: number; readonly again: boolean }>>;

/** Counts go round, so that runs which differ in nothing else do not differ in them: a step sends far fewer. */
const round = 16;

const sentIn = (world: WorldView): Sent => world.monitor('sent') as unknown as Sent;

/** The claim that a server answers each request that comes, at once, once for each time, and sends no other response. */
export const answersEach = <R extends Roles, D extends Domain, S extends string>(
  protocol: Protocol<R, D, S>,
  of: { readonly id: string; readonly server: keyof R & string; readonly holdsUnder: readonly NoInfer<S>[] },
): Property => {
  const sent: Monitor = {
    initial: {},
    next: (state, { host, role, effect }) => {
      if (role !== of.server || effect.type !== 'send' || effect.message.type !== 'Response') return state;
      const sent = state as unknown as Sent;
      const last = sent[host];
      const [to, { id }] = [effect.to as readonly string[], effect.message as unknown as Response];
      return { ...sent, [host]: { count: ((last?.count ?? 0) + 1) % round, to, id, again: last?.id === id && last.to[0] === to[0] } };
    },
  };
  return defineProperty<Roles, Domain, string>(protocol as unknown as Protocol, {
    id: of.id,
    claim: 'A server answers each request the moment it comes, once each time that it comes, and sends no other response.',
    source: 'RFC 9110, 3.3; RFC 1813, 4.5: duplicate request cache',
    holdsUnder: of.holdsUnder,
    monitors: { sent },
    step: {
      answeredAtOnce: (before, action, after) => {
        if ('crashAfter' in action && action.crashAfter !== undefined) return true;
        const asked = action.type === 'Deliver' && action.message === 'Request' && action.toRole === of.server ? action : null;
        return before.all(of.server).every(({ host, running }) => {
          const now = sentIn(after)[host];
          const more = ((now?.count ?? 0) - (sentIn(before)[host]?.count ?? 0) + round) % round;
          if (asked?.to !== host || !running) return more === 0;
          return more === 1 && now?.to.length === 1 && now.to[0] === asked.from;
        });
      },
    },
    sometimes: { oneIsAnsweredAgain: (world) => Object.values(sentIn(world)).some(({ again }) => again) },
  });
};
