import type { HostName } from '../role/effect.ts';
import type { Random } from '../kernel/random.ts';

/** A pair of hosts that are linked; the lesser index first. */
export type Edge = readonly [number, number];

/** Which hosts are linked. Random runs draw among topologies; a trace records the edges that were drawn. */
export interface Topology {
  readonly name: string;
  /** The edges between hosts 0 to n − 1, sorted. `random` is drawn from only by random topologies. */
  edges(hosts: readonly HostName[], random: Random): readonly Edge[];
  /** The host that every link passes through, where there is one; the links are up only while it is. */
  readonly through?: HostName;
}

const sorted = (edges: readonly Edge[]): readonly Edge[] => [...edges].sort(([a, b], [c, d]) => a - c || b - d);

const pairs = (indices: readonly number[]): Edge[] => indices.flatMap((a, position) => indices.slice(position + 1).map((b): Edge => [a, b]));

/** Every host is linked to every other. */
export const mesh = (): Topology => ({ name: 'mesh', edges: (hosts) => pairs(hosts.map((_, index) => index)) });

/** Every host is linked to every other through one host, a switch; when it is down, no link is up. */
export const star = (switchHost: HostName): Topology => ({
  name: `star over ${switchHost}`,
  through: switchHost,
  edges: (hosts) => pairs(hosts.flatMap((host, index) => (host === switchHost ? [] : [index]))),
});

/** Each host is linked to the next. */
export const line = (): Topology => ({ name: 'line', edges: (hosts) => hosts.slice(1).map((_, index): Edge => [index, index + 1]) });

/** The edges by host name. */
export const given = (...links: readonly (readonly [HostName, HostName])[]): Topology => ({
  name: 'given',
  edges: (hosts) =>
    sorted(
      links.flatMap(([a, b]): Edge[] => {
        const [i, j] = [hosts.indexOf(a), hosts.indexOf(b)];
        return i < 0 || j < 0 || i === j ? [] : [i < j ? [i, j] : [j, i]];
      }),
    ),
});

/**
 * A connected random graph in which hosts have `degree` links, or one more: a ring, so that it is connected, and random
 * matchings on top of it (after Steger and Wormald 1999, without their uniformity, which no property here rests on).
 */
export const randomRegular = (degree: number): Topology => ({
  name: `random regular of degree ${degree}`,
  edges: (hosts, random) => {
    const n = hosts.length;
    const order = random.shuffled(hosts.map((_, index) => index));
    const edges = new Map<number, Edge>();
    const degrees = new Array<number>(n).fill(0);
    const link = (a: number, b: number): void => {
      const edge: Edge = a < b ? [a, b] : [b, a];
      const key = edge[0] * n + edge[1];
      if (a === b || edges.has(key)) return;
      edges.set(key, edge);
      degrees[a] = (degrees[a] ?? 0) + 1;
      degrees[b] = (degrees[b] ?? 0) + 1;
    };
    order.forEach((host, position) => {
      link(host, order[(position + 1) % n] ?? host);
    });
    for (const [a, b] of random.shuffled(pairs(order))) if ((degrees[a] ?? 0) < degree && (degrees[b] ?? 0) < degree) link(a, b);
    return sorted([...edges.values()]);
  },
});

/** The hosts that are linked with one another over any number of links: for each host, the least index among them. */
export const componentsOf = (hosts: number, edges: readonly Edge[]): readonly number[] => {
  const least = Array.from({ length: hosts }, (_, index) => index);
  const rootOf = (host: number): number => (least[host] === host ? host : rootOf(least[host] as number));
  for (const [a, b] of edges) {
    const [i, j] = [rootOf(a), rootOf(b)];
    least[Math.max(i, j)] = Math.min(i, j);
  }
  return least.map((_, host) => rootOf(host));
};

/** Whether no host is cut off from the others. */
export const isWhole = (hosts: number, edges: readonly Edge[]): boolean => componentsOf(hosts, edges).every((least) => least === 0);
