import type { Property } from '../../model/property/property.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
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
import { serverGrants } from './grants.property.ts';
import { queueBounded } from './queue.property.ts';
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
    holdsUnder: ['lossy', 'crash', 'connection', 'failOver', 'busy', 'tiers', 'twoServers'],
  }),
  answersEach(requestResponse, {
    id: 'SERVER-ANSWERS',
    server: 'server',
    holdsUnder: ['lossy', 'crash', 'connection', 'grants'],
  }),
];
