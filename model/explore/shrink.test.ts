import { describe, expect, it } from 'vitest';
import { neverBack, register } from '../../properties/engine/register.ts';
import { checked } from '../../properties/shared/checked.ts';
import { ran } from '../../properties/shared/ran.ts';
import { Random } from '../kernel/random.ts';
import { Arena, scenarioOf } from '../property/arena.ts';
import { defineProperty, type Property, type PropertyType } from '../property/property.ts';
import type { Mutant, Protocol } from '../protocol/protocol.ts';
import { type Case, withoutEdge, withoutHost } from '../trace/edits.ts';
import type { Action } from '../world/action.ts';
import { settingOf } from '../world/system.ts';
import { shortestFailure } from './breadth.ts';
import { soundness } from './shrink.ts';

const protocol = register as unknown as Protocol;
const scenario = scenarioOf(protocol, 'noisy');

const put: Action = { type: 'Command', host: 'ann', role: 'writer', command: 'put', value: {} };
const gets = (to: string, ordinal: number): Action => ({
  type: 'Deliver',
  from: 'ann',
  fromRole: 'writer',
  to,
  toRole: 'replica',
  message: 'Put',
  ordinal,
});

/** Ann writes, ben and cat are replicas, each is linked with each. */
const start: Case = { setting: settingOf(scenario, 0, new Random(1)), actions: [put, put, gets('ben', 2)] };

const claimOf = (type: Partial<PropertyType>): Property =>
  defineProperty(protocol, { id: 'X', claim: 'X.', holdsUnder: ['noisy'], ...type } as never);

const fine = claimOf({ always: { fine: () => true } });

/** Whether a smaller case still says something of a claim. */
const isSound = (claim: Property, mutant: Mutant | null, whole: Case, smaller: Case, witness: string | null = null): boolean =>
  soundness({ protocol, scenario, mutant }, whole, new Arena(protocol, scenario, [claim], mutant), { isFailure: () => true, witness })(smaller);

describe('a smaller setting', () => {
  it('is in one piece, if the whole one was', () => {
    const line = withoutEdge(start, 0);
    expect(isSound(fine, null, start, line)).toBe(true);
    expect(isSound(fine, null, start, withoutEdge(line, 0))).toBe(false);
    const apart = withoutEdge(line, 0);
    expect(isSound(fine, null, apart, withoutEdge(apart, 0))).toBe(true);
  });

  it('is one in which the claim holds where nothing is done, if it held in the whole one', () => {
    const some = claimOf({ always: { some: (world) => world.some('replica', () => true) } });
    const alone = withoutHost(withoutHost(start, 2), 1);
    expect(isSound(some, null, start, withoutHost(start, 2))).toBe(true);
    expect(isSound(some, null, start, alone)).toBe(false);
    const never = claimOf({ always: { never: () => false } });
    expect(isSound(never, null, start, alone)).toBe(true);
  });

  it('is one in which the mutant makes the run fail', () => {
    const mutant: Mutant = { doc: 'Takes every value.', roles: { replica: { guards: { isNewer: () => true } } } };
    const low = claimOf({ always: { low: (world) => world.every('replica', ({ context }) => (context as { n: number }).n < 2) } });
    const smaller = withoutHost(start, 2);
    expect(isSound(low, mutant, start, smaller)).toBe(false);
    expect(isSound(low, mutant, start, { ...smaller, actions: [put, gets('ben', 1)] })).toBe(true);
    expect(isSound(low, null, start, smaller)).toBe(true);
  });

  it('is none for a witness, because "all of them" says little of few', () => {
    expect(isSound(fine, null, start, withoutHost(start, 2), 'sometimes.any')).toBe(false);
    expect(isSound(fine, null, start, { ...start, actions: [] }, 'sometimes.any')).toBe(true);
  });
});

describe('a trace is said to be shortest', () => {
  const shortest = (states: number): boolean | undefined =>
    ran({ protocol, properties: [neverBack], mutant: 'takesAny', effort: { candidates: 4_000, states, moves: 150_000 } }).claims[0]?.violation?.trace
      .minimised?.shortest;

  it('where every shorter run was looked at, and not where the search was cut short', () => {
    expect([shortest(25_000), shortest(5)]).toEqual([true, false]);
  });

  it('of a search of all worlds where it is breadth first', () => {
    const order = (how: 'breadth' | 'depth'): boolean | undefined =>
      checked({
        protocol,
        properties: [neverBack],
        scenario: 'noisy',
        mutant: 'takesAny',
        order: how,
        ...(how === 'depth' ? { maxDepth: 12 } : {}),
      }).violation?.trace.minimised?.shortest;
    expect([order('breadth'), order('depth')]).toEqual([true, false]);
  });
});

describe('a breadth-first search for something shorter', () => {
  const { world, judge } = new Arena(protocol, scenario, [claimOf({ always: { never: () => false } })], null).at(start.setting);

  it('looks at the first world', () => {
    const found = shortestFailure(world, judge, {
      isIt: () => true,
      sees: null,
      settles: false,
      allows: () => true,
      maxStates: 10,
      maxDepth: 0,
      maxMoves: 10,
    });
    expect([found.moves, found.failure?.part?.name]).toEqual([[], 'always.never']);
  });
});
