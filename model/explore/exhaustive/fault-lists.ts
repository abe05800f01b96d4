import type { FaultName } from '../../network/fault.ts';
import { Pairs } from '../../kernel/pairs.ts';
import { type Fault, faultsLeft, faultsOf, remedies } from '../../world/faults.ts';
import type { Move } from '../../world/move.ts';
import type { World } from '../../world/world.ts';

/** Faults that depend on what is in flight or stored, and not on lives and links alone. */
const readsMore: ReadonlySet<FaultName> = new Set(['drop', 'duplicate', 'corrupt']);

/** The faults that can strike, and what undoes them; remembered by lives, links and which budgets are left. */
export class FaultLists {
  private readonly world: World;
  private readonly isNever: boolean;
  private readonly isRemembered: boolean;
  private readonly slots: readonly number[];
  private readonly keys = new Pairs();
  private readonly lists: (readonly Move[])[] = [];

  constructor(world: World) {
    this.world = world;
    const { budgetSlot, lifeSlot, linksSlot, scenario } = world.system;
    const kinds = [...budgetSlot.keys()];
    this.isNever = kinds.length === 0 && linksSlot < 0 && lifeSlot.every((slot) => slot < 0);
    this.isRemembered = scenario.storage !== 'sync' && !kinds.some((kind) => readsMore.has(kind));
    this.slots = [...budgetSlot.values()].filter((slot) => slot >= 0);
  }

  /** Every fault and remedy that is possible in the present row. */
  now(environment: number): readonly Move[] {
    if (this.isNever) return [];
    if (!this.isRemembered) return this.list();
    let left = 0;
    for (const slot of this.slots) left = left * 2 + ((this.world.row[slot] as number) > 0 ? 1 : 0);
    const key = this.keys.of(environment, left);
    let known = this.lists[key];
    if (known === undefined) {
      known = this.list();
      this.lists[key] = known;
    }
    return known;
  }

  private list(): readonly Move[] {
    const { world } = this;
    const faults: readonly Fault[] = [...faultsLeft(world).flatMap((kind) => faultsOf(world, kind)), ...remedies(world)];
    return faults.map((fault): Move => ({ fault }));
  }
}
