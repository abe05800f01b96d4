import type { ServerDomain } from '../domain.ts';
import type { Entry } from '../ledger.ts';
import type { Result } from '../messages.ts';
import { changes, emits, type ServerContext, type ServerEffect, type ServerEvent, when, type Work, workOf } from './vocabulary.ts';

/** What a server does with a request that it executes, and with one that it has executed before. */

/** What a server stores: one value, so that state, answers and grants cannot part in a crash. */
export const storedKey = 'server';

/** In the step in which a request comes its answer is a reply; later it is sent. */
export const answering = (event: ServerEvent, { client, request: { id } }: Work, result: Result): ServerEffect => {
  const message = { type: 'Response', id, result } as const;
  return event.type === 'Request' ? { type: 'reply', message } : { type: 'send', to: client, message };
};

const doneIn = ({ done }: ServerContext) => {
  if (done === null) throw new Error('a server answers with what it has just computed');
  return done;
};

export const executing = ({ service, ledger, access }: ServerDomain) => {
  const found = (context: ServerContext, event: ServerEvent): Entry => {
    const { client, request } = workOf(context, event);
    return ledger?.find(context.memory, client, request) ?? { kind: 'new' };
  };
  const opened = (context: ServerContext, event: ServerEvent) => {
    const { client, request } = workOf(context, event);
    return ledger?.opens?.(context.memory, client, request) ?? null;
  };
  const isSafe = ({ request }: Work): boolean => service.isSafe?.(request.call) ?? false;
  return {
    guards: {
      wasAnswered: when((context, event) => found(context, event).kind === 'answered'),
      isRefused: when((context, event) => found(context, event).kind === 'refused'),
      isSafe: when((context, event) => isSafe(workOf(context, event))),
      opensSession: when((context, event) => opened(context, event) !== null),
    },
    actions: {
      execute: changes((context, event) => {
        const work = workOf(context, event);
        const served = service.apply(context.state, work.request.call, work.client);
        if ('asks' in served) throw new Error(`a server with nothing behind it cannot ask for ${served.asks.type}`);
        const { state, result, notices = [] } = served;
        return { state, done: { work, result, notices } };
      }),
      openSession: changes((context, event) => {
        const session = opened(context, event);
        return session === null ? {} : { memory: session.memory, done: { work: workOf(context, event), result: session.result, notices: [] } };
      }),
      remember: changes((context) => {
        const { work, result } = doneIn(context);
        return ledger === undefined ? {} : { memory: ledger.note(context.memory, work.client, work.request, result) };
      }),
      store: emits(({ state, memory, granted }) => {
        const value = {
          state: service.stable?.(state) ?? state,
          ...(ledger === undefined ? {} : { memory: ledger.stored(memory) }),
          ...(access === undefined ? {} : { granted }),
        };
        return [{ type: 'persist', key: storedKey, value }];
      }),
      reply: emits((context, event) => {
        const { work, result } = doneIn(context);
        return [answering(event, work, result)];
      }),
      tell: emits((context) => doneIn(context).notices.map(({ to, notice }) => ({ type: 'send', to, message: { type: 'Notice', notice } }))),
      forget: changes(() => ({ done: null })),
      replyAgain: emits((context, event) => {
        const entry = found(context, event);
        if (entry.kind === 'new') throw new Error('only what the ledger knows is answered from it');
        return [answering(event, workOf(context, event), entry.result)];
      }),
    },
  };
};
