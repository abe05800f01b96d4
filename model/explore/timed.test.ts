import { describe, expect, it } from 'vitest';
import { register } from '../../properties/engine/register.ts';
import { note, speakerRole, stage } from '../../properties/engine/speaker.ts';
import { Random } from '../kernel/random.ts';
import { Arena, type Place } from '../property/arena.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { namedHost, type ScenarioType } from '../protocol/scenario.ts';
import { settingOf } from '../world/system.ts';
import { runOnce } from './run-once.ts';
import type { Strategy } from './strategy.ts';
import { Timed } from './timed.ts';
import { Visits } from './visits.ts';

const placeOf = (protocol: Protocol, name: string): Place => {
  const scenario = protocol.scenarios[name] as ScenarioType;
  return new Arena(protocol, scenario, [], null).at(settingOf(scenario, 0, new Random(1)));
};

/** What happened in a timed run, and when. */
const happened = ({ world, judge, system }: Place, seed: number): readonly (readonly [atMs: number, what: string])[] => {
  const timed = new Timed(new Random(seed), system.scenario.timed as NonNullable<ScenarioType['timed']>);
  const told: (readonly [number, string])[] = [];
  const strategy: Strategy = {
    name: 'timed',
    observe: timed.observe.bind(timed),
    begin: timed.begin.bind(timed),
    next: (of) => {
      const move = timed.next(of);
      if (move !== null) told.push([timed.nowMs, 'offer' in move ? `${move.offer.kind} ${move.offer.name}` : move.fault.type]);
      return move;
    },
  };
  runOnce(world, judge, strategy, new Visits());
  return told;
};

const everyMs = { commandEveryMs: 100_000, faultEveryMs: 100_000 };

describe('a timer in a timed run', () => {
  const beats = { initial: 'a', states: { a: { after: { 700: 'b' } }, b: { after: { 50: 'c' } }, c: { tags: 'rest', after: { 3000: 'a' } } } };
  const place = placeOf(
    stage(
      { speaker: speakerRole({}, beats) },
      {
        hosts: [namedHost('ann', ['speaker'])],
        network: { link: 'datagram' },
        commands: {},
        timed: { latencyMs: [1, 1], ...everyMs, endMs: 5_000 },
      },
    ),
    'one',
  );

  it('fires after its delay, and at no other moment', () => {
    for (const seed of [1, 2, 3]) expect(happened(place, seed).map(([atMs]) => atMs)).toEqual([700, 750, 3750, 4450, 4500]);
  });

  it('that is started again with a new state is due anew', () => {
    const protocol = register as unknown as Protocol;
    const told = happened(placeOf(protocol, 'timed'), 4);
    const starts = told.filter(([, what]) => what === 'Command put' || what.startsWith('Fire'));
    expect(starts.filter(([, what]) => what.startsWith('Fire')).length).toBeGreaterThan(2);
    // The writer sends again a second after it last wrote or sent.
    for (const [at, [atMs, what]] of starts.entries())
      if (what.startsWith('Fire')) expect(atMs - (starts[at - 1]?.[0] ?? 0)).toBe(1000);
      else if (at > 0) expect(atMs - (starts[at - 1]?.[0] as number)).toBeLessThanOrEqual(1000);
  });
});

describe('a message in a timed run', () => {
  it('takes its latency', () => {
    const scripts = { all: [{ type: 'broadcast', message: note(1) }] } as const;
    const place = placeOf(
      stage(
        { speaker: speakerRole(scripts) },
        {
          hosts: ['ann', 'ben', 'cat'].map((name) => namedHost(name, ['speaker'])),
          network: { link: 'datagram' },
          commands: { speaker: { perform: 1 } },
          timed: { latencyMs: [30, 40], ...everyMs, commandEveryMs: 100, endMs: 5_000 },
        },
      ),
      'one',
    );
    for (const seed of [1, 2, 3]) {
      const [[sentMs] = [0], ...heard] = happened(place, seed);
      expect(heard).toHaveLength(2);
      for (const [atMs] of heard) expect([atMs - sentMs >= 30, atMs - sentMs <= 40]).toEqual([true, true]);
    }
  });
});

describe('a command in a timed run', () => {
  const rests = { initial: 'ready', on: {}, states: { ready: { on: { perform: 'busy' } }, busy: { after: { 2000: 'ready' } } } };

  it('is not given where it would change nothing, and so uses nothing up', () => {
    const place = placeOf(
      stage(
        { speaker: speakerRole({ rest: [] }, rests) },
        {
          hosts: [namedHost('ann', ['speaker'])],
          network: { link: 'datagram' },
          commands: { speaker: { perform: 3 } },
          timed: { latencyMs: [1, 1], ...everyMs, commandEveryMs: 100, endMs: 20_000 },
        },
      ),
      'one',
    );
    for (const seed of [1, 2, 3])
      expect(happened(place, seed).map(([, what]) => what.split(' ')[0])).toEqual(['Command', 'Fire', 'Command', 'Fire', 'Command', 'Fire']);
  });
});
