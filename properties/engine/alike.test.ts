import { describe, expect, it } from 'vitest';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { given } from '../../model/network/topology.ts';
import type { Property, WorldView } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { host } from '../../spec/host/protocol.ts';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { blockchainProperties } from '../blockchain/all.ts';
import { requestResponseProperties } from '../request-response/all.ts';
import { checked } from '../shared/checked.ts';

/**
 * Hosts of the protocols here that are alike: symmetry is used where the schemas of contexts name every host that stands in
 * them, and then says what a plain search says; where something tells them apart it is refused, and says what.
 */

const both = ['ping', 'echo'];
const miner = namedHost('ann', ['peer', 'miner'], { params: { miner: { beneficiary: 'ann' } } });
const settings: Readonly<Record<string, readonly [protocol: unknown, scenario: Omit<ScenarioType, 'doc'>]>> = {
  'three hosts that ask each other': [
    host,
    { hosts: ['ada', 'bob', 'cyd'].map((name) => namedHost(name, both)), network: { link: 'datagram' }, commands: { ping: { ping: 2 } } },
  ],
  'three hosts, one of which crashes': [
    host,
    {
      hosts: ['ada', 'bob', 'cyd'].map((name) => namedHost(name, both)),
      network: { link: 'datagram' },
      faults: { crash: 1 },
      commands: { ping: { ping: 1 } },
    },
  ],
  'two clients of one server': [
    requestResponse,
    {
      hosts: [
        ...['cleo', 'cora'].map((name) => namedHost(name, ['client'], { params: { client: { servers: ['sam'] } } })),
        namedHost('sam', ['server']),
      ],
      network: { link: 'datagram' },
      commands: { client: { add: 2 } },
      bounds: { fires: 0 },
    },
  ],
  'two peers that hear of the blocks of a third': [
    blockchain,
    {
      domain: 'abstract',
      times: [1],
      hosts: [miner, namedHost('ben', ['peer']), namedHost('cas', ['peer'])],
      network: { link: 'connection', topology: given(['ann', 'ben'], ['ann', 'cas']) },
      commands: { miner: { find: 1 } },
      bounds: { fires: 0 },
    },
  ],
};

type Asking = { readonly sequence: number; readonly heard: ReadonlyMap<string, number> };

/** Claims about hosts that ask each other; the second fails. */
const heard: Property = {
  protocol: host as unknown as Protocol,
  type: {
    id: 'HEARD',
    claim: 'Nobody hears of more questions than were asked, and nobody is heard by two.',
    holdsUnder: ['one'],
    always: {
      notBefore: (world: WorldView) =>
        world.every('ping', ({ context }) => [...(context as Asking).heard.values()].every((number) => number <= (context as Asking).sequence)),
      oneAtMost: (world: WorldView) => world.every('ping', ({ context }) => (context as Asking).heard.size < 2),
    },
  },
} as unknown as Property;

/** The claims of safety of a protocol that symmetry may be used with. */
const claims: Readonly<Record<string, readonly Property[]>> = {
  host: [heard],
  'request-response': requestResponseProperties,
  blockchain: blockchainProperties,
};
const underOne = (property: Property): Property =>
  ({ ...property, type: { ...property.type, holdsUnder: ['one'], failsUnder: {}, sometimes: {}, recovers: {} } }) as Property;
const isPlain = ({ type: { always, monitors, eventually, leadsTo } }: Property): boolean =>
  always !== undefined && monitors === undefined && eventually === undefined && leadsTo === undefined;

/** A bound on the depth refuses partial order, so that symmetry is seen alone. */
const report = (name: string, reduce: boolean, is = isPlain): CheckReport => {
  const [protocol, scenario] = settings[name] as (typeof settings)[string];
  const { id } = protocol as Protocol;
  const one = { ...(protocol as Protocol), scenarios: { one: { doc: name, ...scenario } } };
  const properties = (claims[id] as readonly Property[]).filter(is).map(underOne);
  return checked({ protocol: one, properties, scenario: 'one', reduce, maxDepth: 1_000, maxStates: 40_000 });
};
const symmetryOf = ({ reductions }: CheckReport) => reductions.find(({ name }) => name === 'symmetry');

describe('hosts that are alike', () => {
  it.each(Object.keys(settings))('%s: fewer worlds stand for all, and every claim is judged as without', (name) => {
    const [plain, reduced] = [report(name, false), report(name, true)];
    expect(symmetryOf(reduced)?.used).toBe(true);
    expect(reduced.distinct).toBeLessThan(plain.distinct);
    const judged = ({ verdict, properties, violation }: CheckReport) => [
      verdict,
      properties.map(({ id, verdict: own }) => [id, own]),
      violation === null ? null : [violation.part, violation.trace.steps.length],
    ];
    expect(judged(reduced)).toEqual(judged(plain));
    expect(plain.properties.length).toBeGreaterThan(0);
    // Where no claim ends the search, the worlds are counted.
    if (plain.violation === null) expect(symmetryOf(reduced)?.standsFor).toBe(plain.distinct);
  });

  it('are told apart by what a monitor remembers, and symmetry is refused', () => {
    const isOnce = ({ type }: Property): boolean => type.id === 'AT-MOST-ONCE';
    const [plain, reduced] = [report('two clients of one server', false, isOnce), report('two clients of one server', true, isOnce)];
    expect(symmetryOf(reduced)).toMatchObject({ used: false, refused: 'what monitors remember may hold host names' });
    expect([reduced.verdict, reduced.distinct]).toEqual([plain.verdict, plain.distinct]);
  });
});
