import { defineProperty, type Monitor, type Property } from '../../model/property/property.ts';
import type { Domain, Protocol, Roles } from '../../model/protocol/protocol.ts';

/** How the operations of clients ended so far: `answered`, and why others were not. */
const endings: Monitor = {
  initial: [],
  next: (state, { effect }) => {
    if (effect.type !== 'return') return state;
    const how = effect.outcome.definite ? 'answered' : effect.outcome.reason;
    return [...new Set([...(state as readonly string[]), how])].sort();
  },
};

/** The claim that every request of these clients ends. */
export const requestsEnd = <R extends Roles, D extends Domain, S extends string>(
  protocol: Protocol<R, D, S>,
  of: { readonly id: string; readonly clients: readonly (keyof R & string)[]; readonly holdsUnder: readonly NoInfer<S>[] },
): Property =>
  defineProperty<Roles, Domain, string>(protocol as unknown as Protocol, {
    id: of.id,
    claim: 'Every request ends, in an answer or without a certain outcome.',
    source: 'RFC 9110, 3.4; RFC 5531, section 4',
    holdsUnder: of.holdsUnder,
    monitors: { endings },
    recovers: {
      nobodyWaits: { withinRounds: 60, holds: (world) => of.clients.every((role) => world.every(role, (client) => client.matches('idle'))) },
    },
    leadsTo: {
      everyRequestEnds: [
        (world) => of.clients.some((role) => world.some(role, (client) => !client.matches('idle'))),
        (world) => of.clients.every((role) => world.every(role, (client) => client.matches('idle'))),
      ],
    },
    sometimes: {
      oneIsAnswered: (world) => (world.monitor('endings') as readonly string[]).includes('answered'),
      oneIsGivenUp: (world) => (world.monitor('endings') as readonly string[]).includes('timeout'),
      oneIsSentAgain: (world) => of.clients.some((role) => world.some(role, ({ context }) => (context as { readonly attempt: number }).attempt > 1)),
    },
  });
