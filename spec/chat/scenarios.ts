import { type HostType, namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';

const chatter = (name: string): HostType => namedHost(name, ['chatter'], { params: { chatter: { name, servers: ['sam'] } } });
const sam = namedHost('sam', ['channel']);
const [cleo, cora, carl] = [chatter('cleo'), chatter('cora'), chatter('carl')];

const connection = { link: 'connection' } as const;

export const scenarios = {
  breaks: {
    runs: 40,
    doc: 'Three users in a channel; connections break, and they come and go.',
    hosts: [cleo, cora, carl, sam],
    network: connection,
    faults: { break: 3 },
    commands: { chatter: { join: 4, part: 1, say: 4 } },
    bounds: { fires: 12 },
  },
  crash: {
    runs: 40,
    doc: 'The server and the programs of two users crash.',
    hosts: [cleo, cora, sam],
    network: connection,
    faults: { crash: 3, crashDuringStep: 1 },
    commands: { chatter: { join: 3, say: 4 } },
    bounds: { fires: 12 },
  },
  plain: {
    runs: 40,
    doc: 'Two users in a channel as RFC 2812 has it; connections break.',
    domain: 'plain',
    hosts: [cleo, cora, sam],
    network: connection,
    faults: { break: 2 },
    commands: { chatter: { join: 2, say: 4 } },
    bounds: { fires: 12 },
  },
  datagrams: {
    runs: 100,
    doc: 'Two users in a channel over datagrams, which overtake each other.',
    domain: 'sendingAgain',
    hosts: [cleo, cora, sam],
    network: { link: 'datagram' },
    faults: { drop: 1, duplicate: 1 },
    commands: { chatter: { join: 2, say: 4 } },
    bounds: { fires: 12 },
  },
  everyLine: {
    doc: 'Two users join, and two lines are said; one connection breaks.',
    hosts: [cleo, cora, sam],
    network: connection,
    faults: { break: 1 },
    commands: { chatter: { join: 2, say: 2 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyTalk: {
    doc: 'Two users join, and two lines are said.',
    hosts: [cleo, cora, sam],
    network: connection,
    commands: { chatter: { join: 2, say: 2 } },
    bounds: { fires: unlimited },
    exhaustive: true,
  },
  everyRetry: {
    doc: 'One user whose program sends again what is not answered, over a connection that may break.',
    domain: 'sendingAgain',
    hosts: [cleo, sam],
    network: connection,
    faults: { break: 1 },
    commands: { chatter: { join: 1, part: 1, say: 1 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
  everyCrash: {
    doc: 'One user joins and says two lines; its host or the server crashes once.',
    hosts: [cleo, sam],
    network: connection,
    faults: { crash: 1 },
    commands: { chatter: { join: 1, say: 2 } },
    bounds: { fires: 1 },
    exhaustive: true,
  },
} as const satisfies Record<string, ScenarioType>;
