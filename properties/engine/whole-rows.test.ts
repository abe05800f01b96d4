import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../model/kernel/random.ts';
import { randomRegular, star } from '../../model/network/topology.ts';
import { defineProperty, type Property } from '../../model/property/property.ts';
import { Judge } from '../../model/property/judge.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';
import { some, type Effect } from '../../model/role/effect.ts';
import { Engine } from '../../model/world/engine.ts';
import { settle } from '../../model/world/settle.ts';
import { enabled, make, type Move } from '../../model/world/move.ts';
import { settingOf, System } from '../../model/world/system.ts';
import { World } from '../../model/world/world.ts';
import { Player } from '../../model/trace/player.ts';
import { note, type Scripts, speakerRole, stage } from './speaker.ts';

/** Rows are kept up to date piece by piece; here they are held to what they would be if made anew, over random runs. */

const scripts: Scripts = {
  all: [{ type: 'broadcast', message: note(1) }],
  pick: [
    { type: 'send', to: some(2, ['ann', 'ben', 'cat', 'dan'], 'l'), message: note(2) },
    { type: 'persist', key: 'k', value: 1 },
  ],
  tell: [{ type: 'tell', role: 'other', message: note(3) }, { type: 'sync' }],
  history: [
    { type: 'invoke', operation: 'op', id: 1, input: null },
    { type: 'return', operation: 'op', id: 1, outcome: { definite: true, value: 2 } },
  ] satisfies Effect[],
};
const beats = { initial: 'a', states: { a: { after: { 10: 'b', 20: { actions: 'hear' } } }, b: { after: { 5: 'a' }, entry: [] } } };

const hosts = [
  namedHost('ann', ['speaker', 'other']),
  namedHost('ben', ['speaker']),
  namedHost('cat', ['speaker', 'other'], { stopped: ['other'] }),
  namedHost('dan', ['speaker'], { off: true }),
];
const everything = {
  drop: 2,
  duplicate: 2,
  crash: 2,
  crashDuringStep: 2,
  pause: 1,
  join: 1,
  leave: 1,
  corrupt: 1,
  stopRole: 2,
  startRole: 2,
  install: 1,
  uninstall: 1,
  partition: 2,
  oneWayPartition: 2,
  break: 2,
  hold: 2,
};

const protocolOf = (network: ScenarioType['network'], more: object = {}): Protocol =>
  stage(
    { speaker: speakerRole(scripts, beats), other: speakerRole({}) },
    { hosts, network, faults: everything, storage: 'sync', commands: { speaker: { perform: 2000 } }, bounds: { inbox: 6, fires: 5 }, ...more },
  );

const networks: readonly [string, ScenarioType['network']][] = [
  ['datagram', { link: 'datagram' }],
  ['ordered datagram', { link: 'datagram', ordered: true, refused: 'stays' }],
  ['buffered', { link: 'datagram', ordered: true, buffer: 2 }],
  ['kept', { link: 'datagram', keepsDelivered: true }],
  ['connection', { link: 'connection', topology: randomRegular(2) }],
  ['star of connections', { link: 'connection', topology: star('ben') }],
];

const monitor = { initial: 0, next: (state: unknown) => ((state as number) + 1) % 50 };

const systemOf = (protocol: Protocol, seed: number): System => {
  const scenario = protocol.scenarios['one'] as ScenarioType;
  return new System(new Engine(protocol, 'plain', null), scenario, settingOf(scenario, 0, new Random(seed)), 1);
};

/** Walks so many steps at random; `onStep` hears of each. */
const walk = (world: World, random: Random, steps: number, onStep: (move: Move, before: Int32Array) => void): void => {
  for (let step = 0; step < steps; step++) {
    const moves = enabled(world);
    if (moves.length === 0) return;
    const before = Int32Array.from(world.row);
    const move = random.pick(moves);
    make(world, move);
    onStep(move, before);
  }
};

/** The hash that a world would have if its row were filled in one go. */
const hashAnew = (world: World): readonly [number, number] => {
  const other = new World(world.system, [monitor]);
  for (let slot = 0; slot < world.row.length; slot++) other.set(slot, world.row[slot] as number);
  return [other.hi, other.lo];
};

