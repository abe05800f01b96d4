import type { Fair } from '../../property/fairness.ts';
import { Components } from './components.ts';
import type { Graph } from './graph.ts';

/** Worlds through all of which a fair run can go round for ever. Each of them carries the mark. */
export interface FairComponent {
  readonly worlds: readonly number[];
  readonly mark: number;
}

/** What happens to a unit within a component. */
interface Use {
  readonly taken: Uint8Array;
  /** In how many of the worlds the unit is possible. */
  readonly possible: Int32Array;
}

/**
 * The parts of a graph in which a fair run can stay for ever. A component is fair where each weakly fair unit is taken
 * within, or impossible in one of its worlds, and each strongly fair one is taken within, or possible in none. A weakly
 * fair unit that a component starves, each part of it starves too; a strongly fair one may be left alone by keeping away
 * from the worlds in which it is possible, so these are taken out, and what is left is looked at anew.
 */
export class FairCycles {
  readonly components: Components;
  private readonly graph: Graph;
  private readonly fair: readonly Fair[];
  private readonly seenIn: Int32Array;
  private marks = 0;

  constructor(graph: Graph, fair: readonly Fair[]) {
    this.graph = graph;
    this.fair = fair;
    this.components = new Components(graph);
    this.seenIn = new Int32Array(fair.length);
  }

  /** The fair components of the part of the graph that these worlds are. */
  of(worlds: readonly number[]): readonly FairComponent[] {
    const found: FairComponent[] = [];
    const parts = [worlds];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      for (const component of this.components.of(part, this.marked(part))) {
        const mark = this.marked(component);
        const use = this.useIn(component, mark);
        const starved = (kind: Fair): readonly number[] => this.starved(kind, component.length, use);
        if (starved('weak').length > 0) continue;
        const strong = starved('strong');
        if (strong.length === 0) found.push({ worlds: component, mark });
        else parts.push(component.filter((world) => !strong.some((unit) => this.isPossible(world, unit))));
      }
    }
    return found;
  }

  private marked(worlds: readonly number[]): number {
    const mark = ++this.marks;
    for (const world of worlds) this.components.mark[world] = mark;
    return mark;
  }

  private starved(kind: Fair, worlds: number, { taken, possible }: Use): readonly number[] {
    const isStarved = (unit: number): boolean => taken[unit] === 0 && (possible[unit] as number) >= (kind === 'weak' ? worlds : 1);
    return this.fair.flatMap((fair, unit) => (fair === kind && isStarved(unit) ? [unit] : []));
  }

  private useIn(worlds: readonly number[], mark: number): Use {
    const { first, to, unit } = this.graph;
    const taken = new Uint8Array(this.fair.length);
    const possible = new Int32Array(this.fair.length);
    this.seenIn.fill(-1);
    for (const world of worlds)
      for (let edge = first.at(world); edge < first.at(world + 1); edge++) {
        const own = unit.at(edge);
        if (this.components.mark[to.at(edge)] === mark) taken[own] = 1;
        if (this.seenIn[own] === world) continue;
        this.seenIn[own] = world;
        possible[own] = (possible[own] as number) + 1;
      }
    return { taken, possible };
  }

  private isPossible(world: number, wanted: number): boolean {
    const { first, unit } = this.graph;
    for (let edge = first.at(world); edge < first.at(world + 1); edge++) if (unit.at(edge) === wanted) return true;
    return false;
  }

  /**
   * The edges of a round through a fair component, from one of its worlds back to it, that owes nothing to any unit: each
   * fair one is taken on the way, or is impossible in a world that is passed.
   */
  round({ worlds, mark }: FairComponent, start: number): readonly number[] {
    const { to, unit } = this.graph;
    const { taken, possible } = this.useIn(worlds, mark);
    const owed = new Set(this.fair.flatMap((fair, own) => (fair === 'weak' || (fair === 'strong' && taken[own] === 1) ? [own] : [])));
    // What is possible in no world of the component is owed nothing.
    for (const own of owed) if (possible[own] === 0) owed.delete(own);
    const settle = (world: number): void => {
      for (const own of owed) if (this.fair[own] === 'weak' && !this.isPossible(world, own)) owed.delete(own);
    };
    const edges: number[] = [];
    let at = start;
    settle(at);
    const walk = (path: readonly number[]): void => {
      for (const edge of path) {
        edges.push(edge);
        owed.delete(unit.at(edge));
        at = to.at(edge);
        settle(at);
      }
    };
    while (owed.size > 0) {
      const pays = (edge: number): boolean => {
        if (owed.has(unit.at(edge))) return true;
        const there = to.at(edge);
        for (const own of owed) if (this.fair[own] === 'weak' && !this.isPossible(there, own)) return true;
        return false;
      };
      walk(this.path(at, mark, pays));
    }
    if (at !== start || edges.length === 0) walk(this.path(at, mark, (edge) => to.at(edge) === start));
    return edges;
  }

  /** The shortest path within a component whose last edge is as wanted. */
  private path(from: number, mark: number, isLast: (edge: number) => boolean): readonly number[] {
    const { first, to } = this.graph;
    const by = new Map<number, number>();
    const queue = [from];
    for (let head = 0; head < queue.length; head++) {
      const world = queue[head] as number;
      for (let edge = first.at(world); edge < first.at(world + 1); edge++) {
        const next = to.at(edge);
        if (this.components.mark[next] !== mark) continue;
        if (isLast(edge)) return [...back(by, this.graph, world, from), edge];
        if (next === from || by.has(next)) continue;
        by.set(next, edge);
        queue.push(next);
      }
    }
    throw new Error('a component is strongly connected');
  }
}

const back = (by: ReadonlyMap<number, number>, graph: Graph, to: number, from: number): readonly number[] => {
  const edges: number[] = [];
  for (let world = to; world !== from; ) {
    const edge = by.get(world) as number;
    edges.push(edge);
    world = graph.sourceOf(edge);
  }
  return edges.reverse();
};
