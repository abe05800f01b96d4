import type { Patience } from '../request-response/domain.ts';
import type { Call } from '../request-response/messages.ts';
import type { Service } from '../request-response/service.ts';
import { isIdempotent } from './http.ts';
import { origin } from './origin.ts';
import { type CacheRules, usualCache } from './proxy.ts';

/** What browsers, proxies and origins are built from. */
export interface WebDomain {
  readonly service: Service;
  readonly cache: CacheRules;
  readonly patience: Patience;
  /** Whether a program sends a request again without knowing what became of it. */
  readonly mayRepeat: (call: Call) => boolean;
  /** Whether browsers wait for a broken connection to come back and send again, whatever it is: for those who send no forms. */
  readonly reconnects?: boolean;
}

export const usualWeb: WebDomain = {
  service: origin(),
  cache: usualCache,
  patience: { answerMs: 1_000, retries: 1 },
  mayRepeat: isIdempotent,
};
