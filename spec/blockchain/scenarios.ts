import { given, line, mesh, randomRegular } from '../../model/network/topology.ts';
import { type HostType, hosts, namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';

/** The second at which a block is found: soon after its parent, or late enough that the difficulty falls. */
const times = [1, 40];

/** RLPx runs over TCP: what is sent arrives in order, or the connection breaks. */
const connection = { link: 'connection' } as const;

/** A peer with a miner on its host; the miner's address is named after the host. */
const mining = (name: string, more: Partial<HostType> = {}): HostType =>
  namedHost(name, ['peer', 'miner'], { ...more, params: { ...more.params, miner: { beneficiary: name } } });

const peer = (name: string, more: Partial<HostType> = {}): HostType => namedHost(name, ['peer'], more);

/** A wallet of an account, and the peers that it asks, in this order. */
const wallet = (name: string, account: string, ...servers: readonly string[]): HostType =>
  namedHost(name, ['wallet'], { params: { wallet: { account, servers } } });

/** On datagrams a peer greets its neighbours itself. */
const hello = { params: { peer: { hello: true } } };

/** Rounds in which the slowest downloads and the longest lines come to rest. */
const bounds = { rounds: 64 };

/** Of the abstract chain, for an exhaustive search. */
const small = { domain: 'abstract', exhaustive: true, times: [1] } as const;

export const scenarios = {
  pair: {
    doc: 'Two peers, one of which mines.',
    hosts: [mining('ann'), peer('ben')],
    network: connection,
    commands: { miner: { find: 2 } },
    times,
    bounds,
  },
  relay: {
    doc: 'Three to five peers in a mesh, a ring or a line; one mines; what one sends another may be held back.',
    size: { least: 3, most: 5 },
    hosts: (count: number) => [mining('ann'), ...hosts(count - 1, 'peer')],
    network: { ...connection, topology: [mesh(), randomRegular(2), line()] },
    faults: { hold: 2 },
    commands: { miner: { find: 3 } },
    times,
    bounds: { ...bounds, fires: 2 },
  },
  tie: {
    doc: 'Two miners find blocks at the same time, and a third peer hears of both.',
    hosts: [mining('ann'), mining('ben'), peer('cas')],
    network: connection,
    commands: { miner: { find: 3 } },
    times,
    bounds: { ...bounds, fires: 2 },
  },
  split: {
    doc: 'Two miners are cut off from each other, and each finds a block.',
    hosts: [mining('ann'), mining('ben')],
    network: connection,
    faults: { partition: 1 },
    commands: { miner: { find: 2 } },
    times,
    bounds: { ...bounds, steps: 60 },
  },
  partitionAndHeal: {
    doc: 'Three peers, two of which mine, are cut into parts and find each other again.',
    hosts: [mining('ann'), mining('ben'), peer('cas')],
    network: connection,
    faults: { partition: 2, break: 1 },
    commands: { miner: { find: 4 } },
    times,
    bounds,
  },
  reorganise: {
    doc: 'Both sides of a cut mine transactions; after it heals, one side leaves its blocks.',
    hosts: [mining('ann'), mining('ben'), wallet('wes', 'alice', 'ann', 'ben'), wallet('xia', 'bob', 'ben', 'ann')],
    network: { ...connection, topology: given(['ann', 'ben'], ['wes', 'ann'], ['wes', 'ben'], ['xia', 'ann'], ['xia', 'ben']) },
    faults: { partition: 1, break: 1 },
    commands: { miner: { find: 5 }, wallet: { send: 3 } },
    times,
    bounds,
  },
  crash: {
    doc: 'Peers crash, between steps and in the middle of one, and restart from what they stored.',
    hosts: [mining('ann'), mining('ben'), peer('cas')],
    network: connection,
    faults: { crash: 2, crashDuringStep: 1 },
    commands: { miner: { find: 4 } },
    times,
    bounds,
  },
  join: {
    doc: 'A peer joins late and downloads the whole chain; another peer may leave or pause.',
    hosts: [mining('ann'), peer('ben'), peer('cas', { off: true })],
    network: connection,
    faults: { join: 1, pause: 1, break: 1 },
    commands: { miner: { find: 6 } },
    times,
    bounds,
  },
  reordering: {
    doc: 'Peers speak over datagrams that overtake each other, get lost and come twice.',
    hosts: [mining('ann', hello), peer('ben', hello), peer('cas', hello)],
    network: { link: 'datagram' },
    faults: { drop: 3, duplicate: 3, partition: 1 },
    commands: { miner: { find: 3 } },
    times,
    bounds,
  },
  wallets: {
    doc: 'Two wallets use two peers, one of which mines; a third peer only follows.',
    hosts: [mining('ann'), peer('ben'), peer('cas'), wallet('wes', 'alice', 'ann', 'ben'), wallet('xia', 'bob', 'ben', 'ann')],
    network: { ...connection, topology: given(['ann', 'ben'], ['ben', 'cas'], ['wes', 'ann'], ['wes', 'ben'], ['xia', 'ann'], ['xia', 'ben']) },
    faults: { break: 1 },
    commands: { miner: { find: 2 }, wallet: { send: 3, ask: 2 } },
    times,
    bounds,
  },
  mined: {
    doc: 'A wallet submits transactions to a peer that does not mine, and somewhere blocks are found again and again.',
    hosts: [mining('ann'), peer('ben'), wallet('wes', 'alice', 'ben')],
    network: { ...connection, topology: line() },
    faults: { break: 1 },
    commands: { miner: { persevere: 24 }, wallet: { send: 2 } },
    times,
    bounds: { ...bounds, steps: 30, fires: 2 },
  },
  oneGone: {
    doc: 'Four peers, two of which mine, and no server; one of them leaves for good.',
    hosts: [mining('ann'), mining('ben'), peer('cas'), peer('dan')],
    network: connection,
    faults: { leave: 1 },
    commands: { miner: { find: 6 } },
    times,
    bounds,
  },
  replicas: {
    doc: 'A wallet may ask any of three peers, of which one leaves for good and another crashes.',
    hosts: [mining('ann'), peer('ben'), peer('cas'), wallet('wes', 'alice', 'ann', 'ben', 'cas')],
    network: connection,
    faults: { leave: 1, crash: 1, break: 1 },
    commands: { miner: { find: 1 }, wallet: { ask: 60 } },
    times,
    bounds: { ...bounds, rounds: 50 },
  },
  oneServer: {
    doc: 'A wallet knows one peer only, which may leave for good.',
    hosts: [mining('ann'), peer('ben'), wallet('wes', 'alice', 'ann')],
    network: connection,
    faults: { leave: 1 },
    commands: { miner: { find: 1 }, wallet: { ask: 60 } },
    times,
    bounds: { ...bounds, rounds: 50 },
  },
  staller: {
    doc: 'A neighbour promises the longest chain, announces all it hears of, and serves nothing.',
    hosts: [mining('ann'), peer('ben'), peer('cas'), namedHost('sly', ['staller'])],
    network: connection,
    faults: { hold: 1 },
    commands: { miner: { find: 3 } },
    times,
    bounds,
  },
  liar: {
    doc: 'A neighbour sends blocks that break a rule, wrong bodies and wrong weights.',
    hosts: [mining('ann'), peer('ben'), namedHost('lou', ['liar'])],
    network: connection,
    commands: { miner: { find: 2 }, liar: { lie: 3, mine: 2, deceive: 1, announce: 2, flood: 1 } },
    times,
    bounds,
  },
  stranger: {
    doc: 'A neighbour belongs to another network.',
    hosts: [mining('ann'), peer('ben'), namedHost('lou', ['liar'])],
    network: connection,
    commands: { miner: { find: 1 }, liar: { pose: 2, mine: 1 } },
    times,
    bounds: { ...bounds, steps: 60 },
  },
  joinWhileLied: {
    doc: 'A peer joins among one honest peer, one that stalls and one that lies.',
    hosts: [mining('ann'), peer('ben', { off: true }), namedHost('lou', ['liar']), namedHost('sly', ['staller'])],
    network: { ...connection, topology: given(['ann', 'ben'], ['ben', 'lou'], ['ben', 'sly'], ['ann', 'lou']) },
    faults: { join: 1 },
    commands: { miner: { find: 4 }, liar: { lie: 1, mine: 1, announce: 1 } },
    times,
    bounds,
  },
  crowd: {
    doc: 'Six to eight peers in a random graph, two of which mine; the graph is cut once.',
    size: { least: 6, most: 8 },
    hosts: (count: number) => [mining('ann'), mining('ben'), ...hosts(count - 2, 'peer')],
    network: { ...connection, topology: randomRegular(3) },
    faults: { partition: 1, crash: 1 },
    commands: { miner: { find: 3 } },
    times,
    bounds: { ...bounds, steps: 160 },
  },
  abstractRelay: {
    doc: 'The abstract chain: three peers in a line or a mesh, one of which mines; connections break.',
    domain: 'abstract',
    hosts: [mining('ann'), peer('ben'), peer('cas')],
    network: { ...connection, topology: [mesh(), line()] },
    faults: { break: 1 },
    commands: { miner: { find: 3 } },
    times,
    bounds,
  },
  abstractPartition: {
    doc: 'The abstract chain, whose weights differ much: a shorter branch may be the heavier one.',
    domain: 'abstract',
    hosts: [mining('ann'), mining('ben')],
    network: connection,
    faults: { partition: 1, crash: 1 },
    commands: { miner: { find: 4 } },
    times,
    bounds,
  },
  shortMemory: {
    doc: 'The abstract chain, and peers that keep two blocks beside it: both sides of a cut make branches that are longer.',
    domain: 'shortMemory',
    hosts: [mining('ann'), mining('ben')],
    network: connection,
    faults: { partition: 2 },
    commands: { miner: { find: 9 } },
    times,
    bounds: { ...bounds, steps: 80 },
  },
  everyRelay: {
    doc: 'Every world of two peers, one of which mines two blocks.',
    ...small,
    hosts: [mining('ann'), peer('ben')],
    network: connection,
    commands: { miner: { find: 2 } },
    bounds: { ...bounds, fires: 1 },
  },
  everyJoin: {
    doc: 'Every world of two peers, one of which joins late.',
    ...small,
    hosts: [mining('ann'), peer('ben', { off: true })],
    network: connection,
    faults: { join: 1 },
    commands: { miner: { find: 2 } },
    bounds: { ...bounds, fires: 1 },
  },
  everyCrash: {
    doc: 'Every world of two peers, of which one mines two blocks and either may crash.',
    ...small,
    hosts: [mining('ann'), peer('ben')],
    network: connection,
    faults: { crash: 1 },
    commands: { miner: { find: 2 } },
    bounds: { ...bounds, fires: 1 },
  },
  everySplit: {
    doc: 'Every world of two miners that find two blocks and are cut off from each other once.',
    ...small,
    hosts: [mining('ann'), mining('ben')],
    network: connection,
    faults: { partition: 1 },
    commands: { miner: { find: 2 } },
    bounds: { ...bounds, fires: 0 },
  },
  everyLine: {
    doc: 'Every world of three peers in a line, of which one mines two blocks, that are cut into parts once.',
    ...small,
    hosts: [mining('ann'), peer('ben'), peer('cas')],
    network: { ...connection, topology: line() },
    faults: { partition: 1 },
    commands: { miner: { find: 2 } },
    bounds: { ...bounds, fires: 0 },
  },
  everyLineOfMiners: {
    doc: 'Every world of three peers in a line, of which both ends mine, that find two blocks and are cut into parts once.',
    ...small,
    large: true,
    hosts: [mining('ann'), peer('ben'), mining('cas')],
    network: { ...connection, topology: line() },
    faults: { partition: 1 },
    commands: { miner: { find: 2 } },
    bounds: { ...bounds, fires: 0 },
  },
} as const satisfies Record<string, ScenarioType>;

/** The scenarios that can be explored whole, by their size; claims of safety name them all. */
export const everyWorld = ['everyRelay', 'everyJoin', 'everyCrash', 'everySplit', 'everyLine', 'everyLineOfMiners'] as const;
