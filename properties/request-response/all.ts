import type { Property } from '../../model/property/property.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
import { storesAtOnce } from '../shared/stored.ts';
import { answeredInTheEnd } from './answered.property.ts';
import { atMostOnce } from './at-most-once.property.ts';
import { bothDeadlock } from './both-deadlock.property.ts';
import { efficiency, noAdmin, secure } from './centralised.property.ts';
import { clientMany } from './client-many.property.ts';
import { clientRefuses } from './client-refuses.property.ts';
import { clientThin } from './client-thin.property.ts';
import { centre } from './centre.property.ts';
import { easy } from './easy.property.ts';
import { executed } from './executed.property.ts';
import { gateway } from './gateway.property.ts';
import { serverGrants } from './grants.property.ts';
import { queueBounded, workConserving } from './queue.property.ts';
import { requestEndsHoweverLossy } from './request-ends-however-lossy.property.ts';
import { requestEnds } from './request-ends.property.ts';
import { serverMany } from './server-many.property.ts';
import { serverReactive } from './server-reactive.property.ts';

/** The claims about clients and servers. */
export const requestResponseProperties: readonly Property[] = [
  serverReactive,
  serverMany,
  serverGrants,
  queueBounded,
  workConserving,
  gateway,
  atMostOnce,
  executed,
  requestEnds,
  requestEndsHoweverLossy,
  answeredInTheEnd,
  centre,
  clientThin,
  clientRefuses,
  clientMany,
  bothDeadlock,
  noAdmin,
  secure,
  efficiency,
  easy,
  callsPair(requestResponse, {
    id: 'CALLS',
    clients: ['client', 'otherClient', 'agent'],
    servers: ['server', 'gateway'],
    retries: 3,
    holdsUnder: ['lossy', 'crash', 'connection', 'failOver', 'busy', 'tiers', 'behind', 'twoServers', 'twoPrograms'],
  }),
  answersEach(requestResponse, {
    id: 'SERVER-ANSWERS',
    server: 'server',
    holdsUnder: ['lossy', 'crash', 'connection', 'grants'],
  }),
  storesAtOnce(requestResponse, {
    id: 'STABLE-STORAGE',
    servers: ['server', 'gateway'],
    holdsUnder: ['crash', 'busy', 'tiers', 'behind', 'eachWay'],
    mutants: {
      storesWithTheNext: {
        doc: 'The answer to a request is stored with the next one.',
        after: 'An append-only file that is synchronised once a second: what was acknowledged since is lost.',
        domain: { ledger: replyCache(32, { stored: (answers) => answers.slice(0, -1) }) },
      },
    },
  }),
];
