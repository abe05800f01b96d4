import type { Property } from '../../model/property/property.ts';
import { isIdempotent } from '../../spec/web/http.ts';
import { web } from '../../spec/web/protocol.ts';
import { callsPair } from '../shared/calls.ts';
import { cache } from './cache.property.ts';
import { ends } from './ends.property.ts';
import { idempotent } from './idempotent.property.ts';
import { lostUpdate } from './lost-update.property.ts';
import { pair } from './pair.property.ts';
import { postOnce } from './post-once.property.ts';
import { relayed } from './relayed.property.ts';
import { safe } from './safe.property.ts';
import { sameAnswer } from './same-answer.property.ts';
import { stored } from './stored.property.ts';

/** The claims about the web. */
export const webProperties: readonly Property[] = [
  safe,
  idempotent,
  postOnce,
  lostUpdate,
  pair,
  ends,
  cache,
  sameAnswer,
  relayed,
  stored,
  callsPair(web, {
    id: 'WEB-CALLS',
    clients: ['browser', 'agent'],
    servers: ['origin', 'proxy'],
    retries: 1,
    mayRepeat: isIdempotent,
    holdsUnder: ['site', 'gone', 'reload', 'oneWriter', 'editors', 'overwriters', 'proxied', 'ownWrites', 'everyForm'],
  }),
];
