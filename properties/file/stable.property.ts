import { defineProperty } from '../../model/property/property.ts';
import { fileProtocol } from '../../spec/file/protocol.ts';
import type { Result } from '../../spec/request-response/messages.ts';
import { filesIn, type MonitorHere, showServer, showUser } from './sight.ts';

/** Whether a user takes what it wrote for saved: its commit was answered, and it does not write once more. */
const saved: MonitorHere = {
  initial: false,
  next: (state, { effect, local }) => {
    if (effect.type !== 'return' || effect.operation !== 'commit' || !effect.outcome.definite) return state;
    return state === true || ((effect.outcome.value as Result).ok && local.value === 'idle');
  },
};

export const savedIsKept = defineProperty(fileProtocol, {
  id: 'SAVED-IS-KEPT',
  claim: 'Once a user has saved a file, something that a user saved is on disk, whatever crashes.',
  source: 'RFC 1813, 4.8: Unstable Writes and the write verifier',
  holdsUnder: ['unstable', 'everySave'],
  monitors: { saved },
  always: {
    onDisk: (world) => world.monitor('saved') === false || world.every('server', (server) => filesIn(server).files['draft']?.data !== ''),
  },
  sometimes: {
    somethingIsSaved: (world) => world.monitor('saved') === true,
    somethingWaits: (world) => world.some('server', (server) => Object.keys(filesIn(server).unstable).length > 0),
  },
  shows: { server: showServer, user: showUser },
  mutants: {
    ignoresTheVerifier: {
      doc: 'A user takes any commit for that of its write.',
      after: 'Clients that did not compare write verifiers: data that was written before a reboot is gone without a word.',
      domain: { isSameLife: () => true },
    },
  },
});
