import { assign, enqueueActions, setup } from 'xstate';
import type { Delivered, Effect, HostName, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Call, Request, Response } from '../request-response/messages.ts';
import { given } from '../request-response/parts.ts';

/** How long a holder takes a lock for its own, and from when on it counts. */
export interface Belief {
  readonly beliefMs: number;
  /** From its request on it is safe: the server counts from later on. From the answer on it is not: that may have waited. */
  readonly countsFrom: 'request' | 'answer';
}

const rules = {
  ask: { rule: 'HOLDER-1', source: 'RFC 8881, 18.10: LOCK', says: 'A holder asks for a lock, and counts the time from its request on.' },
  hold: { rule: 'HOLDER-2', source: 'RFC 8881, 8.2: Lock Owner and State Definition', says: 'It has the lock when the server says so in time.' },
  refused: { rule: 'HOLDER-3', source: 'RFC 8881, 15.1.8: Locking Errors', says: 'A lock that is denied is not asked for again by itself.' },
  write: { rule: 'HOLDER-4', source: 'RFC 8881, 8.2.1: Stateids; 18.32: WRITE', says: 'A write names the lock under which it is made.' },
  renew: { rule: 'HOLDER-5', source: 'RFC 8881, 8.3: Lease Renewal', says: 'While it asks for more time it makes no use of the lock.' },
  release: { rule: 'HOLDER-6', source: 'RFC 8881, 18.12: LOCKU', says: 'It gives the lock back, and does not wait for an answer.' },
  runsOut: { rule: 'HOLDER-7', source: 'RFC 8881, 8.3: Lease Renewal', says: 'When its own clock says so, the lock is not its own any more.' },
  told: { rule: 'HOLDER-8', source: 'RFC 8881, 15.1.11: NFS4ERR_EXPIRED', says: 'When the server says so, neither.' },
} as const satisfies Record<string, Rule>;

export interface HolderContext {
  readonly name: string;
  readonly server: HostName;
  readonly nextId: number;
  /** The request whose answer counts. */
  readonly asked: number | null;
  readonly stateid: number | null;
}

type Word = 'lock' | 'write' | 'renew' | 'unlock';
type HolderEvent = Delivered<Response> | { readonly type: Word };
type Params = { readonly name: string; readonly servers: readonly [HostName] };

const file = 'draft';
const storedKey = 'holder';

/** What a command asks of the server. */
const callOf = ({ name, stateid }: HolderContext, word: string): Call => {
  switch (word) {
    case 'lock':
      return { type: 'lock', name: file };
    case 'write':
      return { type: 'writeUnder', name: file, stateid, data: `${name} ${stateid}` };
    default:
      return { type: word, name: file, stateid };
  }
};

const answerIn = (event: HolderEvent): Response => {
  if (event.type !== 'Response') throw new Error('this is about responses only');
  return event;
};

/** A user who writes to a file only under a lock, which it takes for its own for a time that it counts itself. */
export const holderOver = ({ beliefMs, countsFrom }: Belief) => {
  const runsOut = { beliefMs: { target: '#idle', actions: 'forget', meta: rules.runsOut } } as const;
  return setup({
    types: {
      context: {} as HolderContext,
      events: {} as HolderEvent,
      emitted: {} as Effect<Request>,
      input: {} as RoleInput,
      meta: {} as Rule,
      tags: {} as 'rest',
    },
    delays: { beliefMs },
    guards: {
      isGranted: ({ context, event }) => answerIn(event).id === context.asked && answerIn(event).result.ok,
      isRefused: ({ context, event }) => answerIn(event).id === context.asked && !answerIn(event).result.ok,
    },
    actions: {
      /** The id is stored before it is used: a crash must not let it be used again. */
      send: enqueueActions(({ context, event, enqueue }) => {
        const id = context.nextId;
        enqueue.assign({ nextId: id + 1, asked: id });
        enqueue.emit({ type: 'persist', key: storedKey, value: { nextId: id + 1 } });
        enqueue.emit({ type: 'send', to: context.server, message: { type: 'Request', id, call: callOf(context, event.type) } });
      }),
      hold: assign(({ event }) => {
        const { result } = answerIn(event);
        return { stateid: result.ok ? (result.value as number) : null, asked: null };
      }),
      forget: assign({ stateid: null, asked: null }),
    },
  }).createMachine({
    id: 'file.holder',
    options: { maxIterations: 100 },
    context: ({ input }): HolderContext => {
      const { name, servers } = input.params as Params;
      const { nextId } = (input.stored[storedKey] ?? { nextId: 0 }) as { readonly nextId: number };
      return { name, server: servers[0], nextId, asked: null, stateid: null };
    },
    initial: 'idle',
    states: {
      idle: {
        id: 'idle',
        description: 'Has no lock, as far as it knows.',
        tags: 'rest',
        on: { lock: { target: 'leased', actions: 'send', meta: rules.ask } },
      },
      leased: {
        description: 'Has asked for the lock; the time that it allows itself passes.',
        initial: 'asking',
        ...given(countsFrom === 'request' ? true : undefined, { after: runsOut }),
        states: {
          asking: {
            description: 'The server has not answered, and until then the lock is not used.',
            ...given(countsFrom === 'answer' ? true : undefined, { after: runsOut }),
            on: {
              Response: [
                { guard: 'isGranted', target: 'holding', actions: 'hold', meta: rules.hold },
                { guard: 'isRefused', target: '#idle', actions: 'forget', meta: rules.refused },
              ],
            },
          },
          holding: {
            description: 'Takes the lock for its own.',
            ...given(countsFrom === 'answer' ? true : undefined, { after: runsOut }),
            on: {
              write: { actions: 'send', meta: rules.write },
              renew: { target: '#leased', reenter: true, actions: 'send', meta: rules.renew },
              unlock: { target: '#idle', actions: ['send', 'forget'], meta: rules.release },
              Response: { guard: 'isRefused', target: '#idle', actions: 'forget', meta: rules.told },
            },
          },
        },
        id: 'leased',
      },
    },
  });
};
