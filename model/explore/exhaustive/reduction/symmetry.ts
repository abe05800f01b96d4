import { Random } from '../../../kernel/random.ts';
import { type Failure, threwFailure } from '../../../property/failure.ts';
import type { Judge } from '../../../property/judge.ts';
import type { Place } from '../../../property/arena.ts';
import { enabled, make, type Move } from '../../../world/move.ts';
import type { World } from '../../../world/world.ts';
import type { Search } from '../search.ts';
import type { Found } from '../standing.ts';
import { Equivariance } from './equivariance.ts';
import { interchangeable } from './interchange.ts';
import { Permuting } from './permuting.ts';
import { Representative } from './representative.ts';

/** The first worlds of a search are all looked at once more, and later ones now and then. */
const [lookedAtFirst, lookedAtOneIn] = [200, 64];

/** Of so many worlds at most it is worked out for how many they stand. */
const countedWorlds = 300_000;

/** One world is kept for all that differ in what interchangeable hosts are called. */
export class Symmetry {
  readonly groups: readonly (readonly number[])[];
  /** Why it must not be used, found while searching. */
  refused: string | null = null;
  private readonly world: World;
  private readonly judge: Judge;
  private readonly representative: Representative;
  private readonly equivariance: Equivariance;

  constructor({ world, judge, system }: Place) {
    this.groups = interchangeable(system);
    const permuting = new Permuting(system, this.groups);
    this.world = world;
    this.judge = judge;
    this.representative = new Representative(permuting, system.width);
    this.equivariance = new Equivariance(world, judge, permuting);
  }

  /** The hosts of each group, by name. */
  get names(): readonly (readonly string[])[] {
    return this.groups.map((group) => group.map((host) => this.world.system.hosts[host] as string));
  }

  /** Looks for a reason against it on walks. */
  differenceOnWalks(): string | null {
    return this.equivariance.ofWalks(new Random(1));
  }

  /** The row that is kept for this one. */
  of(row: Int32Array): Int32Array {
    return this.representative.of(row);
  }

  /** Told of the row that is expanded next, which the world shows. */
  expanding(index: number): void {
    if (index >= lookedAtFirst && index % lookedAtOneIn !== 0) return;
    const row = Int32Array.from(this.world.row);
    this.refused ??= this.equivariance.of(row, new Random(index));
    this.world.restore(row, 0, 0);
  }

  /** How many worlds those that were kept stand for; null where that is not known. */
  standsFor(search: Search): number | null {
    if (search.visited.count > countedWorlds) return null;
    let all = 0;
    for (let index = 0; index < search.visited.count; index++) {
      search.restore(index);
      this.representative.of(this.world.row);
      if (this.representative.orbit === 0) return null;
      all += this.representative.orbit;
    }
    return all;
  }

  /**
   * The moves that lead to what was found under the names that hosts really have: each leads to a world of which the next
   * on the path is the representative. Null where there is none: then the model tells apart what the tests did not.
   */
  wayTo(search: Search, { parent, failure }: Found): readonly Move[] | null {
    const path: number[] = [];
    for (let at = parent; at > 0; at = search.parents.at(at)) path.push(at);
    const { world } = this;
    world.reset();
    const row = Int32Array.from(world.row);
    const moves: Move[] = [];
    if (parent < 0) return moves;
    for (const index of path.reverse()) {
      search.restore(index);
      const wanted = Int32Array.from(world.row);
      const move = this.moveFrom(row, () => this.of(world.row).every((value, slot) => value === wanted[slot]));
      if (move === null) return this.refuse();
      moves.push(move);
      row.set(world.row);
    }
    const last = this.moveFrom(row, (move) => this.fails(row, move, failure));
    return last === null ? this.refuse() : [...moves, last];
  }

  private refuse(): null {
    this.refused ??= 'what it found happens under none of the names that the hosts have';
    return null;
  }

  /** The first move of a row after which something holds; the world is there then. */
  private moveFrom(row: Int32Array, holds: (move: Move) => boolean): Move | null {
    this.world.restore(row, 0, 0);
    for (const move of enabled(this.world)) {
      this.world.restore(row, 0, 0);
      make(this.world, move);
      if (holds(move)) return move;
    }
    return null;
  }

  private fails(before: Int32Array, move: Move, failure: Failure): boolean {
    if (failure.part === null) return threwFailure(this.world) !== null;
    return this.judge.ofState(this.world)?.name === failure.part.name || this.judge.ofStep(this.world, before, move)?.name === failure.part.name;
  }
}
