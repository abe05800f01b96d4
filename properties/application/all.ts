import type { Property } from '../../model/property/property.ts';
import { application } from '../../spec/application/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
import { allOrNothing, isFunction, limited, once } from './run.property.ts';

/** The claims about application servers. */
export const applicationProperties: readonly Property[] = [
  isFunction,
  allOrNothing,
  once,
  limited,
  callsPair(application, { id: 'RUN-CALLS', clients: ['user'], servers: ['server'], retries: 2, holdsUnder: ['lossy', 'connection', 'everyBreak'] }),
  answersEach(application, { id: 'RUN-ANSWERS', server: 'server', holdsUnder: ['lossy', 'everyBreak'] }),
];
