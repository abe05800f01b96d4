import type { Value } from '../../model/kernel/value.ts';
import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty } from '../../model/property/property.ts';
import type { Response } from '../../spec/request-response/messages.ts';
import { web } from '../../spec/web/protocol.ts';
import { type MonitorHere, showBrowser } from './sight.ts';

type Said = { readonly results: Readonly<Record<string, readonly Value[]>>; readonly wrong: boolean };

/** What was sent in response to each request, and whether a browser ever took anything else for its answer. */
const pairing: MonitorHere = {
  initial: { results: {}, wrong: false },
  next: (state, { host, role, effect }) => {
    const { results, wrong } = state as unknown as Said;
    if ((role === 'origin' || role === 'proxy') && effect.type === 'send') {
      const { id, result } = effect.message as unknown as Response;
      const key = `${String(effect.to)} ${id}`;
      return { results: { ...results, [key]: [...(results[key] ?? []), result] }, wrong };
    }
    if (role !== 'browser' || effect.type !== 'return' || !effect.outcome.definite) return state;
    const { value } = effect.outcome;
    return { results, wrong: wrong || !(results[`${host} ${String(effect.id)}`] ?? []).some((result) => sameValue(result, value)) };
  },
  holds: (state) => !(state as unknown as Said).wrong,
};

export const pair = defineProperty(web, {
  id: 'RESPONSES-PAIR',
  claim: 'A browser takes for its response only what was sent in response to its request.',
  source: 'RFC 9110, 3.4: Messages; RFC 9112, 9.2: Associating a Response to a Request',
  holdsUnder: ['site', 'proxied', 'everyPage'],
  monitors: { pairing },
  sometimes: { anAnswerIsLate: (world) => world.some('browser', ({ context }) => context.nextId > 1 && context.attempt > 0) },
  shows: { browser: showBrowser },
  mutants: {
    takesTheNext: {
      doc: 'A browser takes the next response that comes for its own.',
      after: 'Response queue poisoning: after an answer that came too late, everybody gets the answer of the one before.',
      roles: { browser: { guards: { isAnswer: () => true } } },
    },
  },
});
