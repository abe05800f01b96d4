import type { Rule } from '../../model/role/rule.ts';
import type { ServerDomain } from './domain.ts';
import { given, whereOf } from './parts.ts';
import { admitting } from './server/admitting.ts';
import { asking } from './server/asking.ts';
import { executing, storedKey } from './server/executing.ts';
import { lasting } from './server/lasting.ts';
import { queueing } from './server/queueing.ts';
import { rules } from './server/rules.ts';
import { telling } from './server/telling.ts';
import { type ServerContext, vocabulary } from './server/vocabulary.ts';

/** The guards and actions of a server; those of what it does without are there and never used. */
const wordsOf = (domain: ServerDomain) => {
  const execution = executing(domain);
  const admission = admitting(domain.access ?? { granted: [], authenticate: () => null, needsGrant: () => false });
  const queue = queueing(domain.processor ?? { workMs: 0, queue: 0 });
  const tier = asking(domain);
  const news = telling(domain.service);
  const time = lasting(domain.service);
  return {
    guards: { ...execution.guards, ...admission.guards, ...queue.guards, ...tier.guards, ...news.guards, ...time.guards },
    actions: { ...execution.actions, ...admission.actions, ...queue.actions, ...tier.actions, ...news.actions, ...time.actions },
  };
};

type Words = ReturnType<typeof wordsOf>;

/** A transition, in these words. */
interface Step {
  readonly guard?: keyof Words['guards'];
  readonly target?: 'waiting' | 'counting' | 'working' | 'freed' | 'asking';
  readonly reenter?: true;
  readonly actions?: keyof Words['actions'] | readonly (keyof Words['actions'])[];
  readonly meta: Rule;
}

const where = whereOf<Step>();

const lookUp = ['execute', 'reply', 'forget'] as const;

