import type { Property } from '../../model/property/property.ts';
import { print } from '../../spec/print/protocol.ts';
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
  requestsEnd(print, { id: 'PRINT-REQUESTS-END', clients: ['user'], holdsUnder: ['lossy'] }),
];
