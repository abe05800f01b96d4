import { describe, expect, it } from 'vitest';
import { host } from '../../spec/host/protocol.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { hostProperties } from './all.ts';

describe('the claims about host', () => {
  it('pass, and fail where they must', () => {
    expect(unconfirmed(verdicts(host, hostProperties, { runs: 150 }))).toEqual([]);
  });

  it.each(mutantsOf(hostProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(host, hostProperties, { runs: 400, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
