import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';

const user = (name: string): HostType => namedHost(name, ['user'], { params: { user: { servers: ['sam'] } } });
const sam = namedHost('sam', ['server']);
const both = [user('cleo'), user('cora'), sam];

const datagram = { link: 'datagram' } as const;

export const scenarios = {
  lossy: {
    runs: 40,
    doc: 'Two users have programs run; messages are lost, doubled and overtake each other, and the server crashes.',
    hosts: both,
    network: datagram,
    faults: { drop: 2, duplicate: 2, crash: 1, crashDuringStep: 1 },
    commands: { user: { run: 5 } },
  },
  connection: {
    runs: 30,
    doc: 'Two users have programs run over connections that break.',
    hosts: both,
    network: { link: 'connection' },
    faults: { break: 3 },
    commands: { user: { run: 5 } },
  },
  forgetful: {
    runs: 40,
    doc: 'A server that remembers no request.',
    domain: 'forgetful',
    hosts: both,
    network: datagram,
    faults: { drop: 1, duplicate: 2 },
    commands: { user: { run: 3 } },
  },
  everyRun: {
    doc: 'Two runs of one user; one message is lost or comes twice, or the server crashes.',
    hosts: [user('cleo'), sam],
    network: datagram,
    faults: { drop: 1, duplicate: 1, crash: 1 },
    commands: { user: { run: 2 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyAnswer: {
    doc: 'One run; any message may be lost, again and again.',
    hosts: [user('cleo'), sam],
    network: { link: 'datagram', keepsDelivered: true },
    faults: { drop: unlimited },
    commands: { user: { run: 1 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyBreak: {
    doc: 'One run, over a connection that may break.',
    hosts: [user('cleo'), sam],
    network: { link: 'connection' },
    faults: { break: 1 },
    commands: { user: { run: 1 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;
