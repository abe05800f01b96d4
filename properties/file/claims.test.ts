import { describe, expect, it } from 'vitest';
import { fileProtocol } from '../../spec/file/protocol.ts';
import { everyWorldOf } from '../shared/explored.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { fileProperties } from './all.ts';

/** Faults that random runs seldom meet: they are looked for in every world of a small scenario. */
const rare = [
  ['sharesSessions', 'everyLoss'],
  ['storesFilesOnly', 'everySlot'],
  ['noGrace', 'everyReboot'],
  ['noMargin', 'everyLease'],
] as const;

describe('the claims about file', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(fileProtocol, fileProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(fileProperties).filter(([mutant]) => rare.every(([each]) => each !== mutant)))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(fileProtocol, fileProperties, { runs: 400, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
  });

  it.each(rare)('%s is caught in %s', (mutant, scenario) => {
    expect(everyWorldOf(fileProtocol, fileProperties, scenario, mutant).violated).toBe(true);
  });
});
