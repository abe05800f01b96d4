import type { Place } from '../../../property/arena.ts';
import type { Search } from '../search.ts';
import type { Order } from '../standing.ts';
import { Ample } from './ample.ts';
import type { Reducing } from './reducing.ts';
import type { ReductionReport, Reductions } from './reductions.ts';
import { Symmetry } from './symmetry.ts';
import { learned } from './walks.ts';

/** The reductions of one search, made ready. */
export interface InUse extends Reducing {
  readonly symmetry: Symmetry | null;
  readonly ample: Ample | null;
}

/** How a search goes, as far as reductions depend on it. */
interface Way {
  readonly order: Order;
  readonly maxDepth: number;
}

/** A depth that nobody means as a bound. */
const boundlessDepth = 1_000_000;

/** So often at most a search begins anew because claims or roles have shown more. */
const mostBeginnings = 12;

/** A search that has come so far with no use of a reduction goes on without it, rather than begin anew. */
const worthBeginning = 20_000;

const symmetryRefusal = (place: Place): string | null => {
  const { judge } = place;
  const [owed] = judge.obligations;
  if (owed !== undefined) return `${owed.property.type.id} is about what comes in the end, which is judged on every world`;
  const symmetry = new Symmetry(place);
  if (symmetry.groups.length === 0) return 'the scenario describes no two hosts alike';
  if (judge.monitors.length > 0) return 'what monitors remember may hold host names';
  return symmetry.differenceOnWalks();
};

const partialOrderRefusal = ({ judge, system }: Place, { order, maxDepth }: Way): string | null => {
  if (system.ticks !== undefined) return 'time passes for all hosts together, so no step of one can be taken alone';
  const [owed] = judge.obligations;
  if (owed !== undefined) return `${owed.property.type.id} is about what comes in the end, where leaving out orders leaves out fair runs`;
  if (order !== 'breadth') return 'what keeps a step from being put off for ever is stated for a search breadth first';
  return maxDepth < boundlessDepth ? 'a bound on the depth cuts another order of the same steps elsewhere' : null;
};

/** Looks which reductions are sound. `fresh` makes places of their own: numbers that values get there are of no later search. */
export const decided = (fresh: () => Place, way: Way): Reductions => {
  const place = fresh();
  const partialOrderRefused = partialOrderRefusal(place, way);
  return {
    symmetryRefused: symmetryRefusal(place),
    partialOrderRefused,
    ...(partialOrderRefused === null ? learned(fresh()) : { observed: [], facts: [] }),
    beginnings: 1,
  };
};

/** Makes the reductions ready for a search. */
export const reducing = (reductions: Reductions | null, place: Place): InUse => ({
  symmetry: reductions === null || reductions.symmetryRefused !== null ? null : new Symmetry(place),
  ample: reductions === null || reductions.partialOrderRefused !== null ? null : new Ample(place, reductions.observed, reductions.facts),
});

/** Why the search has to begin anew, and with what; null where what it used was sound so far. */
export const reconsidered = (reductions: Reductions | null, { symmetry, ample }: InUse, search: Search): Reductions | null => {
  if (reductions === null) return null;
  if (symmetry !== null && symmetry.refused !== null) return { ...reductions, symmetryRefused: symmetry.refused };
  if (ample === null) return null;
  const without = (partialOrderRefused: string): Reductions => ({ ...reductions, partialOrderRefused });
  if (search.reduced === 0) {
    if (ample.refused !== null || !ample.hasGrown) return null;
    if (search.visited.count > worthBeginning) {
      ample.refused = 'nowhere so far did the steps of one role suffice';
      return null;
    }
  }
  if (ample.refused !== null) return without(ample.refused);
  if (search.found !== null) return without('a failure was found with it, and without it the search finds a shortest one');
  if (!ample.hasGrown) return null;
  if (reductions.beginnings === mostBeginnings) return without('what claims look at and whom roles send to kept showing more');
  return { ...reductions, ...ample.known, beginnings: reductions.beginnings + 1 };
};

/** The reductions as they are in use now, for a checkpoint. */
export const inUseNow = (reductions: Reductions | null, { ample }: InUse): Reductions | null =>
  reductions === null || ample === null || ample.refused === null ? reductions : { ...reductions, partialOrderRefused: ample.refused };

/** What became of each reduction. */
export const reductionReports = (reductions: Reductions | null, inUse: InUse, search: Search): readonly ReductionReport[] => {
  const now = inUseNow(reductions, inUse);
  if (now === null) return [];
  const { symmetry } = inUse;
  const isOrdered = now.partialOrderRefused === null;
  return [
    {
      name: 'symmetry',
      used: symmetry !== null,
      refused: now.symmetryRefused,
      ...(symmetry === null ? {} : { groups: symmetry.names, standsFor: search.reduced > 0 ? null : symmetry.standsFor(search) }),
    },
    { name: 'partial order', used: isOrdered, refused: now.partialOrderRefused, ...(isOrdered ? { alone: search.reduced } : {}) },
  ];
};
