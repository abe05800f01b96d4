import { describe, expect, it } from 'vitest';
import type { CheckOptions } from '../model/explore/exhaustive/options.ts';
import { defineProperty, type PropertyType, type WorldView } from '../model/property/property.ts';
import { checked } from '../properties/shared/checked.ts';
import { twoPhaseCommit } from '../spec/reference/two-phase-commit.ts';
import { type Expected, expectedOf, failingIn, isOpen } from './expected.ts';
import { plain } from './render/paint.ts';
import { expectedLines } from './render/expected.ts';

const isOver = (world: WorldView): boolean => world.every('participant', ({ matches }) => matches('committed'));

/** A claim that must fail with three participants, and what a search says to that. */
const searchedFor = (claimed: Partial<PropertyType>, limits: Partial<CheckOptions> = {}): Expected => {
  const property = defineProperty(twoPhaseCommit, {
    id: 'MUST-FAIL',
    claim: 'A claim that fails.',
    holdsUnder: [],
    failsUnder: { three: 'All may commit.' },
    ...claimed,
  } as never);
  const entry = { protocol: twoPhaseCommit, properties: [property], equivalents: {} } as never;
  expect([failingIn(entry, 'three'), failingIn(entry, 'four')]).toEqual([[property], []]);
  return expectedOf(
    property,
    checked({ protocol: twoPhaseCommit, properties: [property], scenario: 'three', selected: ['MUST-FAIL'], ...limits }),
    null,
  );
};

const notOver = { notOver: (world: WorldView) => !isOver(world) };

describe('a claim that must fail', () => {
  it.each<[Expected['found'], Partial<PropertyType>, Partial<CheckOptions>, boolean, RegExp]>([
    ['yes', { always: notOver }, {}, false, /^MUST-FAIL fails under three, as it must: All may commit\.$/],
    ['no', { always: { fine: () => true } }, {}, true, /should fail under three and holds in every world/],
    ['unknown', { always: notOver }, { maxStates: 50 }, true, /should fail under three and was not seen to/],
    ['elsewhere', { recovers: { isOver: { withinRounds: 1, holds: isOver } } }, {}, false, /Not judged here: recovers\.isOver; `rolecall run`/],
  ])('is told as %s', (found, claimed, limits, open, words) => {
    const expected = searchedFor(claimed, limits);
    expect([expected.found, isOpen(expected)]).toEqual([found, open]);
    expect(expectedLines('three', [expected], plain, 200).join('\n')).toMatch(words);
  });
});
