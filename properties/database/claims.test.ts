import { describe, expect, it } from 'vitest';
import { databaseProtocol } from '../../spec/database/protocol.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { databaseProperties } from './all.ts';

describe('the claims about database', () => {
  it('pass, and fail where they must', () => {
    expect(unconfirmed(verdicts(databaseProtocol, databaseProperties, { runs: null }))).toEqual([]);
  });

  it.each(mutantsOf(databaseProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(databaseProtocol, databaseProperties, { runs: 400, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
