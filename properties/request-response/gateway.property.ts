import { defineProperty, type WorldView } from '../../model/property/property.ts';
import type { Ask, Request, Response, Result } from '../../spec/request-response/messages.ts';
import { requestResponse, type RequestResponseRoles } from '../../spec/request-response/protocol.ts';
import { delivered } from '../shared/delivered.ts';
import type { MonitorHere } from './sight.ts';

/** What gateways have done, as it is heard from outside. */
type Relayed = {
  /** By gateway, client and request: the answer. */
  readonly answers: Readonly<Record<string, string>>;
  /** By gateway: how many responses it has sent. Counts go round: a step sends far fewer. */
  readonly sent: Readonly<Record<string, number>>;
  /** What a gateway did that it must not; empty where it did nothing. */
  readonly wrong: string;
};

const round = 16;

const keyOf = (gateway: string, client: string, id: number): string => `${gateway} ${client} ${id}`;
const isBusy = (result: Result): boolean => !result.ok && result.error === 'busy';

const relayed: MonitorHere = {
  initial: { answers: {}, sent: {}, wrong: '' },
  next: (state, { host, role, effect }) => {
    if (role !== 'gateway') return state;
    const known = state as unknown as Relayed;
    if (effect.type === 'tell' && effect.message.type === 'Ask') {
      const { client, id } = (effect.message as unknown as Ask).onBehalfOf;
      if (known.answers[keyOf(host, client, id)] === undefined) return state;
      return { ...known, wrong: `${host} asks once more for request ${id} of ${client}, which it has answered` };
    }
    if (effect.type !== 'send') return state;
    const { id, result } = effect.message as unknown as Response;
    const sent = { ...known.sent, [host]: ((known.sent[host] ?? 0) + 1) % round };
    // Whoever is turned away may come again.
    if (isBusy(result)) return { ...known, sent };
    const [client = ''] = effect.to as readonly string[];
    const [key, said] = [keyOf(host, client, id), JSON.stringify(result)];
    const before = known.answers[key];
    const wrong = before === undefined || before === said ? known.wrong : `${host} answers request ${id} of ${client} otherwise than before`;
    return { answers: { ...known.answers, [key]: said }, sent, wrong };
  },
  holds: (state) => (state as unknown as Relayed).wrong === '',
  explain: (state) => (state as unknown as Relayed).wrong,
};

type World = WorldView<RequestResponseRoles>;

const relayedIn = (world: World): Relayed => world.monitor('relayed') as unknown as Relayed;

/** How many responses a gateway sends in a step. */
const responses = (before: World, after: World, gateway: string): number =>
  ((relayedIn(after).sent[gateway] ?? 0) - (relayedIn(before).sent[gateway] ?? 0) + round) % round;

export const gateway = defineProperty(requestResponse, {
  id: 'GATEWAY',
  claim:
    'A gateway answers a request the moment it has learnt the answer, and in the same words whenever the request comes again; it asks for none that it has answered, and keeps nothing of it but the answer.',
  source: 'RFC 9110, 3.7: Intermediaries; RFC 1813, 4.5',
  holdsUnder: ['tiers', 'behind', 'eachWay', 'eachWayWaiting'],
  monitors: { relayed },
  always: {
    keepsTheAnswerOnly: (world) =>
      world.every('gateway', ({ host, context }) =>
        context.asked.every(({ client, request }) => relayedIn(world).answers[keyOf(host, client, request.id)] === undefined),
      ),
  },
  step: {
    answersWhatItHasLearnt: (before, action, after) =>
      action.type !== 'Deliver' || action.message !== 'Learnt' || action.crashAfter !== undefined || responses(before, after, action.to) === 1,
    answersAgain: (before, action, after) => {
      if (action.type !== 'Deliver' || action.toRole !== 'gateway' || action.message !== 'Request' || action.crashAfter !== undefined) return true;
      const request = delivered(before, action, after) as Request | null;
      const isAnswered = request !== null && relayedIn(before).answers[keyOf(action.to, action.from, request.id)] !== undefined;
      return !isAnswered || responses(before, after, action.to) === 1;
    },
  },
  sometimes: { oneIsAnswered: (world) => Object.keys(relayedIn(world).answers).length > 0 },
  shows: { gateway: ({ value, context }) => `${String(value)}, ${context.asked.length} asked for` },
  mutants: {
    passesOnWhateverComes: {
      doc: 'A gateway passes on every retransmission, and does not know that it waits for the answer already.',
      after: 'Stateless SIP proxies forward each retransmission: RFC 3261, 16.11.',
      roles: { gateway: { guards: { isAskedFor: () => false } } },
    },
  },
});
