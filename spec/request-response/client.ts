import type { ValueRecord } from '../../model/kernel/value.ts';
import type { HostName } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Asking, ClientContext } from './client/asking.ts';
import { calling, storedKey } from './client/calling.ts';
import { opening } from './client/opening.ts';
import { rules } from './client/rules.ts';
import { serving } from './client/serving.ts';
import { vocabularyOf } from './client/vocabulary.ts';
import type { Credential } from './messages.ts';
import { given, whereOf } from './parts.ts';

/** What a scenario says to a client. */
type Params = { readonly servers?: readonly HostName[]; readonly credential?: Credential } | null;

/** The guards and actions of a client; those of what it does without are there and never used. */
const wordsOf = <Local extends ValueRecord>(asking: Asking<Local>) => {
  const [calls, sessions, tier] = [calling(asking), opening<Local>(), serving(asking)];
  return {
    guards: { ...calls.guards, ...sessions.guards, ...tier.guards },
    actions: { ...calls.actions, ...sessions.actions, ...tier.actions },
  };
};

type Words = ReturnType<typeof wordsOf>;

/** A transition, in these words. */
interface Step {
  readonly guard?: keyof Words['guards'];
  readonly target?: 'idle' | 'choosing' | 'opening' | 'waiting' | 'cut' | 'silent';
  readonly reenter?: true;
  readonly actions?: keyof Words['actions'] | readonly (keyof Words['actions'])[];
  readonly meta: Rule;
}

const where = whereOf<Step>();

const begins = ['store', 'noteInvoke'] as const;

/** A client asks a server, one call at a time, until it has an answer or gives up. */
export const clientOver = <Local extends ValueRecord>(asking: Asking<Local>) => {
  const { sessions, reconnects, cancels, heed, onBehalfOf, learn, next, single } = asking;
  const words = vocabularyOf<Local>().words.extend({
    ...wordsOf(asking),
    delays: { answerMs: ({ context }) => asking.patience.answerMs * 2 ** context.attempt },
  });
  // A call goes out at once, unless a session or a connection has to be there first.
  const begun = sessions === true || reconnects === true ? 'choosing' : 'waiting';
  const ends = [...(onBehalfOf === undefined ? [] : (['passOn', 'served'] as const)), 'end'] as const;
  const learns = learn === undefined && next === undefined ? [] : (['learn'] as const);
  const frees = sessions === true ? (['freeSlot'] as const) : [];
  const doubts = sessions === true ? (['doubtSlot'] as const) : [];
  const tells = cancels === 'telling' ? (['takeBack'] as const) : [];
  const isCut: Step =
    reconnects === true
      ? { guard: 'comesFromServer', target: 'cut', actions: 'noteCut', meta: rules.cut }
      : { guard: 'comesFromServer', target: 'silent', meta: rules.cut };

  return words.createMachine({
    id: asking.id,
    options: { maxIterations: 100 },
    context: ({ input }): ClientContext<Local> => {
      const stored = (input.stored[storedKey] ?? { nextId: 0, local: asking.start(input.params) }) as {
        readonly nextId: number;
        readonly local: Local;
      };
      const { servers = [], credential = null } = (input.params as Params) ?? {};
      // Who minds connections knows of none before it has heard of one.
      const cut = reconnects === true ? [...new Set(servers)].sort() : [];
      const nothing = { pending: null, attempt: 0, tried: 0, next: null, session: null, opening: null, asks: [], serving: false };
      return { servers, credential, server: 0, cut, ...nothing, ...stored };
    },
    initial: 'idle',
    on: {
      ...given(heed, { Notice: { actions: ['heed', 'store'], meta: rules.heed } as Step }),
      ...given(onBehalfOf, { Ask: { actions: 'noteAsk', meta: rules.onBehalf } as Step }),
      ...given(reconnects, {
        disconnected: { actions: 'noteCut', meta: rules.cut } as Step,
        connected: { actions: 'noteBack', meta: rules.reconnect } as Step,
      }),
    },
    states: {
      idle: {
        description: 'Nothing is asked.',
        tags: 'rest',
        on: Object.fromEntries(
          Object.keys(asking.commands).map((command): [string, Step] => [command, { target: begun, actions: ['begin', ...begins], meta: rules.ask }]),
        ),
        ...given(onBehalfOf, { always: { guard: 'isAsked', target: begun, actions: ['beginAsked', ...begins], meta: rules.onBehalf } as Step }),
      },
      ...given(begun === 'choosing', {
        choosing: {
          description: 'A call is to be made: over a connection that stands, in a free slot of a session.',
          always: [
            ...where(reconnects, [{ guard: 'isCutOff', target: 'cut', meta: rules.cut }]),
            ...where(sessions, [
              { guard: 'hasFreeSlot', target: 'waiting', actions: 'takeSlot', meta: rules.open },
              { target: 'opening', actions: ['beginOpening', 'store'], meta: rules.open },
            ]),
            ...where(sessions !== true, [{ target: 'waiting', meta: rules.ask }]),
          ],
        },
      }),
      ...given(sessions, {
        opening: {
          description: 'A session is asked for.',
          entry: 'askForSession' as const,
          on: {
            Response: { guard: 'isOpened', target: 'waiting', actions: ['keepSession', 'takeSlot'], meta: rules.open } as Step,
            disconnected: isCut,
          },
          after: {
            answerMs: [
              { guard: 'mayRetry', target: 'opening', reenter: true, actions: 'countAttempt', meta: rules.again },
              { target: 'silent', meta: rules.failOver },
            ] as readonly Step[],
          },
        },
      }),
      waiting: {
        description: 'A request is out; its answer has not come.',
        entry: 'ask',
        on: {
          Response: [
            ...where(sessions, [{ guard: 'lostSession', target: 'idle', actions: ['noteLost', 'dropSession', ...ends], meta: rules.lost }]),
            ...where(next, [
              {
                guard: 'leadsOn',
                target: begun,
                reenter: true,
                actions: ['noteAnswer', ...frees, 'learn', 'beginNext', ...begins],
                meta: rules.goOn,
              },
            ]),
            { guard: 'isAnswer', target: 'idle', actions: ['noteAnswer', ...frees, ...learns, ...ends], meta: rules.answer } as Step,
          ],
          disconnected: isCut,
          ...given(cancels, { cancel: { target: 'idle', actions: [...tells, 'noteCancelled', ...doubts, ...ends], meta: rules.cancel } as Step }),
        },
        // Over a connection that stands nothing is lost, so nothing is sent again.
        ...given(reconnects !== true, {
          after: {
            answerMs: [
              { guard: 'mayRetry', target: 'waiting', reenter: true, actions: 'countAttempt', meta: rules.again },
              { target: 'silent', meta: rules.failOver },
            ] as readonly Step[],
          },
        }),
      },
      ...given(reconnects, {
        cut: {
          description: 'The connection is lost; it may come back.',
          on: {
            connected: { guard: 'comesFromServer', target: 'choosing', actions: ['noteBack', 'countAttempt'], meta: rules.reconnect } as Step,
          },
          after: { answerMs: { target: 'silent', meta: rules.failOver } as Step },
        },
      }),
      silent: {
        description: 'The server does not answer: the next one is asked, if there is one.',
        always: [
          ...where(single !== true, [{ guard: 'hasAnotherServer', target: begun, actions: 'turnToNext', meta: rules.failOver }]),
          { target: 'idle', actions: ['noteGivenUp', ...doubts, ...ends], meta: rules.giveUp } as Step,
        ],
      },
    },
  });
};
