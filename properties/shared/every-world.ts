import { describe, expect, it } from 'vitest';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { checked } from './checked.ts';

/** What `rolecall check` finds of a scenario that is explored whole: distinct worlds, steps, and on how many levels they lie, breadth first. */
export interface EveryWorld {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  /** The claims of which it shows nothing that must be seen, because it is so small. Other scenarios show it. */
  readonly showsNothingOf?: readonly string[];
}

/** By scenario. */
export type EveryWorldCounts = Readonly<Record<string, EveryWorld>>;

/** Tests that these scenarios have the worlds that are recorded, and that each claim that names one holds in all of them. */
export const testEveryWorld = (of: unknown, properties: readonly Property[], counts: EveryWorldCounts): void => {
  const protocol = of as Protocol;
  describe(`the claims about ${protocol.id}`, () => {
    it.each(Object.entries(counts))('hold in every world of %s', (scenario, { showsNothingOf = [], ...expected }) => {
      const { verdict, properties: claims, distinct, generated, depth } = checked({ protocol, properties, scenario });
      const about = properties.filter(({ type }) => type.holdsUnder.includes(scenario)).map(({ type }) => type.id);
      const holding = claims.filter((claim) => claim.verdict === 'holds').map(({ id }) => id);
      expect({ verdict, holding, distinct, generated, depth }).toEqual({ verdict: 'holds', holding: about, ...expected });
      const unseen = claims.filter(({ sometimes }) => Object.keys(sometimes).length > 0 && !Object.values(sometimes).includes(true));
      expect(unseen.map(({ id }) => id)).toEqual(showsNothingOf);
    });
  });
};
