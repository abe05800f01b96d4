import { describe, expect, it } from 'vitest';
import { fileProtocol } from '../../spec/file/protocol.ts';
import { mutantsOf, unconfirmed, verdicts } from '../shared/verdicts.ts';
import { fileProperties } from './all.ts';

describe('the claims about file', () => {
  it('pass, and fail where they must', () => {
    expect(unconfirmed(verdicts(fileProtocol, fileProperties, { runs: 150 }))).toEqual([]);
  });

  it.each(mutantsOf(fileProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(fileProtocol, fileProperties, { runs: 600, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });
});
