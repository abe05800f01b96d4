import { describe, expect, it } from 'vitest';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { mailProperties } from './all.ts';

describe('the claims about mail', () => {
  it('pass, and fail where they must', () => {
    expect(unconfirmed(verdicts(mailProtocol, mailProperties, { runs: 60 }))).toEqual([]);
  });

  it.each(mutantsOf(mailProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(mailProtocol, mailProperties, { runs: 150, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });
});
