import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { answered, showServer, sumOf, total } from './sight.ts';

export const executed = defineProperty(requestResponse, {
  id: 'SERVER-EXECUTES',
  claim: 'What a client was answered for certain has been executed, and stays so through crashes.',
  source: 'common sentence SERVER-EXECUTES: servers execute programs and return results',
  holdsUnder: ['crash', 'lossy', 'twoClients', 'failOver'],
  monitors: { answered },
  always: { noLessThanWasAnswered: (world) => total(world) >= sumOf(world.monitor('answered')) },
  sometimes: { somethingIsAnswered: (world) => sumOf(world.monitor('answered')) > 0 },
  shows: { server: showServer },
  mutants: {
    storesNothing: {
      doc: 'A server answers and does not store what it has done.',
      after: 'A write that is acknowledged before it is on disk: NFS v2 servers with asynchronous export.',
      roles: { server: { actions: { store: nothing } } },
      under: 'crash',
    },
    reusesIds: {
      doc: 'A client counts its requests from zero again after a crash.',
      after: 'An xid that is used twice: the old answer is taken for the new one, which is never executed.',
      roles: { client: { actions: { store: nothing } } },
      under: 'crash',
    },
  },
});
