import type { Dependency, Edge, Graph } from './graph.ts';

/** The kinds of cycles, the gravest first (Adya 1999; Kingsbury and Alvaro, *Elle*, 2020). */
export type CycleKind = 'G0' | 'G1c' | 'G-single' | 'G-nonadjacent' | 'G2';

/** A cycle of dependencies: the last leads back to where the first begins. */
export interface Cycle {
  readonly kind: CycleKind;
  /** Whether it needs that one transaction ended before another began. */
  readonly realTime: boolean;
  readonly edges: readonly Edge[];
}

/** How far a walk has got: how many rw it has taken (0, 1, or 2 and more), and whether the last was one. */
interface Walk {
  readonly at: number;
  readonly rws: 0 | 1 | 2;
  readonly last: boolean;
}

interface Wanted {
  readonly kind: CycleKind;
  readonly types: readonly Dependency[];
  /** Of this kind is the dependency with which a cycle begins. */
  readonly first: Dependency;
  /** rw dependencies that may not stand side by side. */
  readonly apart: boolean;
  /** How many rw it has: none, one, two or more. */
  readonly rws: 0 | 1 | 2;
}

const wanted: readonly Wanted[] = [
  { kind: 'G0', types: ['ww'], first: 'ww', apart: false, rws: 0 },
  { kind: 'G1c', types: ['ww', 'wr'], first: 'wr', apart: false, rws: 0 },
  { kind: 'G-single', types: ['ww', 'wr', 'rw'], first: 'rw', apart: false, rws: 1 },
  { kind: 'G-nonadjacent', types: ['ww', 'wr', 'rw'], first: 'rw', apart: true, rws: 2 },
  { kind: 'G2', types: ['ww', 'wr', 'rw'], first: 'rw', apart: false, rws: 2 },
];

/** The shortest cycle of a kind that begins with this dependency and stays in a component; null where there is none. */
const shortest = (
  graph: Graph,
  first: Edge,
  inside: ReadonlySet<number>,
  types: ReadonlySet<Dependency>,
  { apart, rws }: Wanted,
): readonly Edge[] | null => {
  const isRw = (edge: Edge): boolean => edge.type === 'rw';
  const start: Walk = { at: first.to, rws: isRw(first) ? 1 : 0, last: isRw(first) };
  const queue: { readonly walk: Walk; readonly edge: Edge; readonly before: number }[] = [{ walk: start, edge: first, before: -1 }];
  const keyOf = ({ at, rws: count, last }: Walk): number => at * 6 + count * 2 + (apart && last ? 1 : 0);
  const seen = new Set([keyOf(start)]);
  for (let head = 0; head < queue.length; head++) {
    const { walk } = queue[head] as (typeof queue)[number];
    for (const edge of graph.from(walk.at)) {
      if (!inside.has(edge.to) || !types.has(edge.type)) continue;
      const count = Math.min(2, walk.rws + (isRw(edge) ? 1 : 0)) as Walk['rws'];
      if (count > rws || (apart && isRw(edge) && walk.last)) continue;
      const next: Walk = { at: edge.to, rws: count, last: isRw(edge) };
      if (edge.to === first.from && count === rws && !(apart && next.last && isRw(first))) {
        const path = [edge];
        for (let at = head; at >= 0; at = (queue[at] as (typeof queue)[number]).before) path.unshift((queue[at] as (typeof queue)[number]).edge);
        return path;
      }
      if (seen.has(keyOf(next))) continue;
      seen.add(keyOf(next));
      queue.push({ walk: next, edge, before: head });
    }
  }
  return null;
};

/** Between two looks at whether it should stop. */
const piece = 50;

/**
 * A shortest cycle of each kind in each component, so far as no graver kind is in it.
 * @param realTime also with the dependencies of strict serializability.
 * @returns null where it was stopped.
 */
export function* cyclesIn(graph: Graph, realTime: boolean, shouldStop: () => boolean = () => false): Generator<void, readonly Cycle[] | null> {
  const cycles: Cycle[] = [];
  /** Components in which a graver cycle was found. */
  const explained: (readonly number[])[] = [];
  for (const withRealTime of realTime ? [false, true] : [false])
    for (const kind of wanted) {
      const types = new Set<Dependency>(withRealTime ? [...kind.types, 'rt'] : kind.types);
      for (const component of graph.components(types)) {
        if (explained.some((known) => known.some((each) => component.includes(each)))) continue;
        const inside = new Set(component);
        // With real time, a cycle of the first kind may begin with an ending before a beginning.
        const firsts = withRealTime && kind.rws === 0 ? new Set<Dependency>([kind.first, 'rt']) : new Set([kind.first]);
        const beginnings = component.flatMap((from) => graph.from(from).filter(({ type, to }) => firsts.has(type) && inside.has(to)));
        let best: readonly Edge[] | null = null;
        for (const [at, first] of beginnings.entries()) {
          if (at % piece === 0) {
            yield;
            if (shouldStop()) return null;
          }
          const found = shortest(graph, first, inside, types, kind);
          if (found !== null && (best === null || found.length < best.length)) best = found;
        }
        if (best === null) continue;
        cycles.push({ kind: kind.kind, realTime: best.some(({ type }) => type === 'rt'), edges: best });
        explained.push(component);
      }
    }
  return cycles;
}
