/** An edge of a graph whose nodes are numbers. */
interface Edge {
  readonly from: number;
  readonly to: number;
}

/** A shortest cycle of a graph, as its edges; null where there is none. */
export const shortestCycle = <E extends Edge>(nodes: number, edges: readonly E[]): readonly E[] | null => {
  const outgoing: E[][] = Array.from({ length: nodes }, () => []);
  for (const edge of edges) (outgoing[edge.from] as E[]).push(edge);
  // Whatever lies on no cycle is peeled off first, so a graph without one costs its edges alone.
  const incoming = new Int32Array(nodes);
  for (const { to } of edges) incoming[to] = (incoming[to] as number) + 1;
  const free = Array.from({ length: nodes }, (_, node) => node).filter((node) => incoming[node] === 0);
  for (const node of free)
    for (const { to } of outgoing[node] as E[]) {
      incoming[to] = (incoming[to] as number) - 1;
      if (incoming[to] === 0) free.push(to);
    }
  let best: readonly E[] | null = null;
  for (let start = 0; start < nodes; start++) {
    if (incoming[start] === 0) continue;
    const by = new Map<number, E>();
    const queue = [start];
    let back: E | null = null;
    for (let head = 0; head < queue.length && back === null; head++)
      for (const edge of outgoing[queue[head] as number] as E[]) {
        if (edge.to === start) {
          back = edge;
          break;
        }
        if (by.has(edge.to)) continue;
        by.set(edge.to, edge);
        queue.push(edge.to);
      }
    if (back === null) continue;
    const cycle = [back];
    for (let at = back.from; at !== start; at = (by.get(at) as E).from) cycle.unshift(by.get(at) as E);
    if (best === null || cycle.length < best.length) best = cycle;
    if (best.length <= 2) break;
  }
  return best;
};
