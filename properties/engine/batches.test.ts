import { describe, expect, it } from 'vitest';
import { type CatalogueEntry, catalogue } from '../../cli/catalogue.ts';
import type { Crew } from '../../model/explore/exhaustive/parallel/crew.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import type { RolecallError } from '../../model/kernel/errors.ts';
import { defineProperty } from '../../model/property/property.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { twoPhaseCommitProperties } from '../reference/two-phase-commit.property.ts';
import { checked } from '../shared/checked.ts';

/** Batches in this thread alone: what they find does not depend on who expands a chunk. */
const crew = (): Crew => ({ size: 0, begin: () => {}, isReady: () => true, tell: () => {}, end: () => {} });

type Asked = Parameters<typeof checked>[0];

/** A report without what tells how much was learned: where a claim fails, a batch was learned beyond it. */
const told = (report: CheckReport): Partial<CheckReport> => {
  if (report.violation === null) return report;
  const { xstateSteps, memoMisses, ...rest } = report;
  return rest;
};

const both = (asked: Asked): readonly [alone: CheckReport, batches: CheckReport] => [checked(asked), checked({ ...asked, crew: crew() })];

/** Claims that fail when all have committed, some fifteen steps from the start. */
const late = {
  always: defineProperty(twoPhaseCommit, {
    id: 'NEVER-ALL',
    claim: 'No world shows that all have committed.',
    holdsUnder: ['six'],
    always: { notAll: (world) => !world.every('participant', ({ matches }) => matches('committed')) },
  }),
  step: defineProperty(twoPhaseCommit, {
    id: 'NEVER-THE-LAST',
    claim: 'No step is the one after which all have committed.',
    holdsUnder: ['six'],
    step: {
      notTheLast: (before, _, after) =>
        before.every('participant', ({ matches }) => matches('committed')) || !after.every('participant', ({ matches }) => matches('committed')),
    },
  }),
};

describe('a search by the batch says what one world after the other says', () => {
  const six = { protocol: twoPhaseCommit, properties: twoPhaseCommitProperties, scenario: 'six' };

  it('of all worlds', () => {
    const [alone, batches] = both(six);
    expect(alone.distinct).toBe(50_816);
    expect(batches).toEqual(alone);
  });

  it('of each world: its row, the world before it, its place', () => {
    const kept = (more: Partial<Asked>): readonly string[] => {
      let pieces: readonly string[] = [];
      const keep = (all: Iterable<Uint8Array>): void => {
        pieces = Array.from(all, (piece) => Array.from(piece).join());
      };
      checked({ ...six, ...more, maxStates: 30_000, keeping: { isDue: () => false, keep } });
      return pieces;
    };
    const alone = kept({});
    expect(alone.length).toBeGreaterThan(5);
    const batches = kept({ crew: crew() });
    expect([batches.length, batches.every((piece, at) => piece === alone[at])]).toEqual([alone.length, true]);
  });

  it.each(Object.entries(late))('of a claim that fails late: %s', (_, property) => {
    const [alone, batches] = both({ ...six, properties: [...twoPhaseCommitProperties, property] });
    expect([alone.verdict, alone.violation?.property, alone.distinct > 20_000]).toEqual(['violated', property.type.id, true]);
    expect(told(batches)).toEqual(told(alone));
  });

  it.each([{ maxStates: 20_000 }, { maxDepth: 12 }])('of a search that a limit ends: %j', (limit) => {
    const [alone, batches] = both({ ...six, ...limit });
    expect(alone.verdict).toBe('unknown');
    expect(batches).toEqual(alone);
  });

  it.each([
    ['stream', 'everyCalm', 'holds', 20_000],
    ['blockchain', 'everyCrash', 'unknown', 12_000],
  ])('of faults: %s, %s', async (id, scenario, verdict, maxStates) => {
    const { protocol, properties } = await (catalogue.find((entry) => entry.id === id) as CatalogueEntry).load();
    const [alone, batches] = both({ protocol, properties, scenario, maxStates });
    expect(alone.verdict).toBe(verdict);
    expect(batches).toEqual(alone);
  });

  it.each([
    [{ order: 'depth' as const }, 'Search breadth first'],
    [{ reduce: true }, 'Add --no-reduction'],
  ])('and refuses what follows from one world after the other: %j', (more, advice) => {
    const refused = (): CheckReport => checked({ ...six, ...more, crew: crew() });
    expect(refused).toThrow(expect.objectContaining<Partial<RolecallError>>({ code: 'WORKERS_ALONE', advice: expect.stringContaining(advice) }));
  });
});
