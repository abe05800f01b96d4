import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { application } from '../../spec/application/protocol.ts';
import { checked } from '../shared/checked.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { applicationProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

/** Faults that show in the end only, or seldom: they are looked for in every world of a small scenario. */
const rare = { asksForEver: 'everyAnswer', forgetsAnswers: 'everyRun' } as const;

const everyWorld = (scenario: string, mutant: string | null = null) =>
  checked({ protocol: application as unknown as Protocol, properties: applicationProperties, scenario, mutant });

describe('the claims about application', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(application, applicationProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(applicationProperties).filter(([mutant]) => !Object.hasOwn(rare, mutant)))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(application, applicationProperties, { runs: 80, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });

  it.each(Object.entries(rare))('%s is caught in a world of %s', (mutant, scenario) => {
    expect(everyWorld(scenario, mutant).verdict).toBe('violated');
  });

  it.each(Object.entries(everyWorldCounts))('hold in every world of %s', (scenario, counts) => {
    const { verdict, distinct, generated } = everyWorld(scenario);
    expect({ verdict, distinct, generated }).toEqual({ verdict: 'holds', ...counts });
  });
});
