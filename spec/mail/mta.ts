import { assign, emit, enqueueActions, setup } from 'xstate';
import type { Delivered, Effect, HostName, LinkEvent, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Request, Response } from '../request-response/messages.ts';
import type { MailDomain } from './domain.ts';
import { type Boxes, deposit } from './mailbox.ts';
import type { Data, Mail, Reply } from './messages.ts';
import { rules } from './rules.ts';

/** Mail that this host owns and has not passed on, and how often it has tried. */
export type Queued = { readonly mail: Mail; readonly attempts: number };

/** What a mail host stores: one value, so that no crash finds a mail in between. */
export type MailStore = { readonly queue: readonly Queued[]; readonly boxes: Boxes; readonly written: number };

/** Who a host is, who has a box on it, and to which host it passes mail for others on, by their host or `*`. */
export type MailParams = {
  readonly name: HostName;
  readonly users: readonly string[];
  readonly routes: Readonly<Record<string, HostName>>;
  /** To whom its users write. */
  readonly writesTo?: string;
  /** In whose name its first user writes, where it is not his own. */
  readonly writesAs?: string;
};

export type MailContext = MailStore & MailParams;
type Write = { readonly type: 'write'; readonly to: string };
type MailEvent = Delivered<Data | Reply | Request> | LinkEvent | Write;

const storedKey = 'mail';

/** `cora@far`: the user, and the host that keeps his box. */
const partsOf = (address: string): readonly [user: string, host: string] => address.split('@') as [string, string];

const nextHop = ({ routes }: MailContext, { to }: Mail): HostName | null => routes[partsOf(to)[1]] ?? routes['*'] ?? null;

const isHere = ({ name }: MailContext, { to }: Mail): boolean => partsOf(to)[1] === name;

const firstOf = ({ queue }: MailContext): Queued => {
  const [first] = queue;
  if (first === undefined) throw new Error('nothing waits to be sent');
  return first;
};

