import { describe, expect, it } from 'vitest';
import { requestResponse } from '../../spec/request-response/protocol.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { requestResponseProperties } from './all.ts';

describe('the claims about request-response', () => {
  it('pass, and fail where they must', () => {
    expect(unconfirmed(verdicts(requestResponse, requestResponseProperties, { runs: 400 }))).toEqual([]);
  });

  it.each(mutantsOf(requestResponseProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(requestResponse, requestResponseProperties, { runs: 400, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
