import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';

const client = (name: string, role: string): HostType => namedHost(name, [role], { params: { [role]: { servers: ['sam'] } } });
const sam = namedHost('sam', ['printer']);
const [cleo, cora, device] = [client('cleo', 'user'), client('cora', 'user'), client('device', 'device')];

const datagram = { link: 'datagram' } as const;

export const scenarios = {
  lossy: {
    runs: 40,
    doc: 'Two users print and cancel; messages are lost, doubled and overtake each other.',
    hosts: [cleo, cora, device, sam],
    network: datagram,
    faults: { drop: 2, duplicate: 2 },
    commands: { user: { print: 3, cancel: 6, look: 2 }, device: { fetch: 60 } },
    bounds: { fires: 20 },
  },
  crash: {
    runs: 40,
    doc: 'Users, print server and output device crash between two steps, and restart.',
    hosts: [cleo, cora, device, sam],
    network: datagram,
    faults: { crash: 3, drop: 1 },
    commands: { user: { print: 3, cancel: 3 }, device: { fetch: 60 } },
    bounds: { fires: 20 },
  },
  powerCut: {
    runs: 60,
    doc: 'The power fails in the middle of a step: when the paper is out, and the output device has not noted it.',
    hosts: [cleo, device, sam],
    network: datagram,
    faults: { crashDuringStep: 2 },
    commands: { user: { print: 2 }, device: { fetch: 60 } },
    bounds: { fires: 20 },
  },
  gone: {
    runs: 40,
    doc: 'The output device may leave for good.',
    hosts: [cleo, device, sam],
    network: datagram,
    faults: { leave: 1 },
    commands: { user: { print: 2 }, device: { fetch: 60 } },
    bounds: { fires: 20 },
  },
  everyJob: {
    doc: 'One job, which may be canceled; one message is lost, and what timers are there fire once.',
    hosts: [cleo, device, sam],
    network: datagram,
    faults: { drop: 1 },
    commands: { user: { print: 1, cancel: 1 }, device: { fetch: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyEnd: {
    doc: 'Two jobs over connections, one of them canceled perhaps.',
    domain: 'connected',
    hosts: [cleo, cora, device, sam],
    network: { link: 'connection' },
    commands: { user: { print: 2, cancel: 1 }, device: { fetch: 3 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyCut: {
    doc: 'One job over connections, of which one breaks.',
    domain: 'connected',
    hosts: [cleo, device, sam],
    network: { link: 'connection' },
    faults: { break: 1 },
    commands: { user: { print: 1 }, device: { fetch: 3 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyOperation: {
    doc: 'A user prints, cancels and looks, over a connection that breaks.',
    domain: 'connected',
    hosts: [cleo, device, sam],
    network: { link: 'connection' },
    faults: { break: 1 },
    commands: { user: { print: 1, cancel: 1, look: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyRetry: {
    doc: 'One job; who is not answered sends again, over connections of which one breaks.',
    hosts: [cleo, device, sam],
    network: { link: 'connection' },
    faults: { break: 1 },
    commands: { user: { print: 1 }, device: { fetch: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;
