import type { Value } from '../../model/kernel/value.ts';
import { linearizable } from '../../model/property/consistency/linearizable.ts';
import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { fileProtocol } from '../../spec/file/protocol.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { slotted } from '../../spec/request-response/sessions.ts';
import { directory, endingOf } from './directory.ts';
import { filesIn, type MonitorHere, showServer, showUser } from './sight.ts';

/** Sessions as they were opened, and nothing executed in them. */
const emptied = (memory: Value): Value => {
  const sessions = memory as { readonly open: Readonly<Record<string, { readonly client: string; readonly slots: readonly unknown[] }>> };
  const open = Object.fromEntries(
    Object.entries(sessions.open).map(([name, { client, slots }]) => [name, { client, slots: slots.map(() => ({ number: 0, result: null })) }]),
  );
  return { ...sessions, open } as Value;
};

const once = { linearizable: linearizable({ model: directory, ending: endingOf }) };
const shows = { server: showServer, user: showUser };

export const nfs3Once = defineProperty(fileProtocol, {
  id: 'NFS3-ONCE',
  claim: 'CREATE, REMOVE and RENAME take effect once while the duplicate request cache keeps their answers.',
  source: 'RFC 1813, 4.5; Juszczak, Improving the Performance and Correctness of an NFS Server, 1989',
  holdsUnder: ['lossy', 'connection', 'everyRemoval'],
  failsUnder: {
    evicted: 'The answer was evicted: a REMOVE that comes again deletes the new file of the same name.',
    restart: 'The cache is lost in a crash, and the files are not.',
  },
  monitors: once,
  sometimes: {
    aFileIsMade: (world) => world.some('server', (server) => Object.keys(filesIn(server).files).length > 0),
    aSecondFileIsMade: (world) => world.some('server', (server) => filesIn(server).created > 1),
  },
  shows,
  mutants: {
    noRequestCache: {
      doc: 'The server has no duplicate request cache.',
      after: 'NFS v2 before 1989: lost answers to REMOVE and CREATE become errors, or delete new files.',
      domain: { ledger: replyCache(0) },
    },
    cachesById: {
      doc: 'The cache is looked up by the id of the request alone.',
      after: 'Servers that keyed the cache by xid only, and clients that all count from one.',
      domain: { ledger: replyCache(16, { isAnswerTo: (answered, _client, id) => answered.id === id }) },
    },
    numbersFromZeroAgain: {
      doc: 'The client does not count its requests.',
      after: 'An xid that is used again: the old answer is taken for the new one.',
      roles: { user: { actions: { store: nothing } } },
      under: 'exclusive',
    },
  },
});

export const exclusiveCreate = defineProperty(fileProtocol, {
  id: 'EXCLUSIVE-CREATE',
  claim: 'An exclusive CREATE may be sent again whatever the server has forgotten: the client recognises its own file.',
  source: 'RFC 1813, 3.3.8: EXCLUSIVE',
  holdsUnder: ['exclusive', 'everyExclusive'],
  monitors: once,
  sometimes: { aFileIsMade: (world) => world.some('server', (server) => Object.keys(filesIn(server).files).length > 0) },
  shows,
});

/** Whether a user was ever told that its session was gone, and with it what became of its request. */
const lost: MonitorHere = {
  initial: false,
  next: (state, { effect }) =>
    state === true || (effect.type === 'return' && !effect.outcome.definite && effect.outcome.reason === 'the session is lost'),
};

export const sessionsSurvive = defineProperty(fileProtocol, {
  id: 'NFS4-SESSIONS-SURVIVE',
  claim: 'No user loses its session, and with it what became of its request, when the server restarts.',
  source: 'RFC 8881, 2.10.6.5: Persistence of the reply cache; 15.1.11.1: NFS4ERR_BADSESSION',
  holdsUnder: ['sessions', 'everySlot'],
  failsUnder: { lostSessions: 'Sessions are not stored: after a restart nobody can say whether the request took effect.' },
  monitors: { lost },
  always: { noneIsLost: (world) => world.monitor('lost') === false },
  sometimes: { aSessionIsOpen: (world) => world.some('user', ({ context }) => context.session !== null) },
  shows,
  mutants: {
    keepsSessionsInMemory: {
      doc: 'The server stores its files, and not its sessions.',
      after: 'Servers that offer persistent sessions and keep them in memory.',
      domain: { ledger: slotted({ slots: 2, persistent: false }) },
      under: 'sessions',
    },
  },
});

export const nfs4Once = defineProperty(fileProtocol, {
  id: 'NFS4-EXACTLY-ONCE',
  claim:
    'Within a session a request takes effect once if it is answered, and once at most if it is not; with sessions that survive, also across a crash of the server.',
  source: 'RFC 8881, 2.10.6: Exactly Once Semantics',
  holdsUnder: ['sessions', 'everySlot', 'lostSessions', 'everyLoss'],
  monitors: once,
  sometimes: {
    aSessionIsOpen: (world) => world.some('user', ({ context }) => context.session !== null),
    aSlotIsInDoubt: (world) => world.some('user', ({ context }) => context.session?.slots.some(({ inDoubt }) => inDoubt) ?? false),
  },
  shows,
  mutants: {
    reusesTheSlot: {
      doc: 'An interrupted call frees its slot: the next call takes it, with the same number.',
      after: 'Linux before 2019: interrupted calls reused their slot, and the answer of the old request was taken for that of the new one.',
      roles: { user: { actions: { doubtSlot: nothing } } },
    },
    forgetsNumbers: {
      doc: 'A slot executes whatever number comes.',
      after: 'A server that takes sequence numbers on trust.',
      domain: { ledger: slotted({ slots: 2, persistent: true, isNext: () => true }) },
    },
    sharesSessions: {
      doc: 'A server that crashes counts its sessions from one again.',
      after: 'Session ids without a boot verifier: a client of the last life meets the slots of another.',
      domain: ({ ledger }) => ({ ledger: { ...ledger, stored: () => ledger.start } }),
      under: 'everyLoss',
    },
    storesFilesOnly: {
      doc: 'A crash empties the slots, and the sessions are said to go on.',
      after: 'Sessions that claim to be persistent, with a reply cache that is not.',
      domain: ({ ledger }) => ({ ledger: { ...ledger, stored: emptied } }),
      under: 'everySlot',
    },
  },
});
