import { describe, expect, it } from 'vitest';
import { note, speakerRole, stage } from '../../properties/engine/speaker.ts';
import { checked } from '../../properties/shared/checked.ts';
import { ran } from '../../properties/shared/ran.ts';
import { Random } from '../kernel/random.ts';
import { Arena, type Place } from '../property/arena.ts';
import { defineProperty, type Property, type PropertyType } from '../property/property.ts';
import type { Protocol } from '../protocol/protocol.ts';
import { namedHost, type ScenarioType, unlimited } from '../protocol/scenario.ts';
import type { Effect } from '../role/effect.ts';
import { replayTrace } from '../trace/replay.ts';
import type { Trace } from '../trace/trace.ts';
import { type Instance, settingOf } from '../world/system.ts';
import { runOnce, type Run } from './run-once.ts';
import { type Strategy, Walk } from './strategy.ts';
import { Visits } from './visits.ts';

/** Ann tells the others, who tell nothing. */
const hosts = [namedHost('ann', ['teller']), namedHost('ben', ['speaker']), namedHost('cat', ['speaker'])];

const most = 300;

/** So many notes to ben that no list of what a step changed holds them all, and only then one to cat. */
const flood: readonly Effect[] = [
  ...Array.from({ length: most }, (_, n): Effect => ({ type: 'send', to: 'ben', message: note(n) })),
  { type: 'send', to: 'cat', message: note(most) },
];

const protocolOf = (more: Omit<Partial<ScenarioType>, 'doc'> = {}, machine: object = {}): Protocol =>
  stage(
    { teller: speakerRole({ flood }, machine), speaker: speakerRole({}) },
    { hosts, network: { link: 'datagram' }, commands: { teller: { perform: 1 } }, bounds: { inbox: 2 * most }, ...more },
  );

const claimOf = (protocol: Protocol, type: Partial<PropertyType>): Property =>
  defineProperty(protocol, { id: 'X', claim: 'X.', holdsUnder: ['one'], ...type } as never);

const placeOf = (protocol: Protocol, properties: readonly Property[] = [], checking = false): Place => {
  const scenario = protocol.scenarios['one'] as ScenarioType;
  return new Arena(protocol, scenario, properties, null, checking).at(settingOf(scenario, 0, new Random(1)));
};

/** Ann gives her command so many times. */
const tells = (times: number): Strategy => {
  let given = 0;
  return { name: 'walk', next: (world) => (given++ < times ? { offer: world.seat(0).offer(0), variant: 0, crashAfter: -1 } : null) };
};

const runOf = ({ world, judge }: Place, strategy: Strategy, maxSteps = 200): Run => runOnce(world, judge, strategy, new Visits(), maxSteps);

const heard = ({ system, world }: Place, host: number): number =>
  ((system.instances[host] as Instance).role.memory.snapshot(world.local(host)).context as { heard: readonly string[] }).heard.length;

describe('a step that changes more than is listed', () => {
  const protocol = protocolOf({ commands: { teller: { perform: 2 } } });

  it('is judged by every claim', () => {
    // It looks at its monitor alone, which is changed last. What was never asked after a step is asked whatever the step
    // changed, so the first of the two steps breaks nothing.
    const claim = claimOf(protocol, {
      always: { toldOnce: (world) => (world.monitor('told') as number) <= most + 1 },
      monitors: { told: { initial: 0, next: (told) => (told as number) + 1 } },
    });
    const place = placeOf(protocol, [claim]);
    const { violation, moves } = runOf(place, tells(2));
    expect(place.world.changes).toBe(place.world.changed.length);
    expect([moves.length, violation?.part?.name]).toEqual([2, 'always.toldOnce']);
  });

  it('is offered by a walk to everybody whom it reaches', () => {
    const place = placeOf(protocolOf());
    for (let seed = 0; seed < 4; seed++) {
      runOf(place, new Walk(place.world, new Random(seed)), 2 * most);
      expect([heard(place, 0), heard(place, 1), heard(place, 2)]).toEqual([0, most, 1]);
    }
  });
});

