import { invariant } from '../../kernel/errors.ts';
import { type Unit, unitOf } from '../../property/fairness.ts';
import { make, type Move } from '../../world/move.ts';
import type { World } from '../../world/world.ts';
import { Column } from './column.ts';
import type { Search } from './search.ts';

/** Which world each effective move leads to, and to which unit it belongs. Edges of one world stand side by side, in the order of its moves. */
export class Graph {
  readonly units: Unit[] = [];
  /** The world that each edge leads to. */
  readonly to = new Column();
  /** The number of the unit that each edge takes. */
  readonly unit = new Column();
  /** By world, where its edges begin; one entry more than there are worlds. */
  readonly first = new Column();
  readonly search: Search;
  private readonly world: World;
  private readonly numbers = new Map<string, number>();
  private readonly byMove = new Map<Move, number>();

  constructor(search: Search, world: World) {
    this.search = search;
    this.world = world;
    this.first.push(0);
  }

  get worlds(): number {
    return this.first.length - 1;
  }

  get bytes(): number {
    return this.to.bytes + this.unit.bytes + this.first.bytes;
  }

  /** Follows the moves of so many worlds more. Returns whether any are left. */
  advance(worlds: number): boolean {
    const { visited } = this.search;
    for (let n = 0; n < worlds && this.worlds < visited.count; n++) this.follow(this.worlds);
    return this.worlds < visited.count;
  }

  private follow(from: number): void {
    const { search, world } = this;
    for (const move of search.ways.of(from)) {
      search.restore(from);
      make(world, move);
      const index = search.visited.addRow(world.row);
      invariant(index < 0, 'a search that came to its end has met every world');
      this.to.push(-index - 1);
      this.unit.push(this.numberOf(move));
    }
    this.first.push(this.to.length);
  }

  /** The move of an edge. */
  moveOf(edge: number): Move {
    const from = this.sourceOf(edge);
    return this.search.ways.of(from)[edge - this.first.at(from)] as Move;
  }

  /** The world that an edge leaves. */
  sourceOf(edge: number): number {
    let [low, high] = [0, this.worlds - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.first.at(middle) <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private numberOf(move: Move): number {
    // Plans keep the moves of offers; faults are listed anew.
    const known = 'offer' in move ? this.byMove.get(move) : undefined;
    if (known !== undefined) return known;
    const unit = unitOf(move);
    let number = this.numbers.get(unit.key);
    if (number === undefined) {
      number = this.units.push(unit) - 1;
      this.numbers.set(unit.key, number);
    }
    if ('offer' in move) this.byMove.set(move, number);
    return number;
  }
}
