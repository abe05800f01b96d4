import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';

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

/** A server on which the draft is there, and two who want to write to it. */
const holder = (name: string): HostType => namedHost(name, ['holder'], { params: { holder: { name, servers: ['sam'] } } });
const lockers = [
  holder('cleo'),
  holder('cora'),
  namedHost('sam', ['server'], {
    stored: () => ({
      server: {
        server: {
          state: { files: { draft: { id: 1, data: '', verifier: null } }, created: 1, unstable: {}, boot: 1, locks: {}, granted: 0, grace: 0 },
        },
      },
    }),
  }),
];
/** Clocks that are at most one unit apart: as near as clocks can be that do not turn at once. */
const inStep = { unitMs: 1_000, most: 8, drift: 1 } as const;

const editor = (name: string): HostType => namedHost(name, ['editor'], { params: { editor: { name, servers: ['sam'] } } });
const editors = [editor('cleo'), editor('cora'), namedHost('sam', ['server'])];

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
  leases: {
    doc: 'Two users take turns with a lock; messages are lost and doubled, and hosts crash.',
    domain: 'leased',
    hosts: lockers,
    network: datagram,
    faults: { drop: 2, duplicate: 2, crash: 2 },
    commands: { holder: { lock: 5, write: 5, renew: 2, unlock: 2 } },
    bounds: { fires: unlimited },
    ticks: { ...inStep, most: 24 },
    runs: 30,
  },
  everyLease: {
    doc: 'Each of two users may take the lock and write.',
    domain: 'leased',
    hosts: lockers,
    network: datagram,
    commands: { holder: { lock: 2, write: 1 } },
    bounds: { fires: unlimited },
    ticks: { ...inStep, most: 7 },
    exhaustive: true,
  },
  everyReboot: {
    doc: 'Each of two users may take the lock; the server crashes once, and forgets whose it was.',
    domain: 'leased',
    hosts: lockers,
    network: datagram,
    faults: { crash: 1 },
    commands: { holder: { lock: 2 } },
    bounds: { fires: unlimited },
    ticks: { ...inStep, most: 7 },
    exhaustive: true,
  },
  everyRenewal: {
    doc: 'Each of two users may take the lock, and one may renew it while a unit of the server has begun.',
    domain: 'leased',
    hosts: lockers,
    network: datagram,
    commands: { holder: { lock: 2, renew: 1 } },
    bounds: { fires: unlimited },
    ticks: { ...inStep, most: 6 },
    exhaustive: true,
  },
  skewedLeases: {
    doc: 'The clocks are further apart than the holders allow for.',
    domain: 'shortLeases',
    hosts: lockers,
    network: datagram,
    commands: { holder: { lock: 10, write: 5 } },
    bounds: { fires: unlimited },
    ticks: { ...inStep, most: 20, drift: 3 },
    runs: 70,
  },
  slept: {
    doc: 'A user sleeps through the end of its lock, and wakes up in the belief that it has it.',
    domain: 'leased',
    hosts: lockers,
    network: datagram,
    faults: { pause: 4 },
    commands: { holder: { lock: 10, write: 4 } },
    bounds: { fires: unlimited },
    ticks: { ...inStep, most: 16 },
    runs: 140,
  },
  countedLate: {
    doc: 'Users count the time of their lock from the answer on, which comes late.',
    domain: 'countsLate',
    hosts: lockers,
    network: datagram,
    faults: { hold: 2 },
    commands: { holder: { lock: 10, write: 5 } },
    bounds: { fires: unlimited },
    ticks: { ...inStep, most: 20 },
    runs: 70,
  },
  unfenced: {
    doc: 'The server does not look whose lock it is when somebody writes, and what was written comes late.',
    domain: 'unfenced',
    hosts: lockers,
    network: datagram,
    faults: { hold: 2 },
    commands: { holder: { lock: 10, write: 5 } },
    bounds: { fires: unlimited, steps: 100 },
    ticks: { ...inStep, most: 20 },
    runs: 40,
  },
  copies: {
    doc: 'Two users work on copies of a file; messages are lost and doubled.',
    domain: 'copied',
    hosts: editors,
    network: datagram,
    faults: { drop: 2, duplicate: 2 },
    commands: { editor: { open: 6, read: 6, write: 4, close: 6 } },
    bounds: { steps: 80 },
    runs: 60,
  },
  everyCopy: {
    doc: 'Each of two users may open a file, read and write it, and close it.',
    domain: 'copied',
    hosts: editors,
    network: { link: 'connection' },
    commands: { editor: { open: 3, read: 1, write: 1, close: 2 } },
    bounds: { fires: 0 },
    exhaustive: true,
  },
  oneEditor: {
    doc: 'A single user works on a copy.',
    domain: 'copied',
    hosts: [editor('cleo'), namedHost('sam', ['server'])],
    network: datagram,
    faults: { duplicate: 2 },
    commands: { editor: { open: 3, read: 3, write: 3, close: 3 } },
    bounds: { steps: 50 },
    runs: 20,
  },
  cachedOn: {
    doc: 'Users go on with the copy that they have when they open a file again.',
    domain: 'cachedOn',
    hosts: editors,
    network: datagram,
    commands: { editor: { open: 6, read: 6, write: 4, close: 6 } },
    bounds: { steps: 80 },
    runs: 40,
  },
} as const satisfies Record<string, ScenarioType>;