describe('the first world', () => {
  const protocol = protocolOf();
  const never = claimOf(protocol, { always: { never: () => false } });

  it('is judged before anything is done', () => {
    const { moves, violation, steps } = runOf(placeOf(protocol, [never]), tells(1));
    expect([moves.length, violation?.part?.name, steps]).toEqual([0, 'always.never', 1]);
  });

  it('is judged by a monitor too', () => {
    const held = claimOf(protocol, { monitors: { none: { initial: 0, next: () => 1, holds: (state) => state === 1 } } });
    const { moves, violation } = runOf(placeOf(protocol, [held]), tells(1));
    expect([moves.length, violation?.part?.name]).toEqual([0, 'monitors.none']);
  });

  it('is the whole counterexample, of runs and of a search', () => {
    const search = checked({ protocol, properties: [never], scenario: 'one' });
    expect(search.distinct).toBe(1);
    for (const violation of [ran({ protocol, properties: [never], runs: 1 }).claims[0]?.violation, search.violation]) {
      expect(violation?.trace.steps).toEqual([]);
      expect(violation?.trace.minimised?.shortest).toBe(true);
      expect(replayTrace(protocol, [never], violation?.trace as Trace).reproduced).toBe(true);
    }
  });
});

describe('a role that throws while its world settles', () => {
  const machine = {
    initial: 'waits',
    states: {
      waits: {
        after: {
          10: {
            target: 'waits',
            guard: () => {
              throw new Error('too late');
            },
          },
        },
      },
    },
  };
  const protocol = protocolOf({ bounds: { fires: 0 } }, machine);
  const recovers = claimOf(protocol, { recovers: { soon: { withinRounds: 5, holds: () => true } } });

  it('is the failure of the run, and is told as one that came in settling', () => {
    const { violation, moves } = runOf(placeOf(protocol, [recovers]), { name: 'walk', next: () => null });
    expect(moves).toEqual([]);
    expect(violation).toMatchObject({ part: null, settling: true });
    expect(violation?.detail).toMatch(/^teller on ann threw: .*too late$/s);
  });

  it('and no claim is asked about that step', () => {
    let asked = 0;
    const step = { isAsked: () => ++asked > 0 };
    expect(runOf(placeOf(protocol, [recovers, claimOf(protocol, { step })]), { name: 'walk', next: () => null }).violation?.part).toBeNull();
    expect(asked).toBe(0);
  });

  it('is reported, with a trace that settles, and that a replay follows to the same end', () => {
    const violation = ran({ protocol, properties: [recovers], runs: 1 }).claims[0]?.violation;
    expect(violation?.property).toBe('ROLE-THREW');
    expect(violation?.trace.steps.map(({ action, settling }) => [action.type, settling])).toEqual([['Fire', true]]);
    expect(replayTrace(protocol, [recovers], violation?.trace as Trace)).toMatchObject({ reproduced: true, divergence: null });
  });
});

describe('a role that throws when it starts', () => {
  const machine = {
    initial: 'waits',
    states: {
      waits: {
        always: {
          target: 'heard',
          guard: () => {
            throw new Error('too early');
          },
        },
      },
      heard: {},
    },
  };

  it('is the failure of the run, and no claim is asked about what it has left behind', () => {
    const protocol = protocolOf({}, machine);
    const claim = claimOf(protocol, {
      sometimes: { hears: (world) => world.some('teller', ({ context }) => (context as { heard: [] }).heard.length > 0) },
    });
    const { violation, moves } = runOf(placeOf(protocol, [claim]), tells(1));
    expect([moves.length, violation?.part]).toEqual([0, null]);
    expect(violation?.detail).toMatch(/^teller on ann threw: .*too early$/s);
  });
});

describe('remembered steps', () => {
  /** A guard that is a function of its input until something outside says otherwise. */
  const outside = { isChanged: false };
  const machine = {
    initial: 'on',
    states: {
      on: {
        after: {
          10: [
            { guard: () => !outside.isChanged, target: 'off' },
            { target: 'on', reenter: true },
          ],
        },
      },
      off: { after: { 10: 'on' } },
    },
  };
  const ticking = protocolOf({ hosts: hosts.slice(0, 1), bounds: { fires: unlimited }, commands: {} }, machine);

  const walked = (place: Place, runs: number): void => {
    for (let run = 0; run < runs; run++) runOf(place, new Walk(place.world, new Random(run)));
  };

  it('are computed again now and then, so that one that would be another now is found', () => {
    const place = placeOf(ticking, [], true);
    walked(place, 2);
    const misses = place.system.engine.misses;
    outside.isChanged = true;
    try {
      expect(() => walked(place, 60)).toThrow(expect.objectContaining({ code: 'IMPURE_ROLE' }));
    } finally {
      outside.isChanged = false;
    }
    expect(place.system.engine.misses).toBe(misses);
  });

  it('are not, where nobody asks for it', () => {
    const place = placeOf(ticking, [], false);
    walked(place, 30);
    expect(place.system.instances[0]?.role.memory.rechecked).toBe(0);
  });
});
