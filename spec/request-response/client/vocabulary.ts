import { setup } from 'xstate';
import type { ValueRecord } from '../../../model/kernel/value.ts';
import type { Effect, HostName, RoleInput } from '../../../model/role/effect.ts';
import type { Rule } from '../../../model/role/rule.ts';
import type { Learnt, Result } from '../messages.ts';
import type { ClientContext, ClientEvent, ClientMessage, Pending } from './asking.ts';

/** What a client emits; to the server program beside it too. */
export type ClientEffect = Effect<ClientMessage> | (Effect<never> & { readonly type: 'tell'; readonly message: Learnt });

/** The words in which a client's rules are written, for one that remembers this between calls. */
export const vocabularyOf = <Local extends ValueRecord>() => {
  type Context = ClientContext<Local>;
  const words = setup({
    types: {
      context: {} as Context,
      events: {} as ClientEvent,
      emitted: {} as Effect<ClientMessage>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
  });
  return {
    words,
    /** An action that changes the context. */
    changes: (to: (context: Context, event: ClientEvent) => Partial<Context>) => words.assign(({ context, event }) => to(context, event)),
    /** An action that emits effects, in order. */
    emits: (what: (context: Context, event: ClientEvent) => readonly ClientEffect[]) =>
      words.enqueueActions(({ context, event, enqueue }) => {
        for (const effect of what(context, event)) enqueue.emit(effect as Effect<ClientMessage>);
      }),
    /** A guard. */
    when:
      (holds: (context: Context, event: ClientEvent) => boolean) =>
      ({ context, event }: { readonly context: Context; readonly event: ClientEvent }): boolean =>
        holds(context, event),
  };
};

export const pendingIn = ({ pending }: ClientContext<unknown>): Pending => {
  if (pending === null) throw new Error('nothing is asked');
  return pending;
};

export const serverIn = ({ servers, server }: ClientContext<unknown>): HostName => {
  const name = servers[server];
  if (name === undefined) throw new Error('a client asks only with a server');
  return name;
};

/** The response that is being handled. */
export const responseIn = (event: ClientEvent): { readonly id: number; readonly result: Result } => {
  if (event.type !== 'Response') throw new Error('this is about responses only');
  return event as unknown as { readonly id: number; readonly result: Result };
};
