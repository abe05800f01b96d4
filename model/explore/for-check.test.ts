import { describe, expect, it } from 'vitest';
import type { Property, PropertyType } from '../property/property.ts';
import { chat } from '../../spec/chat/protocol.ts';
import { ran } from '../../properties/shared/ran.ts';
import { isForCheck, refuseForCheck } from './for-check.ts';

/** Random runs go to `breaks` and `plain`, and leave `everyCrash` out. */
const claimOf = (type: Partial<PropertyType>): Property =>
  ({ protocol: chat, type: { id: 'SAID', claim: 'Something is said.', holdsUnder: ['breaks'], ...type } }) as unknown as Property;

const always = { fine: () => true };
const leadsTo = { comes: [() => true, () => true] } as const;

describe('a claim is left to check', () => {
  it.each<[string, Partial<PropertyType>, string]>([
    ['that is about the end alone', { leadsTo }, 'what comes in the end'],
    ['that is about scenarios which random runs leave out', { always, holdsUnder: ['everyCrash'] }, 'scenarios that random runs leave out'],
    ['that is about both', { always, leadsTo, holdsUnder: ['everyCrash'] }, 'what comes in the end'],
  ])('%s', (_, type, words) => {
    expect(isForCheck(claimOf(type))).toBe(true);
    expect(() => refuseForCheck(claimOf(type), null)).toThrow(words);
  });

  it.each<[string, Partial<PropertyType>]>([
    ['of which a random run can say something', { always, leadsTo }],
    ['with a scenario among others to which random runs go', { always, holdsUnder: ['everyCrash', 'breaks'] }],
    ['of which only a failure is claimed', { always, holdsUnder: [], failsUnder: { plain: 'It must fail.' } }],
  ])('and none %s', (_, type) => {
    expect(isForCheck(claimOf(type))).toBe(false);
    expect(() => refuseForCheck(claimOf(type), null)).not.toThrow();
  });
});

describe('a failure that was not found', () => {
  const found = (type: Partial<PropertyType>) =>
    ran({ protocol: chat as never, properties: [claimOf({ ...type, failsUnder: { plain: 'It must fail.' } })], runs: 3 }).claims[0];

  it('leaves a claim unknown', () => {
    expect(found({ always })).toMatchObject({ verdict: 'unknown', statement: 'the failure under plain was not found' });
  });

  it('does not where what fails may be what comes in the end', () => {
    expect(found({ always, leadsTo })).toMatchObject({ verdict: 'passes', notJudged: ['leadsTo.comes'] });
  });
});
