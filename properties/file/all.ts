import type { Property } from '../../model/property/property.ts';
import { fileProtocol } from '../../spec/file/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
import { requestsEnd } from '../shared/ends.ts';
import { closeToOpen, oneCopy } from './copies.property.ts';
import { leaseHeldByOne, leasesRunOut, lockFenced } from './leases.property.ts';
import { editorsAskAgain, numbered } from './numbers.property.ts';
import { exclusiveCreate, nfs3Once, nfs4Once, sessionsSurvive } from './once.property.ts';
import { oneSession } from './sessions.property.ts';
import { savedIsKept } from './stable.property.ts';

/** The claims about files. */
export const fileProperties: readonly Property[] = [
  nfs3Once,
  exclusiveCreate,
  savedIsKept,
  nfs4Once,
  sessionsSurvive,
  lockFenced,
  leaseHeldByOne,
  leasesRunOut,
  closeToOpen,
  oneCopy,
  oneSession,
  numbered,
  editorsAskAgain,
  callsPair(fileProtocol, {
    id: 'FILE-CALLS',
    clients: ['user'],
    servers: ['server'],
    retries: 2,
    holdsUnder: ['lossy', 'unstable', 'connection', 'everyRetry'],
  }),
  callsPair(fileProtocol, {
    id: 'FILE-CALLS-IN-SESSIONS',
    clients: ['user'],
    servers: ['server'],
    prepares: true,
    holdsUnder: ['sessions', 'lostSessions', 'everySession'],
  }),
  answersEach(fileProtocol, { id: 'FILE-ANSWERS', server: 'server', holdsUnder: ['lossy', 'sessions', 'everyRetry'] }),
  requestsEnd(fileProtocol, { id: 'FILE-REQUESTS-END', clients: ['user'], holdsUnder: ['lossy', 'sessions', 'everyAnswer'] }),
];
