import { line } from '../model/network/topology.ts';
import { namedHost, type ScenarioType } from '../model/protocol/scenario.ts';

const mining = (name: string) => namedHost(name, ['peer', 'miner'], { params: { miner: { beneficiary: name } } });

/** The largest scenario of the abstract chain that is searched whole: too long for continuous integration, so it stands here. */
export const everyLineOfMiners = {
  doc: 'Every world of three peers in a line, of which both ends mine, that find two blocks and are cut into parts once.',
  domain: 'abstract',
  exhaustive: true,
  times: [1],
  hosts: [mining('ann'), namedHost('ben', ['peer']), mining('cas')],
  network: { link: 'connection', topology: line() },
  faults: { partition: 1 },
  commands: { miner: { find: 2 } },
  bounds: { rounds: 64, fires: 0 },
} as const satisfies ScenarioType;

/** What a search of it found, with the claims of safety that `everyLine` has. */
export const everyLineOfMinersCounts = { distinct: 2_497_640, generated: 10_049_379, depth: 67 } as const;
