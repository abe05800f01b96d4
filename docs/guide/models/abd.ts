import {
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
  blank,
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

/** The register of Attiya, Bar-Noy and Dolev, as it stands among Stateright's examples: 544 worlds with two clients and two servers. */

const source = 'Stateright, examples/linearizable-register.rs';

type Msg =
  | ClientMsg
  | ClientAnswer
  | { readonly type: 'Query'; readonly id: number }
  | { readonly type: 'AckQuery'; readonly id: number; readonly seq: Stamp; readonly value: string }
  | { readonly type: 'Record'; readonly id: number; readonly seq: Stamp; readonly value: string }
  | { readonly type: 'AckRecord'; readonly id: number };
type Phase =
  | null
  | {
      readonly n: 1;
      readonly id: number;
      readonly who: string;
      readonly write: string | null;
      readonly responses: ReadonlyMap<number, readonly [Stamp, string]>;
    }
  | { readonly n: 2; readonly id: number; readonly who: string; readonly read: string | null; readonly acks: ReadonlySet<number> };
type Context = ServerParams & { readonly seq: Stamp; readonly value: string; readonly phase: Phase };

const server = setup({
  types: {
    context: {} as Context,
    input: {} as RoleInput<ServerParams>,
    events: {} as Delivered<Msg>,
    emitted: {} as Effect<Msg>,
    meta: {} as Rule,
  },
  guards: {
    idle: ({ context }) => context.phase === null,
    asked: ({ context, event }) => context.phase?.n === 1 && event.id === context.phase.id,
    recorded: ({ context, event }) => context.phase?.n === 2 && event.id === context.phase.id && !context.phase.acks.has(numberOf(event.from)),
  },
  actions: {
    begin: enqueueActions(({ context, event, enqueue }) => {
      enqueue.emit({ type: 'send', to: namesOf(context.peers), message: { type: 'Query', id: event.id } });
      enqueue.assign({
        phase: {
          n: 1,
          id: event.id,
          who: event.from,
          write: event.type === 'Put' ? event.value : null,
          responses: new Map([[context.me, [context.seq, context.value] as const]]),
        },
      });
    }),
    answer: emit(({ context, event }) => ({ type: 'reply', message: { type: 'AckQuery', id: event.id, seq: context.seq, value: context.value } })),
    heard: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'AckQuery' || context.phase?.n !== 1) return;
      const { id, who, write } = context.phase;
      const responses = new Map(context.phase.responses).set(numberOf(event.from), [event.seq, event.value]);
      if (responses.size !== majorityOf(context.peers)) {
        enqueue.assign({ phase: { ...context.phase, responses } });
        return;
      }
      const [top, old] = [...responses.values()].reduce((a, b) => (isLess(b[0], a[0]) ? a : b));
      const seq: Stamp = write === null ? top : [top[0] + 1, context.me];
      const value = write ?? old;
      enqueue.emit({ type: 'send', to: namesOf(context.peers), message: { type: 'Record', id, seq, value } });
      if (isLess(context.seq, seq)) enqueue.assign({ seq, value });
      enqueue.assign({ phase: { n: 2, id, who, read: write === null ? value : null, acks: new Set([context.me]) } });
    }),
    record: enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== 'Record') return;
      enqueue.emit({ type: 'reply', message: { type: 'AckRecord', id: event.id } });
      if (isLess(context.seq, event.seq)) enqueue.assign({ seq: event.seq, value: event.value });
    }),
    acked: enqueueActions(({ context, event, enqueue }) => {
      if (context.phase?.n !== 2) return;
      const { who, read, id } = context.phase;
      const acks = new Set([...context.phase.acks, numberOf(event.from)]);
      if (acks.size !== majorityOf(context.peers)) {
        enqueue.assign({ phase: { ...context.phase, acks } });
        return;
      }
      enqueue.emit({ type: 'send', to: who, message: read === null ? { type: 'PutOk', id } : { type: 'GetOk', id, value: read } });
      enqueue.assign({ phase: null });
    }),
  },
}).createMachine({
  id: 'server',
  options: { maxIterations: 10 },
  context: ({ input: { params } }) => ({ ...params, seq: [0, params.me], value: blank, phase: null }),
  tags: 'rest',
  on: {
    Put: { guard: 'idle', actions: 'begin', meta: { rule: 'A-1', source } },
    Get: { guard: 'idle', actions: 'begin', meta: { rule: 'A-2', source } },
    Query: { actions: 'answer', meta: { rule: 'A-3', source } },
    AckQuery: { guard: 'asked', actions: 'heard', meta: { rule: 'A-4', source } },
    Record: { actions: 'record', meta: { rule: 'A-5', source } },
    AckRecord: { guard: 'recorded', actions: 'acked', meta: { rule: 'A-6', source } },
  },
});

const seq = z.tuple([z.int(), z.int()]);

export const abd = defineProtocol({
  id: 'abd',
  doc: 'The register of Attiya, Bar-Noy and Dolev.',
  source,
  counted: true,
  messages: {
    ...messages,
    Query: message({ doc: 'What do you hold?', source, fields: z.object({ id: z.int() }) }),
    AckQuery: message({ doc: 'I hold this.', source, fields: z.object({ id: z.int(), seq, value: z.string() }) }),
    Record: message({ doc: 'Hold this.', source, fields: z.object({ id: z.int(), seq, value: z.string() }) }),
    AckRecord: message({ doc: 'I do.', source, fields: z.object({ id: z.int() }) }),
  },
  roles: { client: clientRole, server: role(server, { doc: 'Keeps a copy.', talksTo: ['client', 'server'] }) },
  scenarios: { two: { doc: 'Two clients and two servers.', hosts: systemOf(2, 2), network: { link: 'datagram', refused: 'stays' } } },
});

export const abdLinearizable = defineProperty(abd, {
  id: 'ABD-LINEARIZABLE',
  claim: 'Puts and gets seem to happen one after the other.',
  holdsUnder: ['two'],
  monitors,
  sometimes: { oneIsRead },
});
