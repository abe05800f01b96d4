import type { Property } from '../../model/property/property.ts';
import { pushProtocol } from '../../spec/push/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
import { requestsEnd } from '../shared/ends.ts';
import { atOnce } from './at-once.property.ts';
import { delivered } from './delivered.property.ts';
import { once } from './once.property.ts';
import { stored } from './stored.property.ts';
import { subscribers } from './subscribers.property.ts';

const clients = ['device', 'application', 'clock'] as const;

/** The claims about push. */
export const pushProperties: readonly Property[] = [
  stored,
  delivered,
  subscribers,
  atOnce,
  once,
  requestsEnd(pushProtocol, { id: 'PUSH-REQUESTS-END', clients, holdsUnder: ['offline', 'time', 'everyAnswer'] }),
  callsPair(pushProtocol, {
    id: 'PUSH-CALLS',
    clients,
    servers: ['service'],
    retries: 2,
    holdsUnder: ['offline', 'connection', 'time', 'tunnel', 'everyBreak'],
  }),
  answersEach(pushProtocol, { id: 'PUSH-ANSWERS', server: 'service', holdsUnder: ['offline', 'connection', 'time', 'everyBreak'] }),
];
