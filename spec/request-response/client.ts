import { assign, emit, setup } from 'xstate';
import type { ValueRecord } from '../../model/kernel/value.ts';
import type { Delivered, Effect, HostName, LinkEvent, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Call, Request, Response, Result } from './messages.ts';

/** How often and how long a client tries. */
export type Patience = {
  /** The first time-out; each retransmission waits twice as long. */
  readonly answerMs: number;
  /** Retransmissions to one server, before the next server is asked. */
  readonly retries: number;
};

/** What a client asks for: how its user's commands become calls. */
export interface Asking<Local extends ValueRecord> {
  readonly id: string;
  readonly patience: Patience;
  /** What the client remembers between calls; it is stored with every call, and survives a crash. */
  readonly start: (params: unknown) => Local;
  /** By command: the call that it becomes, and what is remembered. */
  readonly commands: Readonly<Record<string, (local: Local, command: ValueRecord) => { readonly call: Call; readonly local: Local }>>;
  /** What is remembered of an answer. */
  readonly learn?: (local: Local, call: Call, result: Result) => Local;
}

/** A call that was not answered yet. */
export type Pending = { readonly id: number; readonly call: Call };

export type ClientContext<Local> = {
  readonly servers: readonly HostName[];
  /** Which of them is asked. */
  readonly server: number;
  readonly pending: Pending | null;
  /** Retransmissions to the present server, and servers tried for this call. */
  readonly attempt: number;
  readonly tried: number;
  readonly nextId: number;
  readonly local: Local;
};

const rules = {
  ask: {
    rule: 'CLIENT-1',
    source: 'RFC 9110, 3.3',
    says: 'A request has an id that no earlier request of this client has, not even before a crash.',
  },
  answer: { rule: 'CLIENT-2', source: 'RFC 5531, section 9', says: 'The response with the id of the request ends it; any other is not heard.' },
  again: {
    rule: 'CLIENT-3',
    source: 'RFC 1813, 4.5; RFC 5531, section 4',
    says: 'After a time-out the same request is sent again, with the same id; the time-out doubles.',
  },
  failOver: { rule: 'CLIENT-4', source: 'RFC 9110, 9.2.2', says: 'After so many time-outs the next server is asked.' },
  giveUp: {
    rule: 'CLIENT-5',
    source: 'RFC 5531, section 4',
    says: 'When all servers were asked in vain the outcome is indefinite: the request may or may not have taken effect.',
  },
  cut: { rule: 'CLIENT-6', source: 'RFC 9110, 9.2.2', says: 'A broken connection is a time-out that comes at once.' },
} as const satisfies Record<string, Rule>;

type Command = { readonly type: string } & ValueRecord;

/** What a client stores with every call: the first id that it has not used, and what it remembers. */
const storedKey = 'client';

type Stored<Local> = { readonly nextId: number; readonly local: Local };

const serversIn = (params: unknown): readonly HostName[] => (params as { readonly servers?: readonly HostName[] } | null)?.servers ?? [];

