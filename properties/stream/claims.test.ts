import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { stream } from '../../spec/stream/protocol.ts';
import { checked } from '../shared/checked.ts';
import { firstRuns, mutantsOf, verdicts, violated } from '../shared/verdicts.ts';
import { streamProperties } from './all.ts';
import { everyWorldCounts } from './counts.ts';

const everyWorld = (scenario: string) => checked({ protocol: stream as unknown as Protocol, properties: streamProperties, scenario });

describe('the claims about stream', () => {
  it('are violated by none of the first runs', () => {
    expect(violated(verdicts(stream, streamProperties, firstRuns))).toEqual([]);
  });

  it.each(mutantsOf(streamProperties))('%s is caught by %s', (mutant, property) => {
    const { claims } = verdicts(stream, streamProperties, { runs: 80, mutant });
    expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toContain(property);
  });

  it.each(Object.entries(everyWorldCounts))('hold in every world of %s', (scenario, counts) => {
    const { verdict, distinct, generated } = everyWorld(scenario);
    expect({ verdict, distinct, generated }).toEqual({ verdict: 'holds', ...counts });
  });
});
