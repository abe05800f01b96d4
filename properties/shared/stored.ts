import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty, type Property } from '../../model/property/property.ts';
import type { Domain, Mutant, Protocol, Roles } from '../../model/protocol/protocol.ts';
import type { ServerContext } from '../../spec/request-response/server/vocabulary.ts';
import { acting } from './acting.ts';

/** The claim that a server has stored what it has done, and what it remembers of it, when its step ends. */
export const storesAtOnce = <R extends Roles, D extends Domain, S extends string>(
  protocol: Protocol<R, D, S>,
  of: {
    readonly id: string;
    readonly servers: readonly (keyof R & string)[];
    readonly holdsUnder: readonly NoInfer<S>[];
    readonly mutants: Readonly<Record<string, Mutant<R, D>>>;
  },
): Property =>
  defineProperty<Roles, Domain, string>(protocol as unknown as Protocol, {
    id: of.id,
    claim: 'What a server has done it has stored by the time that it answers, with the answer: no crash takes back what anybody was told.',
    source: 'RFC 1813, 4.7: Synchronous modifying operations; 4.8: Stable storage',
    holdsUnder: of.holdsUnder,
    step: {
      storedAtOnce: (before, action, after) => {
        const by = acting(action);
        if (by === null || !of.servers.includes(by.role)) return true;
        const [was, is] = [before.at(by.role, by.host), after.at(by.role, by.host)];
        if (was?.running !== true || is?.running !== true) return true;
        const [{ state, memory }, then] = [is.context as unknown as ServerContext, was.context as unknown as ServerContext];
        if (sameValue(state, then.state) && sameValue(memory, then.memory)) return true;
        const kept = is.stored['server'] as unknown as ServerContext | undefined;
        return kept !== undefined && sameValue(kept.state, state) && sameValue(kept.memory ?? null, memory);
      },
    },
    sometimes: { somethingIsStored: (world) => of.servers.some((role) => world.some(role, ({ stored }) => stored['server'] !== undefined)) },
    mutants: of.mutants as unknown as Readonly<Record<string, Mutant>>,
  });
