import type { Interner } from '../kernel/intern.ts';
import { Table } from '../kernel/table.ts';
import type { Edge } from './topology.ts';

/** What the links between hosts are going through; directions are coded as `from × hosts + to`. */
export interface LinkState {
  /** Directions that nothing passes. */
  readonly cut: readonly number[];
  /** Connections that are broken, in both directions. */
  readonly down: readonly number[];
  /** Directions whose messages are held back. */
  readonly held: readonly number[];
}

/** All states of the links that occur, numbered; number 0 is the calm one. */
export class LinkStates {
  readonly table: Table;
  private readonly states: LinkState[] = [];
  private readonly blockedIn: Uint8Array[] = [];
  private readonly cutIn: Uint8Array[] = [];
  private readonly downIn: Uint8Array[] = [];
  private readonly count: number;
  readonly edges: readonly Edge[];
  private readonly linkedPairs: Uint8Array;

  constructor(interner: Interner, hosts: number, edges: readonly Edge[]) {
    this.table = new Table(interner);
    this.count = hosts;
    this.edges = edges;
    this.linkedPairs = new Uint8Array(hosts * hosts);
    for (const [a, b] of edges) {
      this.linkedPairs[this.code(a, b)] = 1;
      this.linkedPairs[this.code(b, a)] = 1;
    }
    this.of({ cut: [], down: [], held: [] });
  }

  code(from: number, to: number): number {
    return from * this.count + to;
  }

  state(links: number): LinkState {
    return this.states[links] as LinkState;
  }

  linked(a: number, b: number): boolean {
    return this.linkedPairs[this.code(a, b)] === 1;
  }

  /** Nothing in flight in this direction can be delivered now. */
  isBlocked(links: number, from: number, to: number): boolean {
    return links !== 0 && (this.blockedIn[links] as Uint8Array)[this.code(from, to)] === 1;
  }

  isCut(links: number, from: number, to: number): boolean {
    return links !== 0 && (this.cutIn[links] as Uint8Array)[this.code(from, to)] === 1;
  }

  isDown(links: number, a: number, b: number): boolean {
    return links !== 0 && (this.downIn[links] as Uint8Array)[this.code(a, b)] === 1;
  }

  with(links: number, change: Partial<LinkState>): number {
    return this.of({ ...this.state(links), ...change });
  }

  private of(state: LinkState): number {
    const tidy = (codes: readonly number[]): number[] => [...new Set(codes)].sort((a, b) => a - b);
    const kept: LinkState = { cut: tidy(state.cut), down: tidy(state.down), held: tidy(state.held) };
    const size = this.table.size;
    const links = this.table.of({ ...kept });
    if (links === size) {
      const bits = (codes: readonly number[]): Uint8Array => {
        const set = new Uint8Array(this.count * this.count);
        for (const code of codes) set[code] = 1;
        return set;
      };
      this.states[links] = kept;
      this.cutIn[links] = bits(kept.cut);
      this.downIn[links] = bits(kept.down);
      this.blockedIn[links] = bits([...kept.cut, ...kept.held]);
    }
    return links;
  }
}
