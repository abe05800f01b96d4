import { describe, expect, it } from 'vitest';
import { register } from '../../properties/engine/register.ts';
import { ran } from '../../properties/shared/ran.ts';
import { defineProperty } from '../property/property.ts';
import type { Protocol } from '../protocol/protocol.ts';
import type { ScenarioType } from '../protocol/scenario.ts';

const noisy = register.scenarios.noisy as unknown as ScenarioType;

/** The register in one scenario, with a claim that always holds there. */
const claimIn = (scenario: ScenarioType, runs: number) => {
  const protocol = { ...register, scenarios: { one: scenario } } as unknown as Protocol;
  const sane = defineProperty(protocol, { id: 'SANE', claim: 'No value is below zero.', holdsUnder: ['one'] } as never);
  return ran({ protocol, properties: [sane], runs }).claims[0];
};

describe('what is said of a claim that passes', () => {
  it.each([
    [12, '25.00'],
    [40, '7.50'],
    [2, '100'],
  ])('is the rule of three: of %i runs without a failure, fewer than %s % fail', (runs, percent) => {
    // No failure in n runs has a chance of (1 - p)^n, which is 5 % where p is nearly 3 / n.
    expect(claimIn(noisy, runs)?.statement).toBe(`no violation in ${runs} runs; with 95 % confidence fewer than ${percent} % of such runs fail`);
  });
});

describe('a full inbox', () => {
  it('makes what passes unknown, and is the reason', () => {
    const claim = claimIn({ ...noisy, bounds: { inbox: 1 } }, 20);
    expect([claim?.verdict, claim?.statement]).toEqual(['unknown', 'a full inbox lost messages in one']);
  });
});
