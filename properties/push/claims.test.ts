import { describe, expect, it } from 'vitest';
import { pushProtocol } from '../../spec/push/protocol.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { pushProperties } from './all.ts';

describe('the claims about push', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(pushProtocol, pushProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(pushProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(pushProtocol, pushProperties, { runs: 200, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });
});
