import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { home } from '../../spec/home/protocol.ts';
import { checked } from '../shared/checked.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { homeProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

const everyWorld = (scenario: string) => checked({ protocol: home as unknown as Protocol, properties: homeProperties, scenario });

describe('the claims about home', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(home, homeProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(homeProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(home, homeProperties, { runs: 80, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });

  it.each(Object.entries(everyWorldCounts))('hold in every world of %s', (scenario, counts) => {
    const { verdict, distinct, generated } = everyWorld(scenario);
    expect({ verdict, distinct, generated }).toEqual({ verdict: 'holds', ...counts });
  });
});
