import type { Search } from '../search.ts';
import type { Deadlocks } from '../standing.ts';

/** Where a search stood before a batch, to return to. */
export interface Mark {
  readonly generated: number;
  readonly depth: number;
  readonly expanded: number;
  readonly deadlocks: Deadlocks;
  readonly count: number;
}

export const markOf = ({ generated, depth, expanded, deadlocks, visited }: Search): Mark => ({
  generated,
  depth,
  expanded,
  deadlocks: { ...deadlocks },
  count: visited.count,
});

/** Forgets what a search has found since. */
export const returnTo = (search: Search, { generated, depth, expanded, deadlocks, count }: Mark): void => {
  search.generated = generated;
  search.depth = depth;
  search.expanded = expanded;
  Object.assign(search.deadlocks, deadlocks);
  search.visited.truncate(count);
  search.parents.truncate(count);
  search.depths.truncate(count);
  search.masks.truncate(count);
  search.programs.taken.fill(0);
};
