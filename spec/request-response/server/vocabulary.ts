import { setup } from 'xstate';
import * as z from 'zod';
import type { Value } from '../../../model/kernel/value.ts';
import type { Delivered, Effect, HostName, LinkEvent, RoleInput } from '../../../model/role/effect.ts';
import { hostName } from '../../../model/role/message.ts';
import type { Rule } from '../../../model/role/rule.ts';
import type { Ask, Cancel, Learnt, Notice, Request, Response, Result } from '../messages.ts';
import type { Notification } from '../service.ts';

/** A request that was taken and is not answered yet. */
export type Work = { readonly client: HostName; readonly request: Request };

/** What the present step has computed, for its later actions. */
export type Done = { readonly work: Work; readonly result: Result; readonly notices: readonly Notification[] };

export type ServerContext = {
  /** The service's. */
  readonly state: Value;
  /** What the ledger remembers. */
  readonly memory: Value;
  /** The users who may act, sorted. */
  readonly granted: readonly string[];
  /** Requests that wait for the processor; the first is worked on. */
  readonly queue: readonly Work[];
  /** Requests for which another server was asked. */
  readonly asked: readonly Work[];
  /** Null between two steps. */
  readonly done: Done | null;
};

const workSchema = z.object({ client: hostName() });

/** What a server with a reply cache remembers and stores, as far as host names stand there. */
export const remembered = z.object({ memory: z.array(workSchema) });

/** Its context, as far as host names stand there. */
export const serverSchema = remembered.extend({
  queue: z.array(workSchema),
  asked: z.array(workSchema),
  done: z.object({ work: workSchema, notices: z.array(z.object({ to: hostName() })) }).nullable(),
});

/** What an administrator does. */
export type Administration = { readonly type: 'grant' | 'revoke'; readonly user: string };

export type ServerEvent = Delivered<Request | Cancel | Learnt> | LinkEvent | Administration;
export type ServerEffect = Effect<Response | Notice | Ask>;

/** The words in which a server's rules are written. */
export const vocabulary = setup({
  types: {
    context: {} as ServerContext,
    events: {} as ServerEvent,
    emitted: {} as ServerEffect,
    input: {} as RoleInput,
    meta: {} as Rule,
    tags: {} as 'rest',
  },
});

/** An action that changes the context. */
export const changes = (to: (context: ServerContext, event: ServerEvent) => Partial<ServerContext>) =>
  vocabulary.assign(({ context, event }) => to(context, event));

/** An action that emits effects, in order. */
export const emits = (what: (context: ServerContext, event: ServerEvent) => readonly ServerEffect[]) =>
  vocabulary.enqueueActions(({ context, event, enqueue }) => {
    for (const effect of what(context, event)) enqueue.emit(effect);
  });

/** A guard. */
export const when =
  (holds: (context: ServerContext, event: ServerEvent) => boolean) =>
  ({ context, event }: { readonly context: ServerContext; readonly event: ServerEvent }): boolean =>
    holds(context, event);

/** The request that the present step is about: the one that comes, the one whose answer comes from behind, or the first that waits. */
export const workOf = (context: ServerContext, event: ServerEvent): Work => {
  const work = event.type === 'Request' ? arriving(event) : event.type === 'Learnt' ? context.asked.find(isFor(event)) : context.queue[0];
  if (work === undefined) throw new Error('a server works only on what it was asked');
  return work;
};

const arriving = ({ from, ...request }: Delivered<Request>): Work => ({ client: from, request });

/** Whether it is the request with this id of this client. */
export const isOf =
  (client: HostName, id: number) =>
  (work: Work): boolean =>
    work.client === client && work.request.id === id;

export const isFor = ({ onBehalfOf }: Learnt): ((work: Work) => boolean) => isOf(onBehalfOf.client, onBehalfOf.id);
