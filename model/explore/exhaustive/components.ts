import type { Graph } from './graph.ts';

/**
 * Strongly connected components of parts of a graph, by Tarjan's algorithm with a list of its own, so that a long path
 * cannot exhaust the stack. A part is the worlds that carry one mark.
 */
export class Components {
  /** By world, the mark of the part that it is in; 0 is none. */
  readonly mark: Int32Array;
  private readonly graph: Graph;
  /** By world, when it was met, counted over all calls. */
  private readonly met: Int32Array;
  private readonly low: Int32Array;
  /** By world, the edge that is looked at next. */
  private readonly next: Int32Array;
  private readonly isOpen: Uint8Array;
  private clock = 0;

  constructor(graph: Graph) {
    const { worlds } = graph;
    this.graph = graph;
    this.mark = new Int32Array(worlds);
    this.met = new Int32Array(worlds);
    this.low = new Int32Array(worlds);
    this.next = new Int32Array(worlds);
    this.isOpen = new Uint8Array(worlds);
  }

  /** The components of the part of these worlds in which a run can go on for ever. All of them carry the mark. */
  of(worlds: readonly number[], mark: number): readonly (readonly number[])[] {
    const found: (readonly number[])[] = [];
    const since = this.clock;
    for (const root of worlds) if ((this.met[root] as number) <= since) this.from(root, mark, since, found);
    return found;
  }

  private from(root: number, mark: number, since: number, found: (readonly number[])[]): void {
    const { graph, met, low, next } = this;
    const path = [root];
    const open: number[] = [];
    this.enter(root, open);
    for (let world = path.at(-1); world !== undefined; world = path.at(-1)) {
      const edge = next[world] as number;
      if (edge < graph.first.at(world + 1)) {
        next[world] = edge + 1;
        const to = graph.to.at(edge);
        if (this.mark[to] !== mark) continue;
        if ((met[to] as number) <= since) {
          this.enter(to, open);
          path.push(to);
        } else if (this.isOpen[to] === 1) low[world] = Math.min(low[world] as number, met[to] as number);
        continue;
      }
      path.pop();
      const before = path.at(-1);
      if (before !== undefined) low[before] = Math.min(low[before] as number, low[world] as number);
      if (low[world] === met[world]) this.close(world, open, mark, found);
    }
  }

  private enter(world: number, open: number[]): void {
    this.clock++;
    this.met[world] = this.clock;
    this.low[world] = this.clock;
    this.next[world] = this.graph.first.at(world);
    this.isOpen[world] = 1;
    open.push(world);
  }

  private close(root: number, open: number[], mark: number, found: (readonly number[])[]): void {
    const component: number[] = [];
    for (;;) {
      const world = open.pop() as number;
      this.isOpen[world] = 0;
      component.push(world);
      if (world === root) break;
    }
    if (component.length > 1 || this.loops(root, mark)) found.push(component);
  }

  private loops(world: number, mark: number): boolean {
    const { first, to } = this.graph;
    if (this.mark[world] !== mark) return false;
    for (let edge = first.at(world); edge < first.at(world + 1); edge++) if (to.at(edge) === world) return true;
    return false;
  }
}