/** A mail host: it takes mail over, keeps it in a queue that survives crashes, and passes it on until another host has taken it over. */
export const mtaOver = ({ maxAttempts, maxHops, room, bounceOf, mailbox }: MailDomain) => {
  /** Into a box of this host, or into the queue. */
  const taken = (context: MailContext, mail: Mail): Partial<MailContext> =>
    isHere(context, mail)
      ? { boxes: deposit(context.boxes, partsOf(mail.to)[0], mail) }
      : { queue: [...context.queue, { mail: { ...mail, hops: mail.hops + 1 }, attempts: 0 }] };

  const canNeverTake = (context: MailContext, mail: Mail): boolean =>
    mail.hops >= maxHops || (isHere(context, mail) ? !context.users.includes(partsOf(mail.to)[0]) : nextHop(context, mail) === null);

  const ended = (id: string, outcome: Extract<Effect, { type: 'return' }>['outcome']) =>
    ({ type: 'return', operation: 'data', id, outcome }) as const;

  return setup({
    types: {
      context: {} as MailContext,
      events: {} as MailEvent,
      emitted: {} as Effect<Data | Reply | Response>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    delays: { replyMs: 600_000, retryMs: 1_800_000 },
    guards: {
      canNeverTake: ({ context, event }) => canNeverTake(context, (event as Data).mail),
      hasNoRoom: ({ context, event }) => context.queue.length >= room && !isHere(context, (event as Data).mail),
      hasQueued: ({ context }) => context.queue.length > 0,
      /** Looked at once it is in the queue, because what was written here, and notices, did not pass `canNeverTake`. */
      hasNoWay: ({ context }) => context.queue.length > 0 && nextHop(context, firstOf(context).mail) === null,
      isTaken: ({ context, event }) => (event as Reply).id === firstOf(context).mail.id && (event as Reply).code === 250,
      isRefused: ({ context, event }) => (event as Reply).id === firstOf(context).mail.id && (event as Reply).code === 550,
      isDeferred: ({ context, event }) => (event as Reply).id === firstOf(context).mail.id && (event as Reply).code === 451,
      comesFromNextHop: ({ context, event }) => (event as LinkEvent).from === nextHop(context, firstOf(context).mail),
      givesUp: ({ context }) => firstOf(context).attempts + 1 >= maxAttempts,
    },
    actions: {
      take: assign(({ context, event }) => taken(context, (event as Data).mail)),
      store: emit(({ context: { queue, boxes, written } }) => ({ type: 'persist', key: storedKey, value: { queue, boxes, written } })),
      accept: emit(({ event }) => ({ type: 'reply', message: { type: 'Reply', id: (event as Data).mail.id, code: 250 } })),
      defer: emit(({ event }) => ({ type: 'reply', message: { type: 'Reply', id: (event as Data).mail.id, code: 451 } })),
      refuse: emit(({ event }) => ({ type: 'reply', message: { type: 'Reply', id: (event as Data).mail.id, code: 550 } })),
      compose: assign(({ context, event }) => {
        const mail: Mail = {
          id: `${context.name}-${context.written}`,
          from: `${context.writesAs ?? context.users[0]}@${context.name}`,
          to: (event as Write).to,
          hops: 0,
        };
        return { ...taken(context, mail), written: context.written + 1 };
      }),
      send: enqueueActions(({ context, enqueue }) => {
        const { mail } = firstOf(context);
        const to = nextHop(context, mail);
        // Sent back before, unless a planted fault keeps it.
        if (to === null) return;
        enqueue.emit({ type: 'invoke', operation: 'data', id: mail.id, input: mail.to });
        enqueue.emit({ type: 'send', to, message: { type: 'Data', mail } });
      }),
      noteReply: emit(({ event }) => ended((event as Reply).id, { definite: true, value: (event as Reply).code })),
      noteCut: emit(({ context }) => ended(firstOf(context).mail.id, { definite: false, reason: 'cut' })),
      dequeue: assign(({ context }) => ({ queue: context.queue.slice(1) })),
      /** The others first. */
      requeue: assign(({ context }) => {
        const { mail, attempts } = firstOf(context);
        return { queue: [...context.queue.slice(1), { mail, attempts: attempts + 1 }] };
      }),
      bounce: assign(({ context }) => {
        const queue = context.queue.slice(1);
        const bounce = bounceOf(firstOf(context).mail);
        return bounce === null ? { queue } : { queue, ...taken({ ...context, queue }, bounce) };
      }),
      serve: assign(({ context, event }) => {
        const served = mailbox.apply(context.boxes, (event as Request).call, (event as Delivered<Request>).from);
        return 'asks' in served ? {} : { boxes: served.state };
      }),
      answer: emit(({ context, event }) => {
        // To list, and to remove by number, says the same again; so what was asked is looked up after it was done.
        const { id, call } = event as Request;
        const served = mailbox.apply(context.boxes, call, (event as Delivered<Request>).from);
        if ('asks' in served) throw new Error('a mailbox asks nobody');
        return { type: 'reply', message: { type: 'Response', id, result: served.result } };
      }),
    },
  }).createMachine({
    id: 'mail.mta',
    options: { maxIterations: 100 },
    context: ({ input }) => {
      const stored = input.stored[storedKey] as MailStore | undefined;
      return { queue: [], boxes: mailbox.start, written: 0, ...stored, ...(input.params as MailParams) };
    },
    initial: 'resting',
    on: {
      Data: [
        { guard: 'canNeverTake', actions: 'refuse', meta: rules.refuse },
        { guard: 'hasNoRoom', actions: 'defer', meta: rules.defer },
        { actions: ['take', 'store', 'accept'], meta: rules.take },
      ],
      Request: { actions: ['serve', 'store', 'answer'], meta: rules.serve },
      write: { actions: ['compose', 'store'], meta: rules.write },
    },
    states: {
      resting: {
        description: 'Nothing is being sent.',
        tags: 'rest',
        always: [
          { guard: 'hasNoWay', target: 'resting', reenter: true, actions: ['bounce', 'store'], meta: rules.noWay },
          { guard: 'hasQueued', target: 'sending', meta: rules.send },
        ],
      },
      sending: {
        description: 'The final dot is sent, and the reply has not come.',
        entry: 'send',
        on: {
          Reply: [
            { guard: 'isTaken', target: 'resting', actions: ['dequeue', 'store', 'noteReply'], meta: rules.taken },
            { guard: 'isRefused', target: 'resting', actions: ['bounce', 'store', 'noteReply'], meta: rules.bounce },
            { guard: 'isDeferred', target: 'pausing', actions: 'noteReply', meta: rules.again },
          ],
          disconnected: { guard: 'comesFromNextHop', target: 'pausing', actions: 'noteCut', meta: rules.cut },
        },
        after: { replyMs: { target: 'pausing', actions: 'noteCut', meta: rules.cut } },
      },
      pausing: {
        description: 'The other host did not take it over; it is tried again later.',
        after: {
          retryMs: [
            { guard: 'givesUp', target: 'resting', actions: ['bounce', 'store'], meta: rules.bounce },
            { target: 'resting', actions: ['requeue', 'store'], meta: rules.again },
          ],
        },
      },
    },
  });
};
