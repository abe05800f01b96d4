import { type HostType, namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';

const user = (name: string): HostType => namedHost(name, ['user'], { params: { user: { name, servers: ['sam'] } } });
const two = [user('cleo'), user('cora'), namedHost('sam', ['server'])];
/** A file that is there from the first step on. */
const withFile = [
  user('cleo'),
  user('cora'),
  namedHost('sam', ['server'], {
    stored: () => ({
      server: { server: { state: { files: { draft: { id: 1, data: '', verifier: null } }, created: 1, unstable: {}, boot: 1 } } },
    }),
  }),
];

const datagram = { link: 'datagram' } as const;

export const scenarios = {
  lossy: {
    doc: 'NFS v3 over datagrams that are lost, doubled and overtake each other.',
    hosts: two,
    network: datagram,
    faults: { drop: 2, duplicate: 3 },
    commands: { user: { create: 3, remove: 3, rename: 1, lookup: 3 } },
    runs: 40,
  },
  everyRemoval: {
    doc: 'NFS v3: a file is removed and made anew by two users, one message is lost and one doubled.',
    hosts: two,
    network: datagram,
    faults: { drop: 1, duplicate: 1 },
    commands: { user: { create: 2, remove: 1, lookup: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  evicted: {
    doc: 'NFS v3 with a duplicate request cache of one entry.',
    domain: 'smallCache',
    hosts: two,
    network: datagram,
    faults: { drop: 1, duplicate: 3 },
    commands: { user: { create: 4, remove: 4, lookup: 3 } },
  },
  restart: {
    doc: 'NFS v3 whose server crashes before its answer arrives, and with it the duplicate request cache.',
    hosts: two,
    network: datagram,
    faults: { crashDuringStep: 6 },
    commands: { user: { create: 3, remove: 3, lookup: 3 } },
  },
  exclusive: {
    doc: 'NFS v3: files are created exclusively, and the server crashes.',
    hosts: two,
    network: datagram,
    faults: { crash: 2, crashDuringStep: 1, duplicate: 3, drop: 1 },
    commands: { user: { createExclusively: 4, lookup: 3 } },
    runs: 40,
  },
  unstable: {
    doc: 'NFS v3: a user writes and commits, and the server crashes in between.',
    hosts: withFile,
    network: datagram,
    faults: { crash: 2, drop: 1, duplicate: 1 },
    commands: { user: { save: 3, read: 3 } },
    runs: 40,
  },
  sessions: {
    doc: 'NFS v4.1 with sessions that survive a crash of the server; users interrupt calls.',
    domain: 'version41',
    hosts: two,
    network: datagram,
    faults: { crash: 2, crashDuringStep: 1, drop: 2, duplicate: 3 },
    commands: { user: { create: 3, remove: 3, lookup: 3, cancel: 2 } },
    runs: 60,
  },
  everySlot: {
    doc: 'NFS v4.1: each of two users makes or removes a file; one message is lost, one doubled, one host crashes.',
    domain: 'version41',
    hosts: two,
    network: datagram,
    faults: { drop: 1, duplicate: 1, crash: 1 },
    commands: { user: { create: 1, remove: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyLoss: {
    doc: 'NFS v4.1: one user, whose session ends in a crash of the server; one message is lost and one doubled.',
    domain: 'forgetful',
    hosts: [user('cleo'), namedHost('sam', ['server'])],
    network: datagram,
    faults: { drop: 1, duplicate: 1, crash: 1 },
    commands: { user: { create: 2, remove: 1 } },
    bounds: { fires: 2 },
    exhaustive: true,
  },
  lostSessions: {
    doc: 'NFS v4.1 with sessions that end in a crash of the server.',
    domain: 'forgetful',
    hosts: two,
    network: datagram,
    faults: { crash: 2, drop: 1, duplicate: 2 },
    commands: { user: { create: 3, remove: 3, lookup: 3 } },
    runs: 60,
  },
} as const satisfies Record<string, ScenarioType>;
