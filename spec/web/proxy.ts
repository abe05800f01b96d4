import type { Call } from '../request-response/messages.ts';
import { answer, type Service } from '../request-response/service.ts';
import { type Answer, isSafe } from './http.ts';

/** A response that a cache keeps, and how often it was used since the origin was asked. */
type Stored = { readonly etag: string; readonly body: string; readonly uses: number };

export type Cache = Readonly<Record<string, Stored>>;

/** Where the rules of a cache are open to faults. */
export interface CacheRules {
  /**
   * How often a response is used before the origin is asked whether it is still so; zero: it is asked each time. A cache
   * that has no clock counts uses where RFC 9111, 4.2, counts seconds.
   */
  readonly freshFor: number;
  /** What a response is stored under: the path, and what its representation was chosen by. Source: RFC 9111, 4.1. */
  readonly key: (call: Call) => string;
  /** Whether what is stored has to be validated after a request that may have changed it. Source: RFC 9111, 4.4. */
  readonly invalidates: (call: Call) => boolean;
  /** Whether an answer to a validating request says that what is stored is still so. Source: RFC 9111, 4.3.3. */
  readonly isStillSo: (answered: Answer) => boolean;
}

export const usualCache: CacheRules = {
  freshFor: 0,
  key: ({ path, accept = 'json' }) => `${path as string} as ${accept as string}`,
  invalidates: (call) => !isSafe(call),
  isStillSo: ({ status }) => status === 304,
};

/** A shared cache between clients and the origin. Source: RFC 9111. */
export const proxy = ({ freshFor, key, invalidates, isStillSo }: CacheRules): Service<Cache> => {
  const used = (cache: Cache, call: Call, { etag, body, uses }: Stored) => ({
    state: { ...cache, [key(call)]: { etag, body, uses: uses + 1 } },
    result: answer({ status: 200, etag, body }),
  });
  return {
    doc: 'Answers from what it has stored if it may, and otherwise asks the origin.',
    start: {},
    apply: (cache, call) => {
      const stored = cache[key(call)];
      if (!isSafe(call) || stored === undefined) return { asks: call };
      return stored.uses < freshFor ? used(cache, call, stored) : { asks: { ...call, ifNoneMatch: stored.etag } };
    },
    resume: (cache, call, _, result) => {
      // Whether a request of which nothing was heard has taken effect is not known.
      const answered: Answer = result.ok ? (result.value as Answer) : { status: 504 };
      if (invalidates(call)) return { state: stale(cache, call['path'] as string, freshFor), result: answer(answered) };
      const stored = cache[key(call)];
      if (isSafe(call) && stored !== undefined && isStillSo(answered)) return used(cache, call, { ...stored, uses: 0 });
      const { status, etag, body } = answered;
      if (!isSafe(call) || status !== 200 || etag === undefined || body === undefined) return { state: cache, result: answer(answered) };
      return used(cache, call, { etag, body, uses: 0 });
    },
  };
};

/** All that is stored of a path is to be validated. */
const stale = (cache: Cache, path: string, freshFor: number): Cache =>
  Object.fromEntries(Object.entries(cache).map(([key, stored]) => [key, key.startsWith(`${path} as`) ? { ...stored, uses: freshFor } : stored]));
