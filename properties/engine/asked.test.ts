import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Search } from '../../model/explore/exhaustive/search.ts';
import { Random } from '../../model/kernel/random.ts';
import { mix32 } from '../../model/kernel/hash.ts';
import { Arena, type Place, scenarioOf } from '../../model/property/arena.ts';
import { defineProperty, type Property, type WorldView } from '../../model/property/property.ts';
import { enabled, make } from '../../model/world/move.ts';
import { settingOf } from '../../model/world/system.ts';
import type { Action } from '../../model/world/action.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';

/**
 * The search asks a claim only where a step has changed what the claim looks at. Claims are drawn here that look at one thing
 * after another, each time at what follows from what they have seen, and that fail now and then; the search has to find the
 * same failure, at the same place, as one that asks every claim of every world and every step.
 */

/** A world before a step, the step, and the world after it; of a claim about worlds, the world alone. */
interface Shown {
  readonly before: WorldView;
  readonly action: Action | null;
  readonly after: WorldView;
}

type Glance = (shown: Shown) => unknown;

const participants = ['participant1', 'participant2', 'participant3'];
const states = ['working', 'prepared', 'committed', 'aborted'];

const ofWorld = (world: (shown: Shown) => WorldView): readonly Glance[] => [
  ...participants.flatMap((host) =>
    states.map(
      (state): Glance =>
        (shown) =>
          world(shown).at('participant', host)?.matches(state),
    ),
  ),
  ...participants.map(
    (host): Glance =>
      (shown) =>
        world(shown).inFlight({ from: host }).length,
  ),
  (shown) => world(shown).inFlight({ type: 'Commit' }).length,
  (shown) => world(shown).inFlight().length,
  (shown) => world(shown).at('manager', 'manager')?.value,
  (shown) => world(shown).all('participant').length,
];

const ofStep: readonly Glance[] = [
  ...ofWorld(({ before }) => before),
  ...ofWorld(({ after }) => after),
  ({ action }) => action?.type,
  ({ action }) => action?.type,
  ({ action }) => (action?.type === 'Deliver' ? action.to : ''),
  ({ action }) => (action?.type === 'Deliver' ? action.message : ''),
];

const numberOf = (value: unknown): number =>
  [...JSON.stringify(value ?? null)].reduce((hash, letter) => mix32(hash ^ (letter.codePointAt(0) as number)), 1);

/** A claim that takes so many looks, and fails once in so many ways that they can turn out. */
interface Claim {
  readonly seed: number;
  readonly looks: number;
  readonly oneIn: number;
}

const holds = ({ seed, looks, oneIn }: Claim, glances: readonly Glance[], shown: Shown): boolean => {
  let hash = mix32(seed);
  for (let n = 0; n < looks; n++) hash = mix32(hash ^ numberOf((glances[(hash >>> 0) % glances.length] as Glance)(shown)));
  return (hash >>> 0) % oneIn !== 0;
};

const propertyOf = (worlds: readonly Claim[], steps: readonly Claim[]): Property =>
  defineProperty(
    twoPhaseCommit as never,
    {
      id: 'DRAWN',
      claim: 'Drawn.',
      source: 'drawn',
      holdsUnder: ['three'],
      always: Object.fromEntries(
        worlds.map((claim, at) => [
          `world${at}`,
          (world: WorldView) =>
            holds(
              claim,
              ofWorld(({ after }) => after),
              { before: world, action: null, after: world },
            ),
        ]),
      ),
      step: Object.fromEntries(
        steps.map((claim, at) => [
          `step${at}`,
          (before: WorldView, action: Action, after: WorldView) => holds(claim, ofStep, { before, action, after }),
        ]),
      ),
    } as never,
  ) as Property;

const placeOf = (property: Property): Place => {
  const scenario = scenarioOf(twoPhaseCommit as never, 'three');
  return new Arena(twoPhaseCommit as never, scenario, [property], null).at(settingOf(scenario, 0, new Random(1)));
};

interface Failed {
  /** The number of the world before the last step. */
  readonly parent: number;
  readonly part: string | undefined;
}

/** Asks everything, of every world and every step. */
const plainly = (property: Property): Failed | null => {
  const { world, judge } = placeOf(property);
  world.reset();
  const rows = [Int32Array.from(world.row)];
  const seen = new Set([world.row.join()]);
  const atFirst = judge.ofState(world);
  if (atFirst !== null) return { parent: -1, part: atFirst.name };
  for (const [parent, row] of rows.entries()) {
    world.restore(row, 0, 0);
    for (const move of enabled(world)) {
      world.restore(row, 0, 0);
      make(world, move);
      const isNew = !seen.has(world.row.join());
      const failed = (isNew ? judge.ofState(world) : null) ?? judge.ofStep(world, row, move);
      if (failed !== null) return { parent, part: failed.name };
      if (!isNew) continue;
      seen.add(world.row.join());
      rows.push(Int32Array.from(world.row));
    }
  }
  return null;
};

const searched = (property: Property): Failed | null => {
  const { world, judge } = placeOf(property);
  const search = new Search(world, judge, 'breadth', { states: 1_000, depth: 1_000 });
  while (search.advance(1));
  return search.found === null ? null : { parent: search.found.parent, part: search.found.failure.part?.name };
};

const claims = (most: number): fc.Arbitrary<readonly Claim[]> =>
  fc.array(fc.record({ seed: fc.integer(), looks: fc.integer({ min: 1, max: 6 }), oneIn: fc.constantFrom(5, 50, 500) }), { maxLength: most });

describe('the exhaustive search asks what may be different', () => {
  it('finds what a search finds that asks everything', () => {
    const found = { world: 0, step: 0, nothing: 0 };
    fc.assert(
      fc.property(claims(3), claims(3), (worlds, steps) => {
        const property = propertyOf(worlds, steps);
        const expected = plainly(property);
        expect(searched(property)).toEqual(expected);
        if (expected === null) found.nothing++;
        else if (expected.part?.startsWith('always')) found.world++;
        else found.step++;
      }),
      { numRuns: 80 },
    );
    // Claims of all kinds are drawn: those that hold, and those that fail late enough for something to be left out before.
    for (const times of Object.values(found)) expect(times).toBeGreaterThan(5);
  });

  it('asks a claim about steps of those that change nothing it looks at', () => {
    const says = (part: string, step: (before: WorldView, action: Action, after: WorldView) => boolean): Property =>
      defineProperty(
        twoPhaseCommit as never,
        { id: 'SAYS', claim: 'It is so.', source: 'here', holdsUnder: ['three'], step: { [part]: step } } as never,
      ) as Property;
    const prepared = (world: WorldView): boolean => world.at('participant', 'participant1')?.matches('prepared') === true;
    const still = says('nobodyElseMoves', (before, action) => !(prepared(before) && action.type === 'Deliver' && action.to === 'participant2'));
    expect(searched(still)).toEqual(plainly(still));
    expect(searched(still)?.part).toBe('step.nobodyElseMoves');
    // It cannot cope with a step that never happens, and need not.
    const partial = says('copes', (before, action) => {
      if (prepared(before) && action.type === 'Choose') return action.host !== 'participant1' || action.choice !== 'prepare';
      return true;
    });
    expect(searched(partial)).toEqual(plainly(partial));
  });
});
