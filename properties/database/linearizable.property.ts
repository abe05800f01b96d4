import { linearizable } from '../../model/property/consistency/linearizable.ts';
import { keyValue } from '../../model/property/consistency/objects.ts';
import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { database } from '../../spec/database/database.ts';
import { databaseProtocol } from '../../spec/database/protocol.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { endingOf, showServer, showUser } from './sight.ts';

export const databaseLinearizable = defineProperty(databaseProtocol, {
  id: 'DATABASE-LINEARIZABLE',
  claim: 'Reads, writes and compare-and-sets of a key seem to happen one after the other, each between its call and its answer.',
  source: 'Herlihy and Wing 1990',
  holdsUnder: ['lossy', 'connection', 'everyFault'],
  failsUnder: {
    smallCache: 'A write whose answer was forgotten is executed again, after another write.',
    failOver: 'A second server has a store of its own: what one took is not read from the other.',
  },
  monitors: { linearizable: linearizable({ model: keyValue, ending: endingOf }) },
  sometimes: { aWriteIsRead: (world) => world.some('user', ({ context }) => context.nextId >= 2) },
  shows: { server: showServer, user: showUser },
  mutants: {
    databaseRemembersNothing: {
      doc: 'The server has no reply cache: a doubled write is executed again.',
      after: 'A write retried by the network after a later write: the later one is lost.',
      domain: { ledger: replyCache(0) },
      under: 'lossy',
    },
    databaseStoresNothing: {
      doc: 'The server answers before it has stored what it did.',
      after: 'An acknowledged write that is lost in a crash: fsync after the answer, or never.',
      roles: { server: { actions: { store: nothing } } },
      under: 'lossy',
    },
    comparesNothing: {
      doc: 'Compare-and-set sets without comparing.',
      after: 'A conditional write that is taken for a plain one.',
      domain: { service: database({}, { compares: () => true }) },
      under: 'lossy',
    },
  },
});
