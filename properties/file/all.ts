import type { Property } from '../../model/property/property.ts';
import { fileProtocol } from '../../spec/file/protocol.ts';
import { requestsEnd } from '../shared/ends.ts';
import { closeToOpen, oneCopy } from './copies.property.ts';
import { leaseHeldByOne, leasesRunOut, lockFenced } from './leases.property.ts';
import { exclusiveCreate, nfs3Once, nfs4Once, sessionsSurvive } from './once.property.ts';
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
  requestsEnd(fileProtocol, { id: 'FILE-REQUESTS-END', clients: ['user'], holdsUnder: ['lossy', 'sessions'] }),
];
