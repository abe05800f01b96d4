import { assertEvent, assign, emit, setup } from 'xstate';
import type { Value } from '../../model/kernel/value.ts';
import type { Delivered, Effect, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Answered, RequestResponseDomain } from './domain.ts';
import type { Request, Response } from './messages.ts';

/** The service's state, and the answers that were given last, the oldest first. */
export type ServerContext = { readonly state: Value; readonly cache: readonly Answered[] };

const rules = {
  execute: {
    rule: 'SERVER-1',
    source: 'RFC 9110, 3.3; RFC 1813, 4.5',
    says: 'A request is executed; the new state is stored with the answer, and then the answer is sent.',
  },
  again: {
    rule: 'SERVER-2',
    source: 'RFC 1813, 4.5: duplicate request cache',
    says: 'A request that was executed before is answered as before, and not executed again.',
  },
} as const satisfies Record<string, Rule>;

/** What a server stores: one value, so that state and answers cannot part in a crash. */
const storedKey = 'server';

const latest = (cache: readonly Answered[], count: number): readonly Answered[] => cache.slice(Math.max(0, cache.length - count));

/** A server waits for requests, and answers each from its service's state. */
export const serverOver = (domain: RequestResponseDomain) => {
  const answerTo = (context: ServerContext, event: Delivered<Request>): Answered | undefined =>
    context.cache.find((answered) => domain.isAnswerTo(answered, event.from, event.id));

  return setup({
    types: {
      context: {} as ServerContext,
      events: {} as Delivered<Request>,
      emitted: {} as Effect<Response>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    guards: {
      wasAnswered: ({ context, event }) => answerTo(context, event) !== undefined,
    },
    actions: {
      execute: assign(({ context, event }) => {
        assertEvent(event, 'Request');
        const { state, result } = domain.service.apply(context.state, event.call);
        // One answer more than is kept, so that it can be sent even where none is kept.
        const cache = latest([...context.cache, { client: event.from, id: event.id, result }], domain.cacheSize + 1);
        return { state, cache };
      }),
      store: emit(({ context }) => ({
        type: 'persist',
        key: storedKey,
        value: { state: context.state, cache: domain.stores(latest(context.cache, domain.cacheSize)) },
      })),
      reply: emit(({ context, event }) => {
        const last = context.cache.at(-1);
        if (last === undefined) throw new Error('a server replies with what it has just computed');
        return { type: 'reply', message: { type: 'Response', id: event.id, result: last.result } };
      }),
      forget: assign(({ context }) => ({ cache: latest(context.cache, domain.cacheSize) })),
      replyAgain: emit(({ context, event }) => {
        const answered = answerTo(context, event);
        if (answered === undefined) throw new Error('only what was answered is answered again');
        return { type: 'reply', message: { type: 'Response', id: event.id, result: answered.result } };
      }),
    },
  }).createMachine({
    id: 'request-response.server',
    options: { maxIterations: 100 },
    context: ({ input }) => (input.stored[storedKey] as ServerContext | undefined) ?? { state: domain.service.start, cache: [] },
    initial: 'waiting',
    states: {
      waiting: {
        description: 'Waits for requests; it begins nothing by itself.',
        tags: 'rest',
        on: {
          Request: [
            { guard: 'wasAnswered', actions: 'replyAgain', meta: rules.again },
            { actions: ['execute', 'store', 'reply', 'forget'], meta: rules.execute },
          ],
        },
      },
    },
  });
};
