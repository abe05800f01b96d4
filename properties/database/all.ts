import type { Property } from '../../model/property/property.ts';
import { databaseProtocol } from '../../spec/database/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
import { requestsEnd } from '../shared/ends.ts';
import { bank } from './bank.property.ts';
import { databaseLinearizable } from './linearizable.property.ts';

/** The claims about databases. */
export const databaseProperties: readonly Property[] = [
  databaseLinearizable,
  bank,
  requestsEnd(databaseProtocol, { id: 'DATABASE-REQUESTS-END', clients: ['user'], holdsUnder: ['lossy', 'failOver', 'everyAnswer'] }),
  callsPair(databaseProtocol, {
    id: 'DATABASE-CALLS',
    clients: ['user'],
    servers: ['server'],
    retries: 2,
    holdsUnder: ['lossy', 'connection', 'bank', 'failOver', 'everyCall'],
  }),
  answersEach(databaseProtocol, { id: 'DATABASE-ANSWERS', server: 'server', holdsUnder: ['lossy', 'connection', 'bank', 'everyCall'] }),
];
