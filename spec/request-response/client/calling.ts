import type { ValueRecord } from '../../../model/kernel/value.ts';
import type { Call, Result } from '../messages.ts';
import type { Asking, ClientContext, ClientEvent, Pending } from './asking.ts';
import { stampIn } from './sessions.ts';
import { type ClientEffect, pendingIn, responseIn, serverIn, vocabularyOf } from './vocabulary.ts';

/** How a client begins a call, sends it, and ends it. */

/** What a client stores with every call: the first id that it has not used, and what it remembers. */
export const storedKey = 'client';

/** The first words of a call, whoever wants it made. */
export const begun = ({ nextId }: ClientContext<unknown>, call: Call) => ({
  pending: { id: nextId, call } satisfies Pending,
  nextId: nextId + 1,
  attempt: 0,
  tried: 1,
  next: null,
});

const ended = (context: ClientContext<unknown>, reason: string): ClientEffect => {
  const { id, call } = pendingIn(context);
  return { type: 'return', operation: call.type, id, outcome: { definite: false, reason } };
};

export const calling = <Local extends ValueRecord>(asking: Asking<Local>) => {
  const { changes, emits, when } = vocabularyOf<Local>();
  type Context = ClientContext<Local>;
  const callOf = (event: ClientEvent, local: Local) => {
    const command = asking.commands[event.type];
    if (command === undefined) throw new Error(`the client has no command ${event.type}`);
    const { type: _, ...values } = event;
    return command(local, values as ValueRecord);
  };
  /** What was asked on another's behalf is not this client's to remember. */
  const learnt = ({ local, serving }: Context, call: Call, result: Result): Local =>
    serving ? local : (asking.learn?.(local, call, result) ?? local);
  const nextOf = (context: Context, { call }: Pending, result: Result): Call | null =>
    context.serving ? null : (asking.next?.(learnt(context, call, result), call, result) ?? null);
  const mayRepeat = ({ pending, opening }: Context): boolean =>
    opening !== null || (pending !== null && (asking.isRepeatable?.(pending.call) ?? true));
  const isAnswer = ({ pending, opening }: Context, event: ClientEvent): boolean => opening === null && responseIn(event).id === pending?.id;
  return {
    guards: {
      isAnswer: when(isAnswer),
      leadsOn: when((context, event) => isAnswer(context, event) && nextOf(context, pendingIn(context), responseIn(event).result) !== null),
      mayRetry: when((context) => context.attempt < asking.patience.retries && mayRepeat(context)),
      hasAnotherServer: when((context) => context.tried < context.servers.length && mayRepeat(context)),
      comesFromServer: when((context, event) => 'from' in event && event.from === context.servers[context.server]),
    },
    actions: {
      begin: changes((context, event) => {
        const { call, local } = callOf(event, context.local);
        return { ...begun(context, call), local };
      }),
      beginNext: changes((context) => (context.next === null ? {} : begun(context, context.next))),
      /** Before the id is used: a crash must not let it be used again. */
      store: emits(({ nextId, local }) => [{ type: 'persist', key: storedKey, value: { nextId, local } }]),
      noteInvoke: emits((context) => {
        const { id, call } = pendingIn(context);
        return [{ type: 'invoke', operation: call.type, id, input: call }];
      }),
      ask: emits((context) => {
        const { credential, session } = context;
        const [proof, place] = [credential === null ? {} : { credential }, session === null ? {} : { stamp: stampIn(session) }];
        return [{ type: 'send', to: serverIn(context), message: { type: 'Request', ...pendingIn(context), ...proof, ...place } }];
      }),
      takeBack: emits((context) => [{ type: 'send', to: serverIn(context), message: { type: 'Cancel', id: pendingIn(context).id } }]),
      countAttempt: changes(({ attempt }) => ({ attempt: attempt + 1 })),
      turnToNext: changes(({ server, servers, tried }) => ({ server: (server + 1) % servers.length, attempt: 0, tried: tried + 1, opening: null })),
      noteAnswer: emits((context, event) => {
        const { id, call } = pendingIn(context);
        return [{ type: 'return', operation: call.type, id, outcome: { definite: true, value: responseIn(event).result } }];
      }),
      noteGivenUp: emits((context) => [ended(context, 'timeout')]),
      noteCancelled: emits((context) => [ended(context, 'cancelled')]),
      noteLost: emits((context) => [ended(context, 'the session is lost')]),
      learn: changes((context, event) => {
        const [pending, { result }] = [pendingIn(context), responseIn(event)];
        return { local: learnt(context, pending.call, result), next: nextOf(context, pending, result) };
      }),
      end: changes(() => ({ pending: null, attempt: 0, tried: 0, next: null, opening: null })),
      heed: changes(({ local }, event) =>
        event.type === 'Notice' ? { local: asking.heed?.(local, event['notice'] as ValueRecord, event['from'] as string) ?? local } : {},
      ),
    },
  };
};
