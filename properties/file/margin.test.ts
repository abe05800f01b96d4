import { describe, expect, it } from 'vitest';
import { leased } from '../../spec/file/domain.ts';
import { fileProtocol } from '../../spec/file/protocol.ts';
import { everyWorldOf } from '../shared/explored.ts';
import { leaseHeldByOne } from './leases.property.ts';

/** The claim, and holders that believe for so many units. */
const believing = (units: number) => ({
  ...leaseHeldByOne,
  type: {
    ...leaseHeldByOne.type,
    mutants: { longer: { doc: 'Believes for longer.', domain: { belief: { ...leased.belief, beliefMs: units * 1_000 } } } },
  },
});

const isViolated = (units: number, scenario: string): boolean => everyWorldOf(fileProtocol, [believing(units)], scenario, 'longer').violated;

describe('the margin of a lease of five units, with clocks that are one unit apart', () => {
  it('is no more than is needed: two clocks twice, the unit in which it runs out, and the unit that had begun where the server counts already', () => {
    expect([2, 3].map((units) => isViolated(units, 'everyLease'))).toEqual([false, true]);
    expect(isViolated(2, 'everyRenewal')).toBe(true);
  });
});
