import { RolecallError } from '../../kernel/errors.ts';
import type { Arena } from '../../property/arena.ts';
import { roleThrew } from '../../property/judge.ts';
import { drawRun } from '../drawn.ts';
import { Visits } from '../visits.ts';

/** What decides a run in a scenario: the seed, and after how many steps it settles; null: when the scenario says. */
export interface Drawing {
  readonly seed: number;
  readonly maxSteps: number | null;
}

/** What came of one run. */
export interface Ran {
  /** What was violated; null where all held. */
  readonly violated: { readonly property: string; readonly part: string } | null;
  /** Steps until then. */
  readonly steps: number;
  /** Parts that were seen: the property and the name, with a space between. */
  readonly seen: readonly string[];
  /** Of the last world, in which settling ends too. */
  readonly fingerprint: string;
}

/** One run, with whatever mutant the arena has. */
export const ranOnce = (arena: Arena, { seed, maxSteps }: Drawing): Ran => {
  const strategy = arena.scenario.timed === undefined ? ('walk' as const) : ('timed' as const);
  try {
    const { run, place } = drawRun(arena, seed, { strategy, hosts: null, faults: null, maxSteps, visits: new Visits(), onRun: () => {} });
    const { violation } = run;
    const part = violation?.part ?? null;
    return {
      violated: violation === null ? null : { property: part?.property.type.id ?? roleThrew, part: part?.name ?? 'a role threw' },
      steps: run.moves.length,
      seen: run.seen.map(({ property, name }) => `${property.type.id} ${name}`),
      fingerprint: place.world.fingerprint(),
    };
  } catch (error) {
    // A faulty role may do what no property can take in, or what the protocol does not know. That is found too.
    if (arena.mutant === null || !(error instanceof RolecallError)) throw error;
    return { violated: { property: error.code, part: error.place ?? '' }, steps: 0, seen: [], fingerprint: '' };
  }
};

/** The seed of the nth run, counted from 1. */
export const seedOf = (seed: number, run: number): number => (seed + run) | 0;
