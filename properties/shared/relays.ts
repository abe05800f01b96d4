import { defineProperty, type Monitor, type Property, type WorldView } from '../../model/property/property.ts';
import type { Domain, Mutant, Protocol, Roles } from '../../model/protocol/protocol.ts';
import type { Action } from '../../model/world/action.ts';
import type { Ask, Request, Response, Result } from '../../spec/request-response/messages.ts';
import { isOf, type ServerContext } from '../../spec/request-response/server/vocabulary.ts';
import { delivered } from './delivered.ts';

/** What servers with another server behind them have done, as it is heard from outside. */
type Relayed = {
  /** By host, client and request: the last answer, while nothing is asked for it once more. */
  readonly answers: Readonly<Record<string, string>>;
  /** By host: how many responses it has sent, and how often it has asked. Counts go round: a step adds one at most. */
  readonly sent: Readonly<Record<string, number>>;
  readonly asked: Readonly<Record<string, number>>;
  /** What one did that it must not; empty where it did nothing. */
  readonly wrong: string;
};

const round = 16;

const more = (counts: Readonly<Record<string, number>>, host: string) => ({ ...counts, [host]: ((counts[host] ?? 0) + 1) % round });

const keyOf = (host: string, client: string, id: number): string => `${host} ${client} ${id}`;
const isBusy = (result: Result): boolean => !result.ok && result.error === 'busy';
const contextOf = ({ context }: { readonly context: unknown }): ServerContext => context as ServerContext;

const relayedIn = (world: WorldView): Relayed => world.monitor('relayed') as unknown as Relayed;

/** How many more there are after a step than before it. */
const gained = (before: WorldView, after: WorldView, of: 'sent' | 'asked', host: string): number =>
  ((relayedIn(after)[of][host] ?? 0) - (relayedIn(before)[of][host] ?? 0) + round) % round;

/**
 * The claim that a server which asks another one answers for it: each request that comes leads to an answer or to a question,
 * each answer from behind to an answer.
 */
export const relays = <R extends Roles, D extends Domain, S extends string>(
  protocol: Protocol<R, D, S>,
  of: {
    readonly id: string;
    readonly claim: string;
    readonly source: string;
    readonly role: keyof R & string;
    /** Whether it answers again what it has answered, and does not ask for it once more. */
    readonly remembers: boolean;
    readonly holdsUnder: readonly NoInfer<S>[];
    readonly mutants: Readonly<Record<string, Mutant<R, D>>>;
  },
): Property => {
  const relayed: Monitor = {
    initial: { answers: {}, sent: {}, asked: {}, wrong: '' },
    next: (state, { host, role, effect }) => {
      if (role !== of.role) return state;
      const known = state as unknown as Relayed;
      if (effect.type === 'tell' && effect.message.type === 'Ask') {
        const { client, id } = (effect.message as unknown as Ask).onBehalfOf;
        const { [keyOf(host, client, id)]: answered, ...answers } = known.answers;
        const isWrong = of.remembers && answered !== undefined;
        const wrong = isWrong ? `${host} asks once more for request ${id} of ${client}, which it has answered` : known.wrong;
        return { ...known, answers, asked: more(known.asked, host), wrong };
      }
      if (effect.type !== 'send') return state;
      const { id, result } = effect.message as unknown as Response;
      const sent = more(known.sent, host);
      // Whoever is turned away may come again.
      if (isBusy(result)) return { ...known, sent };
      const [client = ''] = effect.to as readonly string[];
      const [key, said] = [keyOf(host, client, id), JSON.stringify(result)];
      const before = known.answers[key];
      const isWrong = of.remembers && before !== undefined && before !== said;
      const wrong = isWrong ? `${host} answers request ${id} of ${client} otherwise than before` : known.wrong;
      return { ...known, answers: { ...known.answers, [key]: said }, sent, wrong };
    },
    holds: (state) => (state as unknown as Relayed).wrong === '',
    explain: (state) => (state as unknown as Relayed).wrong,
  };

  /** What it answers and asks in a step that brings it a message, from a client or from behind. */
  const doesIn = (before: WorldView, action: Action, after: WorldView) => {
    if (action.type !== 'Deliver' || action.toRole !== of.role || action.crashAfter !== undefined) return null;
    const [sent, asked] = [gained(before, after, 'sent', action.to), gained(before, after, 'asked', action.to)];
    return { host: action.to, from: action.from, message: action.message, sent, asked };
  };

  return defineProperty<Roles, Domain, string>(protocol as unknown as Protocol, {
    id: of.id,
    claim: of.claim,
    source: of.source,
    holdsUnder: of.holdsUnder,
    monitors: { relayed },
    always: {
      keepsNoRequestThatIsAnswered: (world) =>
        world.every(of.role, (each) =>
          contextOf(each).asked.every(({ client, request }) => relayedIn(world).answers[keyOf(each.host, client, request.id)] === undefined),
        ),
    },
    step: {
      answersWhatItHasLearnt: (before, action, after) => {
        const does = doesIn(before, action, after);
        return does?.message !== 'Learnt' || does.sent === 1;
      },
      answersOrAsks: (before, action, after) => {
        const does = doesIn(before, action, after);
        const was = does === null ? undefined : before.at(of.role, does.host);
        if (does?.message !== 'Request' || was?.running !== true) return true;
        const request = delivered(before, action, after) as Request | null;
        if (request === null) return true;
        const { asked, queue } = contextOf(was);
        // What is on its way is waited for; so is a processor, where there is one.
        if ([...asked, ...queue].some(isOf(does.from, request.id))) return does.sent + does.asked === 0;
        if (of.remembers && relayedIn(before).answers[keyOf(does.host, does.from, request.id)] !== undefined) return does.sent === 1;
        const is = after.at(of.role, does.host);
        const waits = is !== undefined && contextOf(is).queue.some(isOf(does.from, request.id));
        return does.sent + does.asked === (waits ? 0 : 1);
      },
    },
    sometimes: { oneIsAnswered: (world) => Object.keys(relayedIn(world).answers).length > 0 },
    shows: {
      [of.role]: (each: { readonly value: unknown; readonly context: unknown }) => `${String(each.value)}, ${contextOf(each).asked.length} asked for`,
    },
    mutants: of.mutants as unknown as Readonly<Record<string, Mutant>>,
  });
};
