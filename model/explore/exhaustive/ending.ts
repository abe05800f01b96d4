import { Arena, mutantOf, type Place } from '../../property/arena.ts';
import type { Failure } from '../../property/failure.ts';
import { roleThrew } from '../../property/judge.ts';
import { record } from '../../trace/record.ts';
import { shownValues } from '../../trace/replay.ts';
import type { Move } from '../../world/move.ts';
import type { Violation } from '../report.ts';
import { namedActions } from '../shrink.ts';
import type { Lasso } from './liveness.ts';
import type { CheckOptions } from './options.ts';
import type { InUse } from './reduction/decide.ts';
import type { Search } from './search.ts';

/** The moves of a run that violates something. */
export interface Ending {
  readonly moves: readonly Move[];
  readonly failure: Failure;
  /** How many of the moves, the last ones, come again and again. */
  readonly loop: number | null;
}

/** How what the search found comes about. */
export const failureOf = (search: Search, { symmetry }: InUse): Ending | null => {
  const { found } = search;
  if (found === null) return null;
  const plain = (): readonly Move[] => [...(found.parent < 0 ? [] : search.pathTo(found.parent)), ...(found.move === null ? [] : [found.move])];
  const moves = symmetry === null ? plain() : symmetry.wayTo(search, found);
  return moves === null ? null : { moves, failure: found.failure, loop: null };
};

/** The first run on which something never comes. */
export const neverOf = (lassos: readonly Lasso[] | null): Ending | null => {
  const lasso = lassos?.[0];
  if (lasso === undefined) return null;
  const { obligation, stem, loop } = lasso;
  return { moves: [...stem, ...loop], failure: { part: obligation, detail: '', settling: false }, loop: loop.length };
};

/** The run that leads to what was found. */
export const violationOf = (options: CheckOptions, arena: Arena, place: Place, ending: Ending | null): Violation | null => {
  if (ending === null) return null;
  const { moves, loop } = ending;
  place.world.reset();
  const actions = namedActions(place, moves);
  const { part } = ending.failure;
  const name = part?.name ?? 'threw';
  // The trace is of the one claim that failed, so that a replay needs no other.
  const planted = mutantOf(options.properties, options.mutant);
  const own = new Arena(options.protocol, arena.scenario, part === null ? [] : [part.property], planted?.mutant ?? null);
  const {
    trace,
    failure,
    place: end,
  } = record(
    own,
    own.at(place.setting),
    actions,
    {
      isFailure: (one) => (one.part?.name ?? 'threw') === name && !one.settling,
      witness: null,
      ...(loop === null ? {} : { loop: actions.length - loop }),
    },
    {
      scenario: options.scenario,
      mutant: options.mutant,
      strategy: `exhaustive, ${options.order} first`,
      seed: 1,
      property: part?.property.type.id ?? roleThrew,
      part: name,
      verdict: 'violated',
      // The stem is a shortest one; a loop is not compared with others.
      minimised: loop === null ? { from: actions.length, candidates: 0, shortest: options.order === 'breadth' } : null,
    },
  );
  return {
    property: part?.property.type.id ?? roleThrew,
    claim: part?.property.type.claim ?? 'No role throws.',
    part: name,
    scenario: options.scenario,
    seed: 1,
    values: shownValues(end, part === null ? null : part.property),
    detail: failure?.detail ?? ending.failure.detail,
    trace,
  };
};
