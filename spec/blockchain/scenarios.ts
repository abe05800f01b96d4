import { given, line, mesh, randomRegular } from '../../model/network/topology.ts';
import { hosts, namedHost, type HostType, type ScenarioType } from '../../model/protocol/scenario.ts';

/** The second at which a block is found: soon after its parent, or late enough that the difficulty falls. */
const times = [1, 40];

const connection = { link: 'connection' } as const;

/** A peer with a miner on its host; the miner's address is named after it. */
const mining = (name: string, more: Partial<HostType> = {}): HostType =>
  namedHost(name, ['peer', 'miner'], { ...more, params: { miner: { beneficiary: name } } });

const peer = (name: string, more: Partial<HostType> = {}): HostType => namedHost(name, ['peer'], more);
const wallet = (name: string, account: string, ...servers: readonly string[]): HostType =>
  namedHost(name, ['wallet'], { params: { wallet: { account, servers } } });

export const scenarios = {
  pair: {
    doc: 'Two peers, one of which mines.',
    hosts: [mining('ann'), peer('ben')],
    network: connection,
    commands: { miner: { find: 2 } },
    times,
  },
  partitionAndHeal: {
    doc: 'Three peers, two of which mine, are cut into parts and find each other again.',
    hosts: [mining('ann'), mining('ben'), peer('cas')],
    network: connection,
    faults: { partition: 2, break: 1 },
    commands: { miner: { find: 3 } },
    times,
  },
  relay: {
    doc: 'Three to five peers in a mesh or a random graph; one mines.',
    size: { least: 3, most: 5 },
    hosts: (count) => [mining('ann'), ...hosts(count - 1, 'peer')],
    network: { ...connection, topology: [mesh(), randomRegular(2), line()] },
    faults: { hold: 1 },
    commands: { miner: { find: 3 } },
    times,
  },
  wallets: {
    doc: 'Two wallets use two peers, one of which mines; a third peer only follows.',
    hosts: [mining('ann'), peer('ben'), peer('cas'), wallet('wes', 'alice', 'ann', 'ben'), wallet('xia', 'bob', 'ben', 'ann')],
    network: { ...connection, topology: given(['ann', 'ben'], ['ben', 'cas'], ['wes', 'ann'], ['wes', 'ben'], ['xia', 'ann'], ['xia', 'ben']) },
    faults: { break: 1 },
    commands: { miner: { find: 2 }, wallet: { send: 3, ask: 2 } },
    times,
  },
} as const satisfies Record<string, ScenarioType>;
