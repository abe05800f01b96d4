import { describe, expect, it } from 'vitest';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { checked } from './checked.ts';
import { firstRuns, verdicts, violated } from './verdicts.ts';

/** What is tested of the claims of a protocol. */
interface Tested {
  readonly properties: readonly Property[];
  /** Random runs of each fault, where so few do not find all of them: 80 without it. The first that fails ends them. */
  readonly runs?: number;
  /** Faults that show in the end only, or seldom, with the small scenario in every world of which they are looked for. */
  readonly rare?: Readonly<Record<string, string>>;
}

/** Tests that the claims of a protocol hold, and that each planted fault is found by the claim that names it. */
export const testClaims = (protocol: unknown, { properties, runs = 80, rare = {} }: Tested): void => {
  const mutants = properties.flatMap(({ type }) => Object.keys(type.mutants ?? {}).map((mutant) => [mutant, type.id] as const));

  describe(`the claims about ${(protocol as Protocol).id}`, () => {
    it('are violated by none of the first runs', () => {
      expect(violated(verdicts(protocol, properties, firstRuns))).toEqual([]);
    });

    it.each(mutants)('%s is caught by %s', (mutant, property) => {
      const scenario = rare[mutant];
      if (scenario !== undefined)
        expect(checked({ protocol: protocol as Protocol, properties, scenario, mutant }).violation?.property).toBe(property);
      else {
        const { claims } = verdicts(protocol, properties, { runs, mutant });
        expect(claims.filter(({ verdict }) => verdict === 'violated').map(({ id }) => id)).toEqual([property]);
      }
    });
  });
};
