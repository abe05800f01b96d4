import { describe, expect, it } from 'vitest';
import { host } from '../../spec/host/protocol.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { hostProperties } from './all.ts';

describe('the claims about host', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(host, hostProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(hostProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(host, hostProperties, { runs: 400, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
