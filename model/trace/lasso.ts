import type { Failure } from '../property/failure.ts';
import { type Fair, fairUnits, unitOf } from '../property/fairness.ts';
import type { Judge, Obligation } from '../property/judge.ts';
import type { Property } from '../property/property.ts';
import type { Move } from '../world/move.ts';
import type { World } from '../world/world.ts';

/** What is owed so far. */
interface Debt {
  readonly obligation: Obligation;
  isOwed: boolean;
  /** It was met since the loop began. */
  isMet: boolean;
}

/** Watches a run that is said to go round for ever: whether its loop closes, is fair, and never meets an obligation. */
export class LassoWatch {
  private readonly world: World;
  private readonly debts: readonly Debt[];
  /** The world in which the loop begins. */
  private first: Int32Array | null = null;
  /** Worlds of the loop, but the first, in their order. */
  private readonly passed: Int32Array[] = [];
  private readonly taken = new Set<string>();

  constructor(world: World, judge: Judge) {
    this.world = world;
    this.debts = judge.obligations.map((obligation) => ({ obligation, isOwed: obligation.from === null, isMet: false }));
    this.look();
  }

  /** The loop begins in the present world. */
  begin(): void {
    this.first = Int32Array.from(this.world.row);
    for (const debt of this.debts) debt.isMet = debt.obligation.to.evaluateRow(this.world.row);
  }

  /** A move is made. */
  take(move: Move): void {
    if (this.first !== null) this.taken.add(unitOf(move).key);
  }

  /** A world was reached. */
  look(): void {
    const { row } = this.world;
    for (const debt of this.debts) {
      const { from, to } = debt.obligation;
      if (to.evaluateRow(row)) {
        debt.isOwed = false;
        debt.isMet = true;
      } else if (from?.evaluateRow(row)) debt.isOwed = true;
    }
    if (this.first !== null) this.passed.push(Int32Array.from(row));
  }

  /** What is owed for ever, now that the loop has come to its end. */
  failures(): readonly Failure[] {
    const { first, passed, world } = this;
    if (first === null || !first.every((value, slot) => value === world.row[slot])) return [];
    const worlds = passed.length === 0 ? [first] : passed;
    const owed = this.debts.filter(({ obligation, isOwed, isMet }) => isOwed && !isMet && this.isFair(obligation.property, worlds));
    const detail = passed.length === 0 ? 'nothing need happen any more' : 'it never does, though nothing is withheld for ever';
    return owed.map(({ obligation }) => ({ part: obligation, detail, settling: false }));
  }

  /** Whether the schedule may go round these worlds for ever, taking what it took. */
  private isFair(property: Property, worlds: readonly Int32Array[]): boolean {
    const { world, taken } = this;
    const [hi, lo] = [world.hi, world.lo];
    const now = Int32Array.from(world.row);
    const units = worlds.map((row): ReadonlyMap<string, Fair> => {
      world.row.set(row);
      return fairUnits(world, property);
    });
    world.restore(now, hi, lo);
    const possible = new Map(units.flatMap((each) => [...each]));
    return [...possible].every(([key, fair]) => taken.has(key) || (fair === 'weak' && !units.every((each) => each.has(key))));
  }
}
