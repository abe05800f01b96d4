import { describe, expect, it } from 'vitest';
import { web } from '../../spec/web/protocol.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { webProperties } from './all.ts';

describe('the claims about web', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(web, webProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(webProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(web, webProperties, { runs: 150, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });
});
