import type { Property } from '../../model/property/property.ts';
import { stream } from '../../spec/stream/protocol.ts';
import { requestsEnd } from '../shared/ends.ts';
import { complete, forward, gaps, goesOn } from './stream.property.ts';

/** The claims about streams. */
export const streamProperties: readonly Property[] = [
  forward,
  gaps,
  goesOn,
  complete,
  requestsEnd(stream, { id: 'STREAM-REQUESTS-END', clients: ['listener'], holdsUnder: ['lossy'] }),
];