describe.each(networks)('a world on a network of kind %s', (_, network) => {
  it('has after every step the hash of its row', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const world = new World(systemOf(protocolOf(network), seed), [monitor]);
        walk(world, new Random(seed), 60, () => expect([world.hi, world.lo]).toEqual(hashAnew(world)));
      }),
      { numRuns: 15 },
    );
  });

  it('names in `changed` every slot that a step changed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const world = new World(systemOf(protocolOf(network), seed), [monitor]);
        walk(world, new Random(seed), 60, (_move, before) => {
          const changed = new Set(world.changed.slice(0, world.changes));
          const all = world.changes === world.changed.length;
          world.row.forEach((value, slot) => {
            if (value !== before[slot]) expect(all || changed.has(slot)).toBe(true);
          });
        });
      }),
      { numRuns: 15 },
    );
  });

  it('goes on alike from a row that is restored, and offers the same moves in the same order', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const system = systemOf(protocolOf(network), seed);
        const world = new World(system, [monitor]);
        const other = new World(system, [monitor]);
        const kept: { row: Int32Array; hi: number; lo: number; moves: string }[] = [];
        const names = (of: World): string =>
          JSON.stringify(
            enabled(of).map((move) =>
              'fault' in move ? move.fault : [move.offer.instance, move.offer.kind, move.offer.name, move.offer.entry, move.variant, move.crashAfter],
            ),
          );
        walk(world, new Random(seed), 40, () => kept.push({ row: Int32Array.from(world.row), hi: world.hi, lo: world.lo, moves: names(world) }));
        for (const { row, hi, lo, moves } of kept.reverse()) {
          other.restore(row, hi, lo);
          expect([other.hi, other.lo]).toEqual([hi, lo]);
          expect(names(other)).toBe(moves);
          const [first] = enabled(other);
          if (first === undefined) continue;
          world.restore(row, hi, lo);
          make(world, first);
          make(other, first);
          expect([...other.row, other.hi, other.lo]).toEqual([...world.row, world.hi, world.lo]);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('can follow by name, in a world of its own, whatever was done', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const player = new Player(systemOf(protocolOf(network), seed), [monitor]);
        const follower = new Player(systemOf(protocolOf(network), seed), [monitor]);
        const random = new Random(seed);
        for (let step = 0; step < 50; step++) {
          const moves = enabled(player.world);
          if (moves.length === 0) break;
          const action = player.make(random.pick(moves));
          const move = follower.resolve(action);
          expect(move, JSON.stringify(action)).not.toBeNull();
          expect(follower.make(move as Move)).toEqual(action);
          expect(follower.world.fingerprint()).toBe(player.world.fingerprint());
        }
      }),
      { numRuns: 12 },
    );
  });

  it('keeps its ledger in step with its inboxes', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const player = new Player(systemOf(protocolOf(network), seed), [monitor]);
        const random = new Random(seed);
        for (let step = 0; step < 60; step++) {
          const moves = enabled(player.world);
          if (moves.length === 0) break;
          player.make(random.pick(moves));
          for (const { index } of player.system.instances) {
            const known = player.ledger.inFlight(index).map((envelope) => envelope.entry);
            expect([...known].sort()).toEqual([...player.system.inboxes.list(player.world.inbox(index))].sort());
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('comes to rest, with everything undone that can be', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const world = new World(systemOf(protocolOf(network, { hosts: hosts.slice(0, 3) }), seed), [monitor]);
        walk(world, new Random(seed), 40, () => {});
        settle(
          world,
          30,
          () => true,
          () => true,
        );
        expect(
          enabled(world).filter(
            (move) =>
              'fault' in move &&
              ['Restart', 'Resume', 'Repair', 'Release', 'Break'].includes(move.fault.type) &&
              world.system.budgetSlot.get('break') === undefined,
          ),
        ).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});

describe('a remembered predicate', () => {
  const protocol = protocolOf({ link: 'datagram' });
  const plain: Property = defineProperty(protocol, {
    id: 'PLAIN',
    claim: 'Whatever it reads, it is evaluated as if nothing were remembered.',
    holdsUnder: ['one'],
    always: {
      quiet: (world) =>
        world.every('speaker', (each) => (each.context as { heard: readonly string[] }).heard.length < 3) || world.life('ann') !== 'up',
      stored: (world) => world.all('speaker').every((each) => each.stored['k'] !== 1 || each.life === 'crashed'),
      flight: (world) => world.inFlight().length < 4,
      reach: (world) => world.reaches('ann', 'ben') || world.components().length > 1,
      count: (world) => world.count('speaker', (each) => each.running) !== 2,
      heard: (world) => (world.monitor('all') as number) % 7 !== 3,
    },
    step: {
      fewer: (before, action, after) => action.type !== 'Crash' || before.count('speaker', () => true) === after.count('speaker', () => true),
      named: (_before, action) => !('host' in action) || action.host !== 'cat' || action.type === 'Fire',
    },
    monitors: { all: { initial: 0, next: (state) => ((state as number) + 1) % 50 } },
  });

  it('says what the predicate says', () => {
    const outcomes = new Map<string, Set<boolean>>();
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const system = systemOf(protocol, seed);
        const judge = new Judge(system, [plain]);
        const world = new World(system, judge.monitors);
        walk(world, new Random(seed), 60, (move, before) => {
          const [then, now] = [judge.viewOf(plain, before), judge.viewOf(plain, world.row)];
          const truth = Object.entries(plain.type.always ?? {}).map(([name, holds]) => [`always.${name}`, holds(now)] as const);
          for (const [name, holds] of truth) outcomes.set(name, (outcomes.get(name) ?? new Set()).add(holds));
          expect(judge.ofState(world)?.name).toBe(truth.find(([, holds]) => !holds)?.[0]);
          const found = judge.afterStep(world, before, move);
          const bad = truth.find(([, holds]) => !holds)?.[0];
          // After a step only what it touched is looked at again: what is found fails, and what fails anew is found.
          if (found?.name.startsWith('always.')) expect(truth.find(([name]) => name === found.name)?.[1]).toBe(false);
          const anew = truth.find(([name, holds]) => !holds && plain.type.always?.[name.slice(7)]?.(then));
          if (anew !== undefined) expect(found).not.toBeNull();
          if (bad === undefined) {
            const kind = 'fault' in move ? move.fault.type : move.offer.kind;
            const host =
              'fault' in move
                ? 'host' in move.fault
                  ? move.fault.host
                  : null
                : kind === 'Deliver'
                  ? null
                  : system.instances[move.offer.instance]?.hostName;
            const fewer = kind !== 'Crash' || then.count('speaker', () => true) === now.count('speaker', () => true);
            const named = host === null || host !== 'cat' || kind === 'Fire';
            expect(found?.name).toBe(!fewer ? 'step.fewer' : !named ? 'step.named' : undefined);
          }
        });
      }),
      { numRuns: 40 },
    );
    for (const [name, seen] of outcomes) expect([...seen].sort(), name).toEqual([false, true]);
  });
});
