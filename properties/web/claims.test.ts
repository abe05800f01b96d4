import { describe, expect, it } from 'vitest';
import { web } from '../../spec/web/protocol.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { webProperties } from './all.ts';

describe('the claims about web', () => {
  it('pass, and fail where they must', () => {
    expect(unconfirmed(verdicts(web, webProperties, { runs: 60 }))).toEqual([]);
  });

  it.each(mutantsOf(webProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(web, webProperties, { runs: 150, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });
});
