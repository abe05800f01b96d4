import { linearizable } from '../../model/property/consistency/linearizable.ts';
import { register } from '../../model/property/consistency/objects.ts';
import type { Call } from '../../model/property/consistency/specification.ts';
import { defineProperty } from '../../model/property/property.ts';
import { linesIn } from '../../spec/web/http.ts';
import { web } from '../../spec/web/protocol.ts';
import { usualCache } from '../../spec/web/proxy.ts';
import { answerIn, showBrowser, showOrigin } from './sight.ts';

const textOf = (body: string | undefined): string | null => {
  if (body === undefined) return null;
  return (linesIn(body, 'json') ?? linesIn(body, 'html') ?? ['neither']).join(' ');
};

/** Of a page: GET reads it, PUT and DELETE write it. */
const reading = {
  call: ({ operation, input }: { readonly operation: string; readonly input: unknown }, { role }: { readonly role: string }): Call | null => {
    if (role !== 'browser') return null;
    if (operation === 'GET') return { operation: 'read', input: null };
    return { operation: 'write', input: operation === 'PUT' ? textOf((input as { readonly body: string }).body) : null };
  },
  ending: ({ operation }: Call, outcome: { readonly definite: boolean; readonly value?: unknown }) => {
    const answer = outcome.definite ? answerIn(outcome.value) : null;
    if (answer === null || answer.status === 504) return { type: 'indefinite' } as const;
    return { type: 'returned', output: operation === 'read' ? textOf(answer.body) : null } as const;
  },
};

export const cache = defineProperty(web, {
  id: 'CACHE',
  claim: 'Through a cache that validates what it has, a page is read as if there were none; nobody reads an older page than was there when he asked.',
  source: 'RFC 9111, 4.3: Validation; 4.4: Invalidating Stored Responses; Herlihy and Wing 1990',
  holdsUnder: ['proxied', 'ownWrites', 'everyRead'],
  failsUnder: { fresh: 'A response is used while it is fresh, although the page has been written since at the origin.' },
  monitors: { linearizable: linearizable({ model: register, ...reading }) },
  sometimes: {
    somethingIsStored: (world) => world.some('proxy', ({ context }) => Object.keys(context.state as object).length > 0),
    itIsStillSo: (world) => world.inFlight().some(({ message }) => answerIn((message as { readonly result?: unknown }).result ?? {})?.status === 304),
  },
  shows: { origin: showOrigin, browser: showBrowser },
  mutants: {
    ignoresValidators: {
      doc: 'The cache asks whether its page is still so, and does not listen to the answer.',
      after: 'A proxy that takes any answer to a conditional request for 304.',
      domain: { cache: { ...usualCache, isStillSo: () => true } },
    },
    invalidatesNothing: {
      doc: 'What a write may have changed is used on.',
      after: 'Caches that did not heed PUT and DELETE: a page that comes back after it was deleted.',
      domain: ({ cache: here }) => ({ cache: { ...here, invalidates: () => false } }),
      under: 'ownWrites',
    },
  },
});
