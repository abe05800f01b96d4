import {
  assign,
  defineProperty,
  defineProtocol,
  type Delivered,
  type Effect,
  emit,
  enqueueActions,
  message,
  role,
  type RoleInput,
  type Rule,
  setup,
  z,
} from 'rolecall';
import {
  type ClientAnswer,
  type ClientMsg,
  clientRole,
  isLess,
  majorityOf,
  messages,
  monitors,
  namesOf,
  numberOf,
  oneIsRead,
  type ServerParams,
  type Stamp,
  systemOf,
} from './register.ts';

/** Paxos for one decision, as it stands among Stateright's examples: 16,668 worlds with two clients and three servers. */

const source = 'Stateright, examples/paxos.rs';

type Ballot = Stamp;
type Proposal = { readonly id: number; readonly who: string; readonly value: string };
type Accepted = { readonly ballot: Ballot; readonly proposal: Proposal } | null;
type Msg =
  | ClientMsg
  | ClientAnswer
  | { readonly type: 'Prepare'; readonly ballot: Ballot }
  | { readonly type: 'Prepared'; readonly ballot: Ballot; readonly last: Accepted }
  | { readonly type: 'Accept'; readonly ballot: Ballot; readonly proposal: Proposal }
  | { readonly type: 'Accepted'; readonly ballot: Ballot }
  | { readonly type: 'Decided'; readonly ballot: Ballot; readonly proposal: Proposal };
type Context = ServerParams & {
  readonly ballot: Ballot;
  readonly proposal: Proposal | null;
  readonly prepares: ReadonlyMap<number, Accepted>;
  readonly accepts: ReadonlySet<number>;
  readonly accepted: Accepted;
  readonly decided: boolean;
};
const same = (a: Ballot, b: Ballot): boolean => a[0] === b[0] && a[1] === b[1];
const fields = { ballot: z.tuple([z.int(), z.int()]) };
const proposal = z.object({ id: z.int(), who: z.string(), value: z.string() });

