import { describe, expect, it } from 'vitest';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { blockchainProperties } from './all.ts';

describe('the claims about blockchains', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(blockchain, blockchainProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(blockchainProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(blockchain, blockchainProperties, { runs: 300, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
