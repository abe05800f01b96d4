import type { Property } from '../../model/property/property.ts';
import { print } from '../../spec/print/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
import { onceOverEachConnection } from '../shared/connections.ts';
import { requestsEnd } from '../shared/ends.ts';
import { ends, kept } from './ends.property.ts';
import { inOrder, once } from './once.property.ts';
import { canceled, states } from './states.property.ts';

/** The claims about printing. */
export const printProperties: readonly Property[] = [
  once,
  inOrder,
  states,
  canceled,
  kept,
  ends,
  requestsEnd(print, { id: 'PRINT-REQUESTS-END', clients: ['user'], holdsUnder: ['lossy', 'everyCut'] }),
  callsPair(print, {
    id: 'PRINT-CALLS',
    clients: ['user', 'device'],
    servers: ['printer'],
    retries: 2,
    holdsUnder: ['lossy', 'crash', 'powerCut', 'connection', 'everyRetry'],
  }),
  callsPair(print, {
    id: 'PRINT-CALLS-CONNECTED',
    clients: ['user', 'device'],
    servers: ['printer'],
    prepares: true,
    holdsUnder: ['everyCut', 'everyOperation'],
  }),
  onceOverEachConnection(print, {
    id: 'PRINT-ONCE-OVER-EACH',
    clients: ['user', 'device'],
    holdsUnder: ['everyCut', 'everyOperation'],
    mutants: {
      sendsAgainWhileItStands: {
        doc: 'Users and device send again what is not answered in time, though the connection stands.',
        after: 'Spoolers over TCP that send a job again because the printer is slow to answer.',
        domain: { reconnects: false },
        under: 'everyCut',
      },
    },
  }),
  answersEach(print, { id: 'PRINT-ANSWERS', server: 'printer', holdsUnder: ['lossy', 'crash', 'everyCut'] }),
];