/** A server waits for requests, and answers each from its service's state. */
export const serverOver = (domain: ServerDomain) => {
  const { service, ledger, access, processor, behind, waitsForThem, cancels, tellAgainMs, unitMs } = domain;
  const counted = given(unitMs, { unitMs }) as { readonly unitMs: number };
  const words = vocabulary.extend({ ...wordsOf(domain), delays: { workMs: processor?.workMs ?? 0, tellAgainMs: tellAgainMs ?? 0, ...counted } });

  // In a session every request counts, also one that changes nothing.
  const looksUp = service.isSafe !== undefined && ledger?.opens === undefined;
  /** With the result at hand: it is remembered and stored before anybody hears of it. */
  const finish = [...(ledger === undefined ? [] : (['remember'] as const)), 'store', 'reply', 'tell', 'forget'] as const;

  /** What is looked at before a request is executed or queued. */
  const received: readonly Step[] = [
    ...where(access, [{ guard: 'isForbidden', actions: 'deny', meta: rules.deny }]),
    ...where(ledger, [{ guard: 'wasAnswered', actions: 'replyAgain', meta: rules.again }]),
    ...where(ledger?.refuses, [{ guard: 'isRefused', actions: 'replyAgain', meta: rules.refuse }]),
    ...where(ledger?.opens, [{ guard: 'opensSession', actions: ['openSession', 'store', 'reply', 'forget'], meta: rules.open }]),
    ...where(processor, [{ guard: 'isQueued', meta: rules.queued }]),
    ...where(behind, [{ guard: 'isAskedFor', meta: rules.queued }]),
  ];
  const atOnce: readonly Step[] = [
    ...where(behind, [{ guard: 'mustAsk', actions: ['ask', 'noteAsked'], meta: rules.ask }]),
    ...where(looksUp, [{ guard: 'isSafe', actions: lookUp, meta: rules.safe }]),
    // Subscribers are told again some time after the last execution.
    { ...(tellAgainMs === undefined ? {} : { target: 'waiting', reenter: true }), actions: ['execute', ...finish], meta: rules.execute },
  ];
  const whenItsTurnComes: readonly Step[] = [
    ...where(access, [{ guard: 'isForbidden', target: 'freed', actions: ['deny', 'dequeue'], meta: rules.deny }]),
    ...where(behind, [
      waitsForThem === true
        ? { guard: 'mustAsk', target: 'asking', actions: ['ask', 'noteAsked'], meta: rules.ask }
        : { guard: 'mustAsk', target: 'freed', actions: ['ask', 'noteAsked', 'dequeue'], meta: rules.ask },
    ]),
    ...where(looksUp, [{ guard: 'isSafe', target: 'freed', actions: [...lookUp, 'dequeue'], meta: rules.safe }]),
    { target: 'freed', actions: ['execute', ...finish, 'dequeue'], meta: rules.work },
  ];
  const whileBusy = {
    Request: [...received, { guard: 'isFull', actions: 'sayBusy', meta: rules.busy }, { actions: 'enqueue', meta: rules.enqueue }] as readonly Step[],
    ...given(cancels, { Cancel: { guard: 'waitsInQueue', actions: 'unqueue', meta: rules.cancel } as Step }),
  };
  const forbiddenMeanwhile = where(access, [{ guard: 'isForbidden', actions: ['deny', 'takeUp'], meta: rules.deny }]);
  const fromBehind = given(behind, {
    Learnt: [...forbiddenMeanwhile, { guard: 'wasAsked', actions: ['resume', 'takeUp', ...finish], meta: rules.goOn }] as readonly Step[],
  });

  const whenFree = {
    Request: [...received, ...(processor === undefined ? atOnce : where(true, [{ target: 'working', actions: 'enqueue', meta: rules.enqueue }]))],
    ...fromBehind,
  };

  return words.createMachine({
    id: 'request-response.server',
    options: { maxIterations: 100 },
    context: ({ input }): ServerContext => {
      const stored = input.stored[storedKey] as Partial<ServerContext> | undefined;
      return { state: service.start, memory: ledger?.start ?? null, granted: access?.granted ?? [], ...stored, queue: [], asked: [], done: null };
    },
    initial: 'waiting',
    on: {
      ...given(access, {
        grant: { actions: ['grant', 'store'], meta: rules.grant } as Step,
        revoke: { actions: ['revoke', 'store'], meta: rules.grant } as Step,
      }),
      ...given(service.outstanding, { connected: { actions: 'tellTheOneWhoCame', meta: rules.tellAgain } as Step }),
    },
    states: {
      waiting: {
        description: 'Waits for requests; it begins nothing by itself.',
        tags: 'rest',
        on: whenFree,
        ...given(unitMs, { always: { guard: 'hasToCount', target: 'counting', meta: rules.elapse } as Step }),
        ...given(tellAgainMs, {
          after: { tellAgainMs: { guard: 'hasOutstanding', target: 'waiting', reenter: true, actions: 'tellAgain', meta: rules.tellAgain } as Step },
        }),
      },
      ...given(unitMs, {
        counting: {
          description: 'Waits for requests, and counts the time that is left of what it has granted.',
          tags: 'rest' as const,
          on: whenFree,
          always: { guard: 'hasNothingToCount', target: 'waiting', meta: rules.elapse } as Step,
          after: { unitMs: { target: 'counting', reenter: true, actions: 'elapse', meta: rules.elapse } as Step },
        },
      }),
      ...given(processor, {
        working: {
          description: 'The processor is busy with the first request of the queue.',
          on: { ...whileBusy, ...fromBehind },
          after: { workMs: whenItsTurnComes },
        },
        freed: {
          description: 'The processor takes the next request, if one waits.',
          always: [
            { guard: 'hasQueued', target: 'working', meta: rules.work },
            { target: 'waiting', meta: rules.work },
          ] as readonly Step[],
        },
      }),
      ...given(waitsForThem, {
        asking: {
          description: 'The processor waits for the server behind, and does nothing else.',
          on: {
            ...whileBusy,
            Learnt: [
              ...where(access, [{ guard: 'isForbidden', target: 'freed', actions: ['deny', 'takeUp', 'dequeue'], meta: rules.deny }]),
              { guard: 'wasAsked', target: 'freed', actions: ['resume', 'takeUp', ...finish, 'dequeue'], meta: rules.goOn },
            ] as readonly Step[],
          },
        },
      }),
    },
  });
};
