import { describe, expect, it } from 'vitest';
import { databaseProtocol } from '../../spec/database/protocol.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { databaseProperties } from './all.ts';

describe('the claims about database', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(databaseProtocol, databaseProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(databaseProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(databaseProtocol, databaseProperties, { runs: 400, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
