import { namedHost, type HostType, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';

const user = (name: string, ...servers: readonly string[]): HostType => namedHost(name, ['user'], { params: { user: { name, servers } } });
const server = (name: string): HostType => namedHost(name, ['server']);

const two = [user('cleo', 'sam'), user('cora', 'sam'), server('sam')];
const datagram = { link: 'datagram' } as const;

export const scenarios = {
  lossy: {
    doc: 'Two users read, write, and compare and set; datagrams are lost, doubled and overtake each other, the server crashes.',
    hosts: two,
    network: datagram,
    faults: { drop: 2, duplicate: 3, crash: 1, crashDuringStep: 1 },
    commands: { user: { get: 3, put: 3, cas: 2 } },
    runs: 60,
  },
  connection: {
    doc: 'Two users over connections that break.',
    hosts: two,
    network: { link: 'connection' },
    faults: { break: 2, crash: 1 },
    commands: { user: { get: 3, put: 3, cas: 2 } },
    runs: 40,
  },
  everyFault: {
    doc: 'Two writes and a read of two users; one message lost, one doubled, one crash of a user or of the server.',
    hosts: two,
    network: datagram,
    faults: { drop: 1, duplicate: 1, crash: 1 },
    commands: { user: { get: 1, put: 2 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  bank: {
    doc: 'Two tellers move money between the same accounts and book the same seat; loss, doubling and crashes.',
    domain: 'bank',
    hosts: two,
    network: datagram,
    faults: { drop: 2, duplicate: 3, crash: 1, crashDuringStep: 1 },
    commands: { user: { transfer: 3, book: 2 } },
    runs: 60,
  },
  everyTransfer: {
    doc: 'One transfer each between the same two accounts, one message lost, one doubled and one crash.',
    domain: 'bank',
    hosts: two,
    network: datagram,
    faults: { drop: 1, duplicate: 1, crash: 1 },
    commands: { user: { transfer: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  smallCache: {
    doc: 'A server that remembers one answer only.',
    domain: 'smallCache',
    hosts: two,
    network: datagram,
    faults: { drop: 1, duplicate: 3 },
    commands: { user: { get: 2, put: 4 } },
  },
  failOver: {
    doc: 'Users know a second server, which has a store of its own.',
    hosts: [user('cleo', 'sam', 'sue'), user('cora', 'sam', 'sue'), server('sam'), server('sue')],
    network: datagram,
    faults: { drop: 2 },
    commands: { user: { get: 2, put: 2 } },
  },
  everyAnswer: {
    doc: 'One call; any message may be lost, again and again, and any may come again.',
    hosts: [user('cleo', 'sam'), server('sam')],
    network: { link: 'datagram', keepsDelivered: true },
    faults: { drop: unlimited },
    commands: { user: { put: 1 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyCall: {
    doc: 'A write and a read of one user; one message lost, one doubled, one crash.',
    hosts: [user('cleo', 'sam'), server('sam')],
    network: datagram,
    faults: { drop: 1, duplicate: 1, crash: 1 },
    commands: { user: { get: 1, put: 1 } },
    bounds: { fires: 2 },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;
