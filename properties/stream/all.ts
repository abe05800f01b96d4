import type { Property } from '../../model/property/property.ts';
import { stream } from '../../spec/stream/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
import { onceOverEachConnection } from '../shared/connections.ts';
import { complete, forward, gaps, goesOn } from './stream.property.ts';

/** The claims about streams. */
export const streamProperties: readonly Property[] = [
  forward,
  gaps,
  goesOn,
  complete,
  callsPair(stream, {
    id: 'STREAM-CALLS',
    clients: ['listener', 'studio'],
    servers: ['station'],
    retries: 2,
    holdsUnder: ['lossy', 'crash', 'everyRetry'],
  }),
  callsPair(stream, {
    id: 'STREAM-CALLS-CONNECTED',
    clients: ['listener', 'studio'],
    servers: ['station'],
    prepares: true,
    holdsUnder: ['calm', 'everyBreak'],
  }),
  onceOverEachConnection(stream, {
    id: 'STREAM-ONCE-OVER-EACH',
    clients: ['listener', 'studio'],
    holdsUnder: ['calm', 'breaks', 'everyBreak'],
    mutants: {
      sendsAgainWhileItStands: {
        doc: 'Listeners and studio send again what is not answered in time, though the connection stands.',
        after: 'NFS clients over TCP that sent again when a timer ran out: a slow server got more to do, and answered later still.',
        domain: ({ rules }) => ({ rules: { ...rules, reconnects: false } }),
        under: 'everyBreak',
      },
    },
  }),
  answersEach(stream, { id: 'STREAM-ANSWERS', server: 'station', holdsUnder: ['lossy', 'crash', 'calm', 'everyRetry'] }),
];
