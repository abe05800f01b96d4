import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';

const client = (name: string, role: string): HostType => namedHost(name, [role], { params: { [role]: { servers: ['sam'] } } });
const sam = namedHost('sam', ['station']);
const [lea, leo, studio] = [client('lea', 'listener'), client('leo', 'listener'), client('studio', 'studio')];

const datagram = { link: 'datagram' } as const;

export const scenarios = {
  lossy: {
    runs: 30,
    doc: 'Packets are lost, doubled and overtake each other; listeners come and go.',
    hosts: [lea, leo, studio, sam],
    network: datagram,
    faults: { drop: 3, duplicate: 2 },
    commands: { listener: { play: 3, teardown: 1 }, studio: { send: 100 } },
    bounds: { fires: 12, steps: 60, rounds: 16 },
  },
  crash: {
    runs: 30,
    doc: 'Station, studio and listener crash.',
    hosts: [lea, studio, sam],
    network: datagram,
    faults: { crash: 3, drop: 1 },
    commands: { listener: { play: 2 }, studio: { send: 100 } },
    bounds: { fires: 12, steps: 60, rounds: 16 },
  },
  calm: {
    runs: 20,
    doc: 'Packets on a connection that stands.',
    domain: 'interleaved',
    hosts: [lea, leo, studio, sam],
    network: { link: 'connection' },
    commands: { listener: { play: 2 }, studio: { send: 12 } },
  },
  breaks: {
    runs: 20,
    doc: 'Packets on connections that break.',
    domain: 'interleaved',
    hosts: [lea, studio, sam],
    network: { link: 'connection' },
    faults: { break: 2 },
    commands: { listener: { play: 2, teardown: 1 }, studio: { send: 6 } },
  },
  everyPacket: {
    doc: 'One listener and three packets; one is lost or comes twice.',
    hosts: [lea, studio, sam],
    network: datagram,
    faults: { drop: 1, duplicate: 1 },
    commands: { listener: { play: 1 }, studio: { send: 3 } },
    bounds: { fires: 0 },
    exhaustive: true,
  },
  everyCalm: {
    doc: 'Two listeners and three packets, on connections that stand.',
    domain: 'interleaved',
    hosts: [lea, leo, studio, sam],
    network: { link: 'connection' },
    commands: { listener: { play: 2 }, studio: { send: 3 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyBreak: {
    doc: 'A listener tunes in and off, and a frame is played; connections break twice.',
    domain: 'interleaved',
    hosts: [lea, studio, sam],
    network: { link: 'connection' },
    faults: { break: 2 },
    commands: { listener: { play: 1, teardown: 1 }, studio: { send: 1 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyRetry: {
    doc: 'Clients that send again what is not answered, over connections of which one breaks.',
    hosts: [lea, studio, sam],
    network: { link: 'connection' },
    faults: { break: 1 },
    commands: { listener: { play: 1 }, studio: { send: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;
