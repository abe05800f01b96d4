import type { Property } from '../../model/property/property.ts';
import { databaseProtocol } from '../../spec/database/protocol.ts';
import { requestsEnd } from '../shared/ends.ts';
import { bank } from './bank.property.ts';
import { databaseLinearizable } from './linearizable.property.ts';

/** The claims about databases. */
export const databaseProperties: readonly Property[] = [
  databaseLinearizable,
  bank,
  requestsEnd(databaseProtocol, { id: 'DATABASE-REQUESTS-END', client: 'user', holdsUnder: ['lossy'] }),
];
