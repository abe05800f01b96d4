import type { Table } from '../../kernel/table.ts';
import type { RememberedRole } from '../../role/remember.ts';
import type { System } from '../../world/system.ts';
import { Column } from './column.ts';
import type { Search } from './search.ts';

/**
 * Which worlds brought something new when they were expanded: a value in some table, a step of XState, a plan. The numbers
 * in a row are those that tables gave in the order in which values came, so expanding these worlds again, in this order,
 * gives every value its number again. All others only met what was known.
 */
export class Growth {
  worlds = new Column();
  private readonly search: Search;
  private readonly tables: readonly Table[];
  private readonly memories: readonly RememberedRole[];
  private last: number;

  constructor(system: System, search: Search) {
    this.search = search;
    this.tables = [...new Set(system.tables.filter((table) => table !== undefined))];
    this.memories = [...new Set(system.instances.map(({ role }) => role.memory))];
    this.last = this.total();
  }

  /** To be told of each world that was expanded. */
  readonly note = (index: number): void => {
    const total = this.total();
    if (total !== this.last) this.worlds.push(index);
    this.last = total;
  };

  /** Of everything that grows, in a fixed order. */
  sizes(): readonly number[] {
    return [...this.tables.map(({ size }) => size), ...this.memories.map(({ misses }) => misses), this.search.plans.misses];
  }

  /** Goes on from worlds that were expanded again. */
  resume(worlds: Column): void {
    this.worlds = worlds;
    this.last = this.total();
  }

  /** Nothing shrinks, so the sum stays the same only where all sizes do. Asked after each expansion. */
  private total(): number {
    let total = this.search.plans.misses;
    for (let i = 0; i < this.tables.length; i++) total += (this.tables[i] as Table).size;
    for (let i = 0; i < this.memories.length; i++) total += (this.memories[i] as RememberedRole).misses;
    return total;
  }
}
