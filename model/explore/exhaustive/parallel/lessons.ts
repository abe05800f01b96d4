import type { RememberedRole } from '../../../role/remember.ts';
import type { Search } from '../search.ts';
import type { Batch } from './batch.ts';
import * as memory from './memory.ts';
import type { Team } from './team.ts';

/** How much was learned: steps that XState computed, and plans that were put together. */
export interface Learned {
  readonly xstateSteps: number;
  readonly plans: number;
}

/**
 * Learns what the worlds of a batch need that was not known, in their order, so that values get the numbers that one thread would have
 * given them. It keeps in mind how much that was: where a search comes to its end within the batch, one thread would have learned less.
 */
export class Lessons {
  private readonly search: Search;
  private readonly team: Team;
  private readonly memories: readonly RememberedRole[];
  /** How many worlds were learned. */
  worlds = 0;
  private taken: (Learned & { readonly world: number })[] = [];

  constructor(search: Search, team: Team) {
    this.search = search;
    this.team = team;
    this.memories = [...new Set(search.world.system.instances.map(({ role }) => role.memory))];
  }

  /** Completes a batch. False where it has to be expanded anew. */
  complete(batch: Batch): boolean {
    const { search } = this;
    const { packing } = search.visited;
    const size = memory.rowAt + packing.words;
    const holed = this.team.chunksOf(batch).filter(({ holes }) => holes > 0);
    for (const { stream, start, end } of holed)
      for (let at = start; at < end; at += size) if (stream[at + memory.stateAt] === memory.hole) this.learn(stream[at + memory.parentAt] as number);
    // Rows were laid out anew, and with them the table.
    if (search.visited.packing !== packing) return false;
    return holed.length === 0 || this.team.mend(holed);
  }

  private learn(world: number): void {
    const { search } = this;
    const before = this.all();
    search.learn(world);
    search.onExpanded?.(world);
    this.worlds++;
    const { xstateSteps, plans } = this.all();
    this.taken.push({ world, xstateSteps: xstateSteps - before.xstateSteps, plans: plans - before.plans });
  }

  private all(): Learned {
    return { xstateSteps: this.memories.reduce((sum, { misses }) => sum + misses, 0), plans: this.search.plans.misses };
  }

  /** All worlds that anything was learned of are expanded now. */
  forget(): void {
    this.taken = [];
  }

  /** How much was learned of worlds that are not expanded. */
  get ahead(): Learned {
    const sum = { xstateSteps: 0, plans: 0 };
    for (const { world, xstateSteps, plans } of this.taken) {
      if (world < this.search.expanded) continue;
      sum.xstateSteps += xstateSteps;
      sum.plans += plans;
    }
    return sum;
  }
}
