import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import type { Credential } from './messages.ts';

const server = (name: string): HostType => namedHost(name, ['server']);
const client = (name: string, ...servers: readonly string[]): HostType => namedHost(name, ['client'], { params: { client: { servers } } });

/** A host that asks as this user, and serves. */
const both = (name: string, credential: Credential, ...servers: readonly string[]): HostType =>
  namedHost(name, ['client', 'server'], { params: { client: { servers, credential } } });

/** A host whose user has a secret. */
const user = (name: string, secret: string): HostType =>
  namedHost(name, ['client'], { params: { client: { servers: ['sam'], credential: { user: name, secret } } } });

const datagram = { link: 'datagram' } as const;

const program = (name: string, other: string): HostType => namedHost(name, ['gateway', 'agent'], { params: { agent: { servers: [other] } } });
const eachWayHosts = [program('ann', 'bob'), program('bob', 'ann'), client('cleo', 'ann'), client('cora', 'bob')];

/** Calls enough that a client is still asking while the world settles. */
const manyReads = 60;

export const scenarios = {
  lossy: {
    doc: 'One client and one server; datagrams are lost, doubled and overtake each other.',
    hosts: [client('cleo', 'sam'), server('sam')],
    network: datagram,
    faults: { drop: 3, duplicate: 3 },
    commands: { client: { add: 3, read: 2 } },
  },
  everyLoss: {
    doc: 'One call; of what is sent, any may be lost, again and again, and any may come again.',
    hosts: [client('cleo', 'sam'), server('sam')],
    network: { link: 'datagram', keepsDelivered: true },
    faults: { drop: unlimited },
    commands: { client: { add: 1 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  twoClients: {
    doc: 'Two clients ask one server.',
    hosts: [client('cleo', 'sam'), client('cora', 'sam'), server('sam')],
    network: datagram,
    faults: { drop: 2, duplicate: 3 },
    commands: { client: { add: 4, read: 2 } },
  },
  crash: {
    doc: 'Client and server crash, between steps and in the middle of one, and restart.',
    hosts: [client('cleo', 'sam'), server('sam')],
    network: datagram,
    faults: { crash: 2, crashDuringStep: 1, drop: 1, duplicate: 3 },
    commands: { client: { add: 4 } },
  },
  restart: {
    doc: 'A server crashes after it has done what it was asked, and before its answer arrives.',
    hosts: [client('cleo', 'sam'), server('sam')],
    network: datagram,
    faults: { crashDuringStep: 8 },
    commands: { client: { add: 16 } },
  },
  connection: {
    doc: 'One client and one server over a connection that breaks.',
    hosts: [client('cleo', 'sam'), server('sam')],
    network: { link: 'connection' },
    faults: { break: 3 },
    commands: { client: { add: 3, read: 1 } },
  },
  fewLosses: {
    doc: 'Fewer messages are lost and fewer timers fire than a client has retries.',
    hosts: [client('cleo', 'sam'), server('sam')],
    network: datagram,
    faults: { drop: 2 },
    commands: { client: { add: 1, read: 1 } },
    bounds: { fires: 1 },
  },
  failOver: {
    doc: 'A client knows two servers, one of which leaves for good.',
    hosts: [client('cleo', 'sam', 'sue'), server('sam'), server('sue')],
    network: datagram,
    faults: { leave: 1, drop: 1 },
    commands: { client: { add: 2, read: manyReads } },
  },
  oneServer: {
    doc: 'A client knows one server only, which may leave for good.',
    hosts: [client('cleo', 'sam'), server('sam')],
    network: datagram,
    faults: { leave: 1 },
    commands: { client: { read: manyReads } },
  },
  grants: {
    doc: 'Two users, one who poses as the first, and an administrator who grants and revokes.',
    domain: 'guarded',
    hosts: [
      user('cleo', 'swordfish'),
      user('cora', 'open sesame'),
      namedHost('eve', ['client'], { params: { client: { servers: ['sam'], credential: { user: 'cleo', secret: 'guess' } } } }),
      server('sam'),
    ],
    network: datagram,
    faults: { duplicate: 2, drop: 1, crash: 1 },
    commands: { client: { add: 4, read: 3 }, server: { grant: 1, revoke: 2 } },
    runs: 60,
  },
  grantsBusy: {
    doc: 'Two users, and an administrator who grants and revokes while requests wait for a processor that does one thing at a time.',
    domain: 'guardedSlow',
    hosts: [user('cleo', 'swordfish'), user('cora', 'open sesame'), server('sam')],
    network: datagram,
    faults: { duplicate: 2, drop: 1, crash: 1 },
    commands: { client: { add: 6, read: 3 }, server: { grant: 2, revoke: 2 } },
    bounds: { fires: 12 },
    runs: 60,
  },
  grantsEach: {
    doc: 'No host is set apart: three users, each of whose hosts serves the other two, and an administrator who goes from one to the next.',
    domain: 'guarded',
    hosts: [
      both('cleo', { user: 'cleo', secret: 'swordfish' }, 'cora', 'eve'),
      both('cora', { user: 'cora', secret: 'open sesame' }, 'cleo', 'eve'),
      both('eve', { user: 'cleo', secret: 'guess' }, 'cleo', 'cora'),
    ],
    network: datagram,
    commands: { client: { add: 4, read: 3 }, server: { grant: 1, revoke: 1 } },
  },
  busy: {
    doc: 'Three clients ask a server that does one thing at a time; they take requests back.',
    domain: 'slow',
    hosts: [client('cleo', 'sam'), client('cora', 'sam'), client('carl', 'sam'), server('sam')],
    network: datagram,
    faults: { drop: 2, duplicate: 2, crash: 1 },
    commands: { client: { add: 5, read: 2, cancel: 2 } },
    bounds: { fires: 12 },
    runs: 60,
  },
  tiers: {
    doc: 'A gateway answers with what it asks of the server behind.',
    hosts: [
      client('cleo', 'gil'),
      client('cora', 'gil'),
      namedHost('gil', ['gateway', 'agent'], { params: { agent: { servers: ['sam'] } } }),
      server('sam'),
    ],
    network: datagram,
    faults: { drop: 2, duplicate: 2 },
    commands: { client: { add: 3, read: 2 } },
    runs: 60,
  },
  behind: {
    doc: 'A gateway knows two servers behind it; connections break, and hosts crash, the one of the gateway too.',
    hosts: [
      client('cleo', 'gil'),
      client('cora', 'gil'),
      namedHost('gil', ['gateway', 'agent'], { params: { agent: { servers: ['sam', 'sue'] } } }),
      server('sam'),
      server('sue'),
    ],
    network: { link: 'connection' },
    faults: { break: 2, crash: 2 },
    commands: { client: { add: 4 } },
    runs: 40,
  },
  calm: {
    doc: 'Two clients and one server, and nothing goes wrong.',
    hosts: [client('cleo', 'sam'), client('cora', 'sam'), server('sam')],
    network: datagram,
    commands: { client: { add: 3, read: 3 } },
    bounds: { fires: 0 },
    runs: 20,
  },
  clientsOnly: {
    doc: 'A client takes another client for a server.',
    hosts: [client('cleo', 'cora'), client('cora', 'sam'), server('sam')],
    network: datagram,
    faults: { duplicate: 2 },
    commands: { client: { add: 4, read: 2 } },
    runs: 40,
  },
  twoServers: {
    doc: 'A host with two client programs, each for a server of its own; one of these leaves.',
    hosts: [
      namedHost('cleo', ['client', 'otherClient'], { params: { client: { servers: ['sam'] }, otherClient: { servers: ['sue'] } } }),
      server('sam'),
      server('sue'),
    ],
    network: datagram,
    faults: { leave: 1, drop: 2, duplicate: 2 },
    commands: { client: { read: manyReads, add: 2 }, otherClient: { read: manyReads } },
    runs: 40,
  },
  twoPrograms: {
    doc: 'A host with two client programs; each turns to the server of the other one when its own is cut off. Hosts crash.',
    hosts: [
      namedHost('cleo', ['client', 'otherClient'], { params: { client: { servers: ['sam', 'sue'] }, otherClient: { servers: ['sue', 'sam'] } } }),
      server('sam'),
      server('sue'),
    ],
    network: { link: 'connection' },
    faults: { break: 2, crash: 2 },
    commands: { client: { add: 2 }, otherClient: { add: 2, read: 1 } },
    runs: 40,
  },
  eachWay: {
    doc: 'Two programs that are server and client ask each other; their workers go on meanwhile.',
    domain: 'eachWay',
    hosts: eachWayHosts,
    network: datagram,
    commands: { client: { read: 2 } },
    timed: { latencyMs: [1, 20], commandEveryMs: 100, faultEveryMs: 1_000, endMs: 20_000 },
    runs: 40,
  },
  eachWayWaiting: {
    doc: 'Two programs that are server and client ask each other; each has one worker, which waits for the other.',
    domain: 'eachWayWaiting',
    hosts: eachWayHosts,
    network: datagram,
    commands: { client: { read: 4 } },
    timed: { latencyMs: [1, 20], commandEveryMs: 100, faultEveryMs: 1_000, endMs: 20_000 },
  },
  compromised: {
    doc: 'The server has been taken over, and lies.',
    domain: 'compromised',
    hosts: [client('cleo', 'sam'), client('cora', 'sam'), server('sam')],
    network: datagram,
    commands: { client: { add: 2, read: 3 } },
  },
  smallCache: {
    doc: 'A server remembers one answer only, and two clients ask it.',
    domain: 'smallCache',
    hosts: [client('cleo', 'sam'), client('cora', 'sam'), server('sam')],
    network: datagram,
    faults: { drop: 1, duplicate: 3 },
    commands: { client: { add: 4 } },
  },
} as const satisfies Record<string, ScenarioType>;
