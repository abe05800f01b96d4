import { describe, expect, it } from 'vitest';
import { catalogue } from '../../cli/catalogue.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import { checked } from '../shared/checked.ts';
import { reducedCounts } from './reduced-counts.ts';

/** Scenarios of which the plain search needs no more worlds are compared. */
const most = 9_000;

/** What a reduced search must say as the plain one does. */
const said = ({ verdict, properties, bound, deadlocks, rulesNeverFired, violation }: CheckReport) => ({
  verdict,
  properties: properties.map(({ id, verdict: own, sometimes, comes }) => ({ id, own, ...(violation === null ? { sometimes, comes } : {}) })),
  ...(violation === null ? { bound, deadlocks: deadlocks.count > 0, rulesNeverFired } : { steps: violation.trace.steps.length }),
});

const entries = await Promise.all(catalogue.map(({ load }) => load()));

describe('reduced searches say what plain ones say', () => {
  for (const { protocol, properties } of entries)
    for (const scenario of Object.keys(protocol.scenarios)) {
      const counts = reducedCounts[`${protocol.id} ${scenario}`];
      if (counts === undefined) continue;
      it(`${protocol.id}, ${scenario}: ${counts.kept} worlds instead of ${counts.all}`, () => {
        const plain = checked({ protocol, properties, scenario, reduce: false, maxStates: most });
        const reduced = checked({ protocol, properties, scenario, reduce: true, maxStates: most });
        expect(said(reduced)).toEqual(said(plain));
        expect({ all: plain.distinct, kept: reduced.distinct }).toEqual(counts);
        const symmetry = reduced.reductions.find(({ name }) => name === 'symmetry');
        if (symmetry?.standsFor != null) expect(symmetry.standsFor).toBe(plain.distinct);
        for (const { used, refused } of reduced.reductions) expect(used).toBe(refused === null);
      });
    }

  it.each(
    entries.flatMap(({ protocol, properties }) =>
      properties
        .flatMap(({ type }) => Object.entries(type.mutants ?? {}).map(([mutant, { under }]) => [mutant, under ?? type.holdsUnder[0] ?? ''] as const))
        .filter(([, scenario]) => reducedCounts[`${protocol.id} ${scenario}`] !== undefined)
        .map(([mutant, scenario]) => [protocol.id, scenario, mutant, { protocol, properties, scenario, mutant }] as const),
    ),
  )('%s, %s: the planted fault %s', (_protocol, _scenario, _mutant, options) => {
    const plain = checked({ ...options, reduce: false, maxStates: most });
    expect(said(checked({ ...options, reduce: true, maxStates: most }))).toEqual(said(plain));
  });
});
