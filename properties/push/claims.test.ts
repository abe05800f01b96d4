import { describe, expect, it } from 'vitest';
import { pushProtocol } from '../../spec/push/protocol.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { pushProperties } from './all.ts';

describe('the claims about push', () => {
  it('pass, and fail where they must', () => {
    expect(unconfirmed(verdicts(pushProtocol, pushProperties, { runs: 80 }))).toEqual([]);
  });

  it.each(mutantsOf(pushProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(pushProtocol, pushProperties, { runs: 200, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });
});
