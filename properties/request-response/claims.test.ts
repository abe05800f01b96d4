import { describe, expect, it } from 'vitest';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { requestResponseProperties } from './all.ts';

describe('the claims about request-response', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(requestResponse, requestResponseProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(requestResponseProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(requestResponse, requestResponseProperties, { runs: 400, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
