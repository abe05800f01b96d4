import { describe, expect, it } from 'vitest';
import { speaker, stage } from '../../properties/engine/speaker.ts';
import { emit } from 'xstate';
import { Random } from '../kernel/random.ts';
import { Arena } from '../property/arena.ts';
import { namedHost, type ScenarioType } from '../protocol/scenario.ts';
import { role, type RoleType } from '../role/role.ts';
import { settingOf } from '../world/system.ts';
import { Pct } from './pct.ts';
import { runOnce } from './run-once.ts';
import { Visits } from './visits.ts';

/** Two pairs of hosts; each throws one message to and fro, which is one causal chain that never ends. */
const answering = speaker({}, { on: { Ping: { actions: emit({ type: 'reply', message: { type: 'Ping' } } as never) } } });
const opening = (to: string) =>
  speaker(
    {},
    {
      entry: emit({ type: 'send', to, message: { type: 'Ping' } } as never),
      on: { Ping: { actions: emit({ type: 'reply', message: { type: 'Ping' } } as never) } },
    },
  );
const of = (machine: ReturnType<typeof speaker>): RoleType => role(machine, { doc: 'Throws back what it gets.' }) as unknown as RoleType;

const protocol = stage(
  { first: of(opening('ben')), second: of(opening('dan')), other: of(answering) },
  {
    hosts: [namedHost('ann', ['first']), namedHost('ben', ['other']), namedHost('cas', ['second']), namedHost('dan', ['other'])],
    network: { link: 'datagram' },
    commands: {},
    bounds: { steps: 40 },
  },
);

/** How often a run goes from one chain to the other. */
const turns = (seed: number, depth: number): number => {
  const scenario = protocol.scenarios['one'] as ScenarioType;
  const { world, judge } = new Arena(protocol, scenario, [], null).at(settingOf(scenario, 0, new Random(1)));
  const { moves } = runOnce(world, judge, new Pct(new Random(seed), 40, depth), new Visits());
  const pairs = moves.map((move) => ('offer' in move ? move.offer.instance >> 1 : -1));
  return pairs.filter((pair, at) => at > 0 && pair !== pairs[at - 1]).length;
};

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe('probabilistic concurrency testing', () => {
  it('follows one chain as long as no priority changes', () => {
    expect(seeds.map((seed) => turns(seed, 1))).toEqual(seeds.map(() => 0));
  });

  it('leaves the chain that it follows at each change of priority, one for each ordering but the first', () => {
    for (const depth of [2, 3, 5]) {
      const all = seeds.map((seed) => turns(seed, depth));
      expect(Math.max(...all)).toBe(depth - 1);
      expect(all.filter((each) => each === depth - 1).length).toBeGreaterThan(seeds.length / 2);
    }
  });
});
