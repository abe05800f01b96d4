import { fairnessOf } from '../../property/fairness.ts';
import type { Judge, Obligation } from '../../property/judge.ts';
import type { Remembered } from '../../property/remembered.ts';
import type { World } from '../../world/world.ts';
import type { Move } from '../../world/move.ts';
import { FairCycles } from './fair-cycles.ts';
import { Graph } from './graph.ts';
import type { Search } from './search.ts';

/** A run on which something never comes: after the stem, the loop goes round for ever. With an empty loop, nothing need happen any more. */
export interface Lasso {
  readonly obligation: Obligation;
  readonly stem: readonly Move[];
  readonly loop: readonly Move[];
}

/** Worlds whose moves are followed between two looks at the clock, the memory and the user. */
const piece = 2_000;

/** Not reached; reached, and nothing leads there. */
const [UNSEEN, ROOT] = [-1, -2];

/**
 * Judges what has to come, on the graph of all worlds that a search has found: there has to be all of it. Yields between
 * pieces of the work; returns a run for each obligation that is not met.
 */
export function* judgeObligations(search: Search, world: World, judge: Judge): Generator<Graph, readonly Lasso[]> {
  const graph = new Graph(search, world);
  while (graph.advance(piece)) yield graph;
  const tree = new Tree(graph);
  const lassos: Lasso[] = [];
  for (const obligation of judge.obligations) {
    const lasso = new Owed(graph, tree, world, obligation).lasso();
    if (lasso !== null) lassos.push(lasso);
    yield graph;
  }
  return lassos;
}

/** A shortest way to each world. */
class Tree {
  /** Worlds, the nearest first. */
  readonly order: Int32Array;
  readonly depth: Int32Array;
  /** By world, the edge that leads there. */
  readonly by: Int32Array;

  constructor({ worlds, first, to }: Graph) {
    this.order = new Int32Array(worlds);
    this.depth = new Int32Array(worlds);
    this.by = new Int32Array(worlds).fill(UNSEEN);
    this.by[0] = ROOT;
    let count = 1;
    for (let head = 0; head < count; head++) {
      const world = this.order[head] as number;
      for (let edge = first.at(world); edge < first.at(world + 1); edge++) {
        const next = to.at(edge);
        if (this.by[next] !== UNSEEN) continue;
        this.by[next] = edge;
        this.depth[next] = (this.depth[world] as number) + 1;
        this.order[count++] = next;
      }
    }
  }
}

/** The worlds in which an obligation may be owed: it came to be owed there or before, and was not met since. */
class Owed {
  private readonly graph: Graph;
  private readonly tree: Tree;
  private readonly world: World;
  private readonly obligation: Obligation;
  /** By world, the edge over which it is reached while owed; {@link ROOT} where it comes to be owed. */
  private readonly by: Int32Array;
  private readonly depth: Int32Array;
  /** Those worlds, the nearest first. */
  private readonly worlds: number[] = [];

  constructor(graph: Graph, tree: Tree, world: World, obligation: Obligation) {
    this.graph = graph;
    this.tree = tree;
    this.world = world;
    this.obligation = obligation;
    this.by = new Int32Array(graph.worlds).fill(UNSEEN);
    this.depth = new Int32Array(graph.worlds);
    this.spread();
  }

  /** Whether a predicate holds, by world. */
  private where(predicate: Remembered): Uint8Array {
    const { search } = this.graph;
    const holds = new Uint8Array(this.graph.worlds);
    for (let index = 0; index < holds.length; index++) {
      search.restore(index);
      if (predicate.evaluateRow(this.world.row)) holds[index] = 1;
    }
    return holds;
  }

  private spread(): void {
    const { tree, by, depth, worlds, graph } = this;
    const { from, to } = this.obligation;
    const met = this.where(to);
    const isSource = from === null ? null : this.where(from);
    const sources = isSource === null ? [0] : tree.order.filter((world) => isSource[world] === 1);
    let [nextSource, head] = [0, 0];
    const enter = (world: number, edge: number, at: number): void => {
      if (met[world] === 1 || by[world] !== UNSEEN) return;
      by[world] = edge;
      depth[world] = at;
      worlds.push(world);
    };
    // Breadth first from all sources, each at its own depth, so that the whole way is a shortest one.
    while (nextSource < sources.length || head < worlds.length) {
      const source = sources[nextSource];
      const world = worlds[head];
      if (source !== undefined && (world === undefined || (tree.depth[source] as number) <= (depth[world] as number))) {
        nextSource++;
        enter(source, ROOT, tree.depth[source] as number);
        continue;
      }
      head++;
      const at = world as number;
      for (let edge = graph.first.at(at); edge < graph.first.at(at + 1); edge++) enter(graph.to.at(edge), edge, (depth[at] as number) + 1);
    }
  }

  /** A fair run on which the obligation is never met, by a shortest way, or null. */
  lasso(): Lasso | null {
    const { graph, obligation } = this;
    const fair = graph.units.map((unit) => fairnessOf(obligation.property, unit));
    const mayEnd = (world: number): boolean => {
      for (let edge = graph.first.at(world); edge < graph.first.at(world + 1); edge++) if (fair[graph.unit.at(edge)] !== 'none') return false;
      return true;
    };
    const end = this.worlds.find(mayEnd);
    const cycles = new FairCycles(graph, fair);
    const rounds = cycles.of(this.worlds).map((component) => ({ component, start: this.nearest(component.worlds) }));
    const round = rounds.reduce<(typeof rounds)[number] | null>(
      (best, each) => (best === null || this.isNearer(each.start, best.start) ? each : best),
      null,
    );
    if (end !== undefined && (round === null || !this.isNearer(round.start, end))) return { obligation, stem: this.wayTo(end), loop: [] };
    if (round === null) return null;
    return { obligation, stem: this.wayTo(round.start), loop: cycles.round(round.component, round.start).map((edge) => graph.moveOf(edge)) };
  }

  private isNearer(a: number, b: number): boolean {
    const [near, far] = [this.depth[a] as number, this.depth[b] as number];
    return near < far || (near === far && a < b);
  }

  private nearest(worlds: readonly number[]): number {
    return worlds.reduce((best, world) => (this.isNearer(world, best) ? world : best));
  }

  private wayTo(world: number): readonly Move[] {
    const edges: number[] = [];
    let at = world;
    for (const by of [this.by, this.tree.by])
      while ((by[at] as number) >= 0) {
        const edge = by[at] as number;
        edges.push(edge);
        at = this.graph.sourceOf(edge);
      }
    return edges.reverse().map((edge) => this.graph.moveOf(edge));
  }
}
