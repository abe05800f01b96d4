import { describe, expect, it } from 'vitest';
import { type CatalogueEntry, catalogue } from '../../cli/catalogue.ts';
import type { Crew } from '../../model/explore/exhaustive/parallel/crew.ts';
import type { CheckReport } from '../../model/explore/exhaustive/report.ts';
import type { RolecallError } from '../../model/kernel/errors.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';
import { twoPhaseCommitProperties } from '../reference/two-phase-commit.property.ts';
import { checked } from '../shared/checked.ts';
import { late } from '../shared/late.ts';

/** Batches in this thread alone: what they find does not depend on who expands a chunk. */
const crew = (more: Partial<Crew> = {}): Crew => ({
  ...{ size: 0, patienceMs: 1, lost: () => 0, thrown: () => null },
  ...{ begin: () => {}, isReady: () => true, tell: () => {}, end: () => {} },
  ...more,
});

type Asked = Parameters<typeof checked>[0];

const both = (asked: Asked): readonly [alone: CheckReport, batches: CheckReport] => [checked(asked), checked({ ...asked, crew: crew() })];

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
    expect(batches).toEqual(alone);
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

  it('of a thread that says nothing, without which it goes on', () => {
    const alone = checked(six);
    const silent = checked({ ...six, crew: crew({ size: 1 }) });
    expect(silent).toEqual({ ...alone, expandedBy: [alone.distinct, 0], threadsLost: 1 });
  });

  it('of threads that have died before they were given anything', () => {
    const alone = checked(six);
    const dead = checked({ ...six, crew: crew({ size: 2, isReady: () => false, lost: () => 2 }) });
    expect(dead).toEqual({ ...alone, expandedBy: [alone.distinct, 0, 0], threadsLost: 2 });
  });

  it.each([
    [{ order: 'depth' as const }, 'Search breadth first'],
    [{ reduce: true }, 'Add --no-reduction'],
  ])('and refuses what follows from one world after the other: %j', (more, advice) => {
    const refused = (): CheckReport => checked({ ...six, ...more, crew: crew() });
    expect(refused).toThrow(expect.objectContaining<Partial<RolecallError>>({ code: 'WORKERS_ALONE', advice: expect.stringContaining(advice) }));
  });
});