const server = setup({
  types: {
    context: {} as Context,
    input: {} as RoleInput<ServerParams>,
    events: {} as Delivered<Msg>,
    emitted: {} as Effect<Msg>,
    meta: {} as Rule,
  },
  guards: {
    undecided: ({ context }) => !context.decided,
    fresh: ({ context }) => !context.decided && context.proposal === null,
    higher: ({ context, event }) => event.type === 'Prepare' && !context.decided && isLess(context.ballot, event.ballot),
    mine: ({ context, event }) => 'ballot' in event && !context.decided && same(context.ballot, event.ballot),
    notLower: ({ context, event }) => event.type === 'Accept' && !context.decided && !isLess(event.ballot, context.ballot),
    readable: ({ context }) => context.decided && context.accepted !== null,
  },
  actions: {
    put: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'Put') return;
      const ballot: Ballot = [context.ballot[0] + 1, context.me];
      enqueue.assign({
        proposal: { id: event.id, who: event.from, value: event.value },
        prepares: new Map([[context.me, context.accepted]]),
        accepts: new Set<number>(),
        ballot,
      });
      enqueue.emit({ type: 'send', to: namesOf(context.peers), message: { type: 'Prepare', ballot } });
    }),
    prepared: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'Prepare') return;
      enqueue.assign({ ballot: event.ballot });
      enqueue.emit({ type: 'reply', message: { type: 'Prepared', ballot: event.ballot, last: context.accepted } });
    }),
    noted: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'Prepared') return;
      const prepares = new Map(context.prepares).set(numberOf(event.from), event.last);
      enqueue.assign({ prepares });
      if (prepares.size !== majorityOf(context.peers)) return;
      const best = [...prepares.values()].reduce((a, b) => (a === null ? b : b === null ? a : isLess(a.ballot, b.ballot) ? b : a));
      const chosen = best?.proposal ?? (context.proposal as Proposal);
      enqueue.assign({ proposal: chosen, accepted: { ballot: event.ballot, proposal: chosen }, accepts: new Set([...context.accepts, context.me]) });
      enqueue.emit({ type: 'send', to: namesOf(context.peers), message: { type: 'Accept', ballot: event.ballot, proposal: chosen } });
    }),
    accept: enqueueActions(({ event, enqueue }) => {
      if (event.type !== 'Accept') return;
      enqueue.assign({ ballot: event.ballot, accepted: { ballot: event.ballot, proposal: event.proposal } });
      enqueue.emit({ type: 'reply', message: { type: 'Accepted', ballot: event.ballot } });
    }),
    counted: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'Accepted') return;
      const accepts = new Set([...context.accepts, numberOf(event.from)]);
      enqueue.assign({ accepts });
      if (accepts.size !== majorityOf(context.peers)) return;
      enqueue.assign({ decided: true });
      const p = context.proposal as Proposal;
      enqueue.emit({ type: 'send', to: namesOf(context.peers), message: { type: 'Decided', ballot: event.ballot, proposal: p } });
      enqueue.emit({ type: 'send', to: p.who, message: { type: 'PutOk', id: p.id } });
    }),
    decide: assign(({ event }) =>
      event.type === 'Decided' ? { ballot: event.ballot, accepted: { ballot: event.ballot, proposal: event.proposal }, decided: true } : {},
    ),
    get: emit(({ context, event }) => ({
      type: 'reply',
      message: { type: 'GetOk', id: (event as { id: number }).id, value: (context.accepted as NonNullable<Accepted>).proposal.value },
    })),
  },
}).createMachine({
  id: 'server',
  options: { maxIterations: 10 },
  context: ({ input: { params } }) => ({
    ...params,
    ballot: [0, 0],
    proposal: null,
    prepares: new Map(),
    accepts: new Set(),
    accepted: null,
    decided: false,
  }),
  tags: 'rest',
  on: {
    Put: { guard: 'fresh', actions: 'put', meta: { rule: 'P-1', source } },
    Prepare: { guard: 'higher', actions: 'prepared', meta: { rule: 'P-2', source } },
    Prepared: { guard: 'mine', actions: 'noted', meta: { rule: 'P-3', source } },
    Accept: { guard: 'notLower', actions: 'accept', meta: { rule: 'P-4', source } },
    Accepted: { guard: 'mine', actions: 'counted', meta: { rule: 'P-5', source } },
    Decided: { guard: 'undecided', actions: 'decide', meta: { rule: 'P-6', source } },
    Get: { guard: 'readable', actions: 'get', meta: { rule: 'P-7', source } },
  },
});

export const paxos = defineProtocol({
  id: 'paxos',
  doc: 'Servers agree on one value.',
  source,
  counted: true,
  messages: {
    ...messages,
    Prepare: message({ doc: 'Take part in my ballot.', source, fields: z.object(fields) }),
    Prepared: message({
      doc: 'I take part, and this is what I have accepted.',
      source,
      fields: z.object({ ...fields, last: z.object({ ...fields, proposal }).nullable() }),
    }),
    Accept: message({ doc: 'Accept this proposal.', source, fields: z.object({ ...fields, proposal }) }),
    Accepted: message({ doc: 'I have accepted it.', source, fields: z.object(fields) }),
    Decided: message({ doc: 'It is decided.', source, fields: z.object({ ...fields, proposal }) }),
  },
  roles: { client: clientRole, server: role(server, { doc: 'Proposes and accepts.', talksTo: ['client', 'server'] }) },
  scenarios: { two: { doc: 'Two clients and three servers.', hosts: systemOf(2, 3), network: { link: 'datagram', refused: 'stays' } } },
});

export const paxosLinearizable = defineProperty(paxos, {
  id: 'PAXOS-LINEARIZABLE',
  claim: 'Puts and gets seem to happen one after the other.',
  holdsUnder: ['two'],
  monitors,
  sometimes: { oneIsRead },
});
