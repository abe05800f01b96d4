import { describe, expect, it } from 'vitest';
import { blockchain } from '../../spec/blockchain/protocol.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { blockchainProperties } from './all.ts';

describe('the claims about blockchains', () => {
  it('pass, and fail where they must', () => {
    expect(unconfirmed(verdicts(blockchain, blockchainProperties, { runs: 60 }))).toEqual([]);
  });

  it.each(mutantsOf(blockchainProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(blockchain, blockchainProperties, { runs: 300, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
