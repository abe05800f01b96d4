import type { Place } from '../../../property/arena.ts';
import type { Search } from '../search.ts';
import type { Reducing } from './reducing.ts';
import type { ReductionReport, Reductions } from './reductions.ts';
import { Symmetry } from './symmetry.ts';

/** The reductions of one search, made ready. */
export interface InUse extends Reducing {
  readonly symmetry: Symmetry | null;
}

/** Why the search has to begin anew, and without what; null where what it used was sound so far. */
export const reconsidered = (reductions: Reductions | null, { symmetry }: InUse): Reductions | null =>
  reductions === null || symmetry === null || symmetry.refused === null ? null : { ...reductions, symmetryRefused: symmetry.refused };

/** What became of each reduction. */
export const reductionReports = (reductions: Reductions | null, { symmetry }: InUse, search: Search): readonly ReductionReport[] =>
  reductions === null
    ? []
    : [
        {
          name: 'symmetry',
          used: symmetry !== null,
          refused: reductions.symmetryRefused,
          ...(symmetry === null ? {} : { groups: symmetry.names, standsFor: symmetry.standsFor(search) }),
        },
      ];

const symmetryRefusal = (place: Place): string | null => {
  const { judge } = place;
  const [owed] = judge.obligations;
  if (owed !== undefined) return `${owed.property.type.id} is about what comes in the end, which is judged on every world`;
  const symmetry = new Symmetry(place);
  if (symmetry.groups.length === 0) return 'the scenario describes no two hosts alike';
  if (judge.monitors.length > 0) return 'what monitors remember may hold host names';
  return symmetry.differenceOnWalks();
};

/** Looks which reductions are sound, on a place of its own: numbers that values get there are of no later search. */
export const decided = (place: Place): Reductions => ({ symmetryRefused: symmetryRefusal(place) });

/** Makes the reductions ready for a search. */
export const reducing = (reductions: Reductions | null, place: Place): InUse => ({
  symmetry: reductions === null || reductions.symmetryRefused !== null ? null : new Symmetry(place),
});
