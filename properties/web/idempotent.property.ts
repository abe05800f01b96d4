import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty } from '../../model/property/property.ts';
import { isIdempotent } from '../../spec/web/http.ts';
import { origin } from '../../spec/web/origin.ts';
import { web } from '../../spec/web/protocol.ts';
import { type MonitorHere, requestIn, showOrigin, siteIn } from './sight.ts';

/** The requests that the origin has answered, by client and id. */
const answered: MonitorHere = {
  initial: [],
  next: (state, { role, effect }) => {
    if (role !== 'origin' || effect.type !== 'send') return state;
    const key = `${String(effect.to)} ${(effect.message as unknown as { readonly id: number }).id}`;
    return [...new Set([...(state as readonly string[]), key])].sort();
  },
};

export const idempotent = defineProperty(web, {
  id: 'IDEMPOTENT',
  claim: 'A PUT or DELETE that is repeated is like one, unless another writer comes between; with If-Match, then too.',
  source: 'RFC 9110, 9.2.2: Idempotent Methods',
  holdsUnder: ['oneWriter', 'editors', 'everyEdit', 'everyPage'],
  failsUnder: { twoWriters: 'A page is written again by a retry, over what another browser has written in between.' },
  monitors: { answered },
  step: {
    againChangesNothing: (before, action, after) => {
      const request = requestIn(before, action);
      if (request === null || !isIdempotent(request.call)) return true;
      const isRepeated = (before.monitor('answered') as readonly string[]).includes(`${request.from} ${request.id}`);
      return !isRepeated || sameValue(siteIn(before), siteIn(after));
    },
  },
  sometimes: { aRequestIsRepeated: (world) => world.some('browser', ({ context }) => context.attempt > 0 && context.pending?.call.type === 'PUT') },
  shows: { origin: showOrigin },
  mutants: {
    putAppends: {
      doc: 'A PUT adds to a page what it should replace it by.',
      after: 'Upserts that insert: a retried PUT makes a second row.',
      domain: {
        service: (() => {
          const honest = origin();
          return {
            ...honest,
            apply: (state, call, caller) =>
              honest.apply(state, call.type === 'PUT' ? { ...call, type: 'POST', body: String(call['body']).replace(/\W/g, '') } : call, caller),
          } satisfies typeof honest;
        })(),
      },
      under: 'oneWriter',
    },
  },
});
