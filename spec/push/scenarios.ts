import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';

const client = (name: string, role: string): HostType => namedHost(name, [role], { params: { [role]: { servers: ['sam'] } } });
const sam = namedHost('sam', ['service']);
const [phone, watch, shop, clock] = [client('phone', 'device'), client('watch', 'device'), client('shop', 'application'), client('clock', 'clock')];

const datagram = { link: 'datagram' } as const;

export const scenarios = {
  offline: {
    runs: 80,
    doc: 'A shop pushes to a phone, which is off from time to time; messages are lost and doubled, the service crashes.',
    hosts: [phone, shop, sam],
    network: datagram,
    faults: { drop: 2, duplicate: 2, crash: 2, pause: 1 },
    commands: { device: { subscribe: 1, unsubscribe: 1, acknowledge: 40 }, application: { push: 3 } },
    bounds: { fires: 12 },
  },
  tunnel: {
    runs: 80,
    doc: 'A shop pushes to a phone in a tunnel, which loses what it is sent.',
    hosts: [phone, shop, sam],
    network: datagram,
    faults: { drop: 3 },
    commands: { device: { subscribe: 1, acknowledge: 4 }, application: { push: 2 } },
    bounds: { fires: 12, steps: 40 },
  },
  connection: {
    runs: 60,
    doc: 'A shop pushes to a phone over connections that break.',
    hosts: [phone, shop, clock, sam],
    network: { link: 'connection' },
    faults: { break: 3, crash: 1 },
    commands: { device: { subscribe: 1, acknowledge: 4 }, application: { push: 2 }, clock: { tick: 1 } },
    bounds: { fires: 12, steps: 60 },
  },
  time: {
    runs: 80,
    doc: 'Time passes: messages and subscriptions expire.',
    hosts: [phone, watch, shop, clock, sam],
    network: datagram,
    faults: { drop: 1, duplicate: 2, crash: 1 },
    commands: { device: { subscribe: 3, unsubscribe: 1, acknowledge: 4 }, application: { push: 4 }, clock: { tick: 4 } },
    bounds: { fires: 12 },
  },
  everyPush: {
    doc: 'A phone subscribes, and a shop pushes; one message is lost and one doubled.',
    hosts: [phone, shop, sam],
    network: datagram,
    faults: { drop: 1, duplicate: 1 },
    commands: { device: { subscribe: 1, acknowledge: 1 }, application: { push: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyAnswer: {
    doc: 'One call; any message may be lost, again and again, and any may come again.',
    hosts: [phone, sam],
    network: { link: 'datagram', keepsDelivered: true },
    faults: { drop: unlimited },
    commands: { device: { subscribe: 1 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyTunnel: {
    doc: 'A phone subscribes, and a shop pushes; two messages are lost, any may come again, and timers fire as often as they like.',
    hosts: [phone, shop, sam],
    network: { link: 'datagram', keepsDelivered: true },
    faults: { drop: 2 },
    commands: { device: { subscribe: 1 }, application: { push: 1 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyCrash: {
    doc: 'A phone subscribes, and a shop pushes; one message is doubled, and one host crashes.',
    hosts: [phone, shop, sam],
    network: datagram,
    faults: { duplicate: 1, crash: 1 },
    commands: { device: { subscribe: 1, acknowledge: 1 }, application: { push: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyBreak: {
    doc: 'A phone subscribes, and a shop pushes, over connections of which one breaks.',
    hosts: [phone, shop, sam],
    network: { link: 'connection' },
    faults: { break: 1 },
    commands: { device: { subscribe: 1, acknowledge: 1 }, application: { push: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;