/** A client asks a server, one call at a time, until it has an answer or gives up. */
export const clientOver = <Local extends ValueRecord>(asking: Asking<Local>) => {
  type Context = ClientContext<Local>;
  type Event = Delivered<Response> | LinkEvent | Command;
  const isAnswer = (context: Context, event: Event): event is Delivered<Response> =>
    event.type === 'Response' && (event as Response).id === context.pending?.id;
  const request = ({ servers, server, pending }: Context): Effect<Request> => {
    const to = servers[server];
    if (to === undefined || pending === null) throw new Error('a client asks only with a server and a call');
    return { type: 'send', to, message: { type: 'Request', ...pending } };
  };
  const callOf = (event: Event, local: Local) => {
    const command = asking.commands[event.type];
    if (command === undefined) throw new Error(`the client has no command ${event.type}`);
    const { type: _, ...values } = event;
    return command(local, values as ValueRecord);
  };

  return setup({
    types: {
      context: {} as Context,
      events: {} as Event,
      emitted: {} as Effect<Request>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    delays: {
      answerMs: ({ context }) => asking.patience.answerMs * 2 ** context.attempt,
    },
    guards: {
      isAnswer: ({ context, event }) => isAnswer(context, event),
      mayRetry: ({ context }) => context.attempt < asking.patience.retries,
      hasAnotherServer: ({ context }) => context.tried < context.servers.length,
      comesFromServer: ({ context, event }) => (event as Delivered<Response>).from === context.servers[context.server],
    },
    actions: {
      begin: assign(({ context, event }) => {
        const { call, local } = callOf(event, context.local);
        return { pending: { id: context.nextId, call }, nextId: context.nextId + 1, attempt: 0, tried: 1, local };
      }),
      /** Before the id is used: a crash must not let it be used again. */
      store: emit(({ context: { nextId, local } }) => ({ type: 'persist', key: storedKey, value: { nextId, local } })),
      noteInvoke: emit(({ context }) => ({
        type: 'invoke',
        operation: context.pending?.call.type ?? '',
        id: context.pending?.id ?? 0,
        input: context.pending?.call ?? null,
      })),
      ask: emit(({ context }) => request(context)),
      countAttempt: assign(({ context }) => ({ attempt: context.attempt + 1 })),
      turnToNext: assign(({ context }) => ({ server: (context.server + 1) % context.servers.length, attempt: 0, tried: context.tried + 1 })),
      noteAnswer: emit(({ context, event }) => ({
        type: 'return',
        operation: context.pending?.call.type ?? '',
        id: context.pending?.id ?? 0,
        outcome: { definite: true, value: (event as Response).result },
      })),
      noteGivenUp: emit(({ context }) => ({
        type: 'return',
        operation: context.pending?.call.type ?? '',
        id: context.pending?.id ?? 0,
        outcome: { definite: false, reason: 'timeout' },
      })),
      learn: assign(({ context, event }) =>
        context.pending === null || asking.learn === undefined
          ? {}
          : { local: asking.learn(context.local, context.pending.call, (event as Response).result) },
      ),
      end: assign({ pending: null, attempt: 0, tried: 0 }),
    },
  }).createMachine({
    id: asking.id,
    options: { maxIterations: 100 },
    context: ({ input }) => {
      const stored = (input.stored[storedKey] ?? { nextId: 0, local: asking.start(input.params) }) as Stored<Local>;
      return { servers: serversIn(input.params), server: 0, pending: null, attempt: 0, tried: 0, ...stored };
    },
    initial: 'idle',
    states: {
      idle: {
        description: 'Nothing is asked.',
        tags: 'rest',
        on: Object.fromEntries(
          Object.keys(asking.commands).map((command) => [
            command,
            { target: 'waiting' as const, actions: ['begin' as const, 'store' as const, 'noteInvoke' as const], meta: rules.ask },
          ]),
        ),
      },
      waiting: {
        description: 'A request is out; its answer has not come.',
        entry: 'ask',
        on: {
          Response: { guard: 'isAnswer', target: 'idle', actions: ['noteAnswer', 'learn', 'end'], meta: rules.answer },
          disconnected: { guard: 'comesFromServer', target: 'silent', meta: rules.cut },
        },
        after: {
          answerMs: [
            { guard: 'mayRetry', target: 'waiting', reenter: true, actions: 'countAttempt', meta: rules.again },
            { target: 'silent', meta: rules.failOver },
          ],
        },
      },
      silent: {
        description: 'The server does not answer: the next one is asked, if there is one.',
        always: [
          { guard: 'hasAnotherServer', target: 'waiting', actions: 'turnToNext', meta: rules.failOver },
          { target: 'idle', actions: ['noteGivenUp', 'end'], meta: rules.giveUp },
        ],
      },
    },
  });
};
