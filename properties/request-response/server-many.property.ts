import { defineProperty } from '../../model/property/property.ts';
import type { Value } from '../../model/kernel/value.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { answersIn, type MonitorHere, showClient, showServer } from './sight.ts';

type Ledger = {
  readonly operations: Readonly<Record<string, string>>;
  readonly results: Readonly<Record<string, readonly Value[]>>;
  readonly wrong: boolean;
};

const sameResult = (a: Value, b: Value): boolean => {
  const [left, right] = [a, b] as { readonly ok: boolean; readonly value?: number; readonly error?: string }[];
  return left?.ok === right?.ok && left?.value === right?.value && left?.error === right?.error;
};

/** What servers computed for each request, and whether a client ever took anything else for its answer. */
const ownAnswers: MonitorHere = {
  initial: { operations: {}, results: {}, wrong: false },
  next: (state, { host, role, effect }) => {
    const ledger = state as unknown as Ledger;
    if (role === 'server' && effect.type === 'persist') {
      const done = answersIn((effect.value as { readonly memory: Value }).memory).at(-1);
      if (done === undefined) return state;
      const key = `${done.client} ${done.id}`;
      return { ...ledger, results: { ...ledger.results, [key]: [...(ledger.results[key] ?? []), done.result] } };
    }
    // What a safe request is answered is computed anew each time, and stored by nobody.
    if (effect.type !== 'return' || !effect.outcome.definite || effect.operation === 'read') return state;
    const { value } = effect.outcome;
    const known = ledger.results[`${host} ${String(effect.id)}`] ?? [];
    return known.some((result) => sameResult(result, value)) ? state : { ...ledger, wrong: true };
  },
  holds: (state) => !(state as unknown as Ledger).wrong,
};

export const serverMany = defineProperty(requestResponse, {
  id: 'SERVER-MANY',
  claim: 'No client takes for its answer what a server computed for another request.',
  source: 'common sentence SERVER-MANY: a server serves one or many clients',
  holdsUnder: ['twoClients', 'lossy', 'failOver'],
  monitors: { ownAnswers },
  sometimes: { bothAreServed: (world) => world.count('client', ({ context }) => context.nextId > 0) >= 2 },
  shows: { client: showClient, server: showServer },
  mutants: {
    cacheForgetsTheClient: {
      doc: 'The reply cache is looked up by the id of the request alone.',
      after: 'A duplicate request cache keyed by xid only: two clients with one xid share an answer.',
      domain: { ledger: replyCache(32, { isAnswerTo: (answered, _client, id) => answered.id === id }) },
    },
  },
});
