import { defineProperty } from '../model/property/property.ts';
import { type HostType, namedHost, type ScenarioType } from '../model/protocol/scenario.ts';
import { blockchain } from '../spec/blockchain/protocol.ts';

const names = ['ann', 'ben', 'cas', 'dan', 'eve', 'fay', 'gil', 'hal'];

/**
 * Peers in a mesh over the abstract chain: two blocks may be found and one transaction be sent, and nothing fails.
 * @param fires how often the timers of one role may fire; time-outs multiply states.
 */
export const gossip = (fires: number) =>
  ({
    doc: 'Peers in a mesh pass on two blocks and one transaction.',
    domain: 'abstract',
    size: { least: 2, most: names.length },
    hosts: (count: number): readonly HostType[] => [
      namedHost('ann', ['peer', 'miner'], { params: { miner: { beneficiary: 'ann' } } }),
      ...names.slice(1, count).map((name) => namedHost(name, ['peer'])),
      namedHost('wes', ['wallet'], { params: { wallet: { account: 'alice', servers: ['ann'] } } }),
    ],
    network: { link: 'connection' },
    commands: { miner: { find: 2 }, wallet: { send: 1 } },
    times: [1],
    bounds: { steps: 60, fires },
  }) as const satisfies ScenarioType;

/** What is checked after every step, in both ways of walking. */
export const isSound = (head: { readonly number: number; readonly totalDifficulty: bigint }): boolean => head.totalDifficulty > BigInt(head.number);

export const sound = defineProperty(blockchain, {
  id: 'SOUND',
  claim: 'Every block adds difficulty.',
  holdsUnder: [],
  always: { addsDifficulty: (world) => world.every('peer', ({ context }) => isSound(context.kept.head)) },
});
