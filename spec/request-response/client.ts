import { assign, emit, enqueueActions, setup } from 'xstate';
import type { ValueRecord } from '../../model/kernel/value.ts';
import type { Delivered, Effect, HostName, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Asking, ClientContext, ClientEvent, ClientMessage, Pending } from './client/asking.ts';
import { rules } from './client/rules.ts';
import type { Ask, Credential, Notice, Response, Result } from './messages.ts';
import { failure } from './service.ts';

/** What a client stores with every call: the first id that it has not used, and what it remembers. */
const storedKey = 'client';

type Stored<Local> = { readonly nextId: number; readonly local: Local };

/** What a scenario says to a client. */
type Params = { readonly servers?: readonly HostName[]; readonly credential?: Credential } | null;

const pendingIn = ({ pending }: ClientContext<unknown>): Pending => {
  if (pending === null) throw new Error('nothing is asked');
  return pending;
};

const serverIn = ({ servers, server }: ClientContext<unknown>): HostName => {
  const name = servers[server];
  if (name === undefined) throw new Error('a client asks only with a server');
  return name;
};

/** A client asks a server, one call at a time, until it has an answer or gives up. */
export const clientOver = <Local extends ValueRecord>(asking: Asking<Local>) => {
  type Context = ClientContext<Local>;
  const callOf = (event: ClientEvent, local: Local) => {
    const command = asking.commands[event.type];
    if (command === undefined) throw new Error(`the client has no command ${event.type}`);
    const { type: _, ...values } = event;
    return command(local, values as ValueRecord);
  };
  const resultIn = (event: ClientEvent): Result => (event as Response).result;
  const isRepeatable = ({ pending }: Context): boolean => pending !== null && (asking.isRepeatable?.(pending.call) ?? true);
  /** The first words of a call, whoever wants it made. */
  const begun = (context: Context, call: Pending['call']) => ({
    pending: { id: context.nextId, call },
    nextId: context.nextId + 1,
    attempt: 0,
    tried: 1,
    next: null,
  });
  const begins = ['store', 'noteInvoke'] as const;
  const gaveUp = (context: Context, reason: string): Effect<never> => {
    const { id, call } = pendingIn(context);
    return { type: 'return', operation: call.type, id, outcome: { definite: false, reason } };
  };

  return setup({
    types: {
      context: {} as Context,
      events: {} as ClientEvent,
      emitted: {} as Effect<ClientMessage>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    delays: {
      answerMs: ({ context }) => asking.patience.answerMs * 2 ** context.attempt,
    },
    guards: {
      isAnswer: ({ context, event }) => (event as Response).id === context.pending?.id,
      leadsOn: ({ context, event }) => {
        if ((event as Response).id !== context.pending?.id || context.serving) return false;
        const [{ call }, result] = [pendingIn(context), resultIn(event)];
        return asking.next?.(asking.learn?.(context.local, call, result) ?? context.local, call, result) != null;
      },
      mayRetry: ({ context }) => context.attempt < asking.patience.retries && isRepeatable(context),
      hasAnotherServer: ({ context }) => context.tried < context.servers.length && isRepeatable(context),
      comesFromServer: ({ context, event }) => (event as Delivered<Response>).from === context.servers[context.server],
      isAsked: ({ context }) => context.asks.length > 0,
    },
    actions: {
      begin: assign(({ context, event }) => {
        const { call, local } = callOf(event, context.local);
        return { ...begun(context, call), local };
      }),
      beginNext: assign(({ context }) => (context.next === null ? {} : begun(context, context.next))),
      beginAsked: assign(({ context }) => {
        const [first] = context.asks;
        return first === undefined ? {} : { ...begun(context, first.call), serving: true };
      }),
      /** Before the id is used: a crash must not let it be used again. */
      store: emit(({ context: { nextId, local } }) => ({ type: 'persist', key: storedKey, value: { nextId, local } })),
      noteInvoke: emit(({ context }) => {
        const { id, call } = pendingIn(context);
        return { type: 'invoke', operation: call.type, id, input: call };
      }),
      ask: emit(({ context }) => {
        const { credential } = context;
        return {
          type: 'send',
          to: serverIn(context),
          message: { type: 'Request', ...pendingIn(context), ...(credential === null ? {} : { credential }) },
        };
      }),
      takeBack: emit(({ context }) => ({ type: 'send', to: serverIn(context), message: { type: 'Cancel', id: pendingIn(context).id } })),
      countAttempt: assign(({ context }) => ({ attempt: context.attempt + 1 })),
      turnToNext: assign(({ context }) => ({ server: (context.server + 1) % context.servers.length, attempt: 0, tried: context.tried + 1 })),
      noteAnswer: emit(({ context, event }) => {
        const { id, call } = pendingIn(context);
        return { type: 'return', operation: call.type, id, outcome: { definite: true, value: resultIn(event) } };
      }),
      noteGivenUp: emit(({ context }) => gaveUp(context, 'timeout')),
      noteCancelled: emit(({ context }) => gaveUp(context, 'cancelled')),
      learn: assign(({ context, event }) => {
        const [{ call }, result] = [pendingIn(context), resultIn(event)];
        // What was asked on another's behalf is not this client's to remember.
        const local = context.serving ? context.local : (asking.learn?.(context.local, call, result) ?? context.local);
        return { local, next: context.serving ? null : (asking.next?.(local, call, result) ?? null) };
      }),
      end: assign({ pending: null, attempt: 0, tried: 0, next: null }),
      heed: assign(({ context, event }) => {
        const { notice, from } = event as Delivered<Notice>;
        return { local: asking.heed?.(context.local, notice, from) ?? context.local };
      }),
      noteAsk: assign(({ context, event }) => {
        const { type, onBehalfOf, call } = event as Ask;
        return { asks: [...context.asks, { type, onBehalfOf, call }] };
      }),
      passOn: enqueueActions(({ context, event, enqueue }) => {
        const [first] = context.asks;
        if (!context.serving || first === undefined || asking.onBehalfOf === undefined) return;
        const result = event.type === 'Response' ? resultIn(event) : failure('no answer');
        enqueue.emit({ type: 'tell', role: asking.onBehalfOf, message: { type: 'Learnt', onBehalfOf: first.onBehalfOf, result } } as Effect<never>);
        enqueue.assign({ asks: context.asks.slice(1), serving: false });
      }),
    },
  }).createMachine({
    id: asking.id,
    options: { maxIterations: 100 },
    context: ({ input }) => {
      const stored = (input.stored[storedKey] ?? { nextId: 0, local: asking.start(input.params) }) as Stored<Local>;
      const { servers = [], credential = null } = (input.params as Params) ?? {};
      return { servers, credential, server: 0, pending: null, attempt: 0, tried: 0, next: null, asks: [], serving: false, ...stored };
    },
    initial: 'idle',
    on: {
      ...(asking.heed === undefined ? {} : { Notice: { actions: ['heed', 'store'] as const, meta: rules.heed } }),
      ...(asking.onBehalfOf === undefined ? {} : { Ask: { actions: 'noteAsk' as const, meta: rules.onBehalf } }),
    },
    states: {
      idle: {
        description: 'Nothing is asked.',
        tags: 'rest',
        on: Object.fromEntries(
          Object.keys(asking.commands).map((command) => [
            command,
            { target: 'waiting' as const, actions: ['begin' as const, ...begins], meta: rules.ask },
          ]),
        ),
        ...(asking.onBehalfOf === undefined
          ? {}
          : { always: { guard: 'isAsked' as const, target: 'waiting', actions: ['beginAsked' as const, ...begins], meta: rules.onBehalf } }),
      },
      waiting: {
        description: 'A request is out; its answer has not come.',
        entry: 'ask',
        on: {
          Response: [
            ...(asking.next === undefined
              ? []
              : [
                  {
                    guard: 'leadsOn' as const,
                    target: 'waiting',
                    reenter: true as const,
                    actions: ['noteAnswer' as const, 'learn' as const, 'beginNext' as const, ...begins],
                    meta: rules.goOn,
                  },
                ]),
            { guard: 'isAnswer', target: 'idle', actions: ['noteAnswer', 'learn', 'passOn', 'end'], meta: rules.answer },
          ],
          disconnected: { guard: 'comesFromServer', target: 'silent', meta: rules.cut },
          ...(asking.cancels === true
            ? {
                cancel: {
                  target: 'idle',
                  actions: ['takeBack' as const, 'noteCancelled' as const, 'passOn' as const, 'end' as const],
                  meta: rules.cancel,
                },
              }
            : {}),
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
          { target: 'idle', actions: ['noteGivenUp', 'passOn', 'end'], meta: rules.giveUp },
        ],
      },
    },
  });
};
