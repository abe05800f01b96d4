import { describe, expect, it } from 'vitest';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { mailProperties } from './all.ts';

describe('the claims about mail', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(mailProtocol, mailProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(mailProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(mailProtocol, mailProperties, { runs: 150, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });
});
