import type { Transaction } from './transaction.ts';

/**
 * Why one transaction comes before another (Adya 1999): it wrote the version before (ww), wrote what the other read (wr),
 * or read the version before the one that the other wrote (rw). In strict serializability also: it ended before the other
 * began (rt).
 */
export type Dependency = 'ww' | 'wr' | 'rw' | 'rt';

/** A dependency between two transactions, and why there is one: `T2 observed T1's append of 1 to x`. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly type: Dependency;
  readonly because: string;
}

/** Dependencies of transactions, by their numbers. Of each kind, one from one transaction to another is enough. */
export class Graph {
  readonly transactions: readonly Transaction[];
  private readonly outgoing: Edge[][];
  private readonly known = new Set<string>();

  constructor(transactions: readonly Transaction[]) {
    this.transactions = transactions;
    this.outgoing = transactions.map(() => []);
  }

  add(from: number, to: number, type: Dependency, because: () => string): void {
    const key = `${from} ${to} ${type}`;
    if (from === to || this.known.has(key)) return;
    this.known.add(key);
    (this.outgoing[from] as Edge[]).push({ from, to, type, because: because() });
  }

  from(transaction: number): readonly Edge[] {
    return this.outgoing[transaction] as Edge[];
  }

  /** A transaction that ended before another began comes first; those that follow from others are left out. */
  addRealTime(line: (position: number) => string): void {
    const positions = this.transactions.flatMap(({ operation: { begins, ends }, fate }, number) =>
      fate === 'aborted' ? [] : [{ at: begins, number, ends: false }, ...(Number.isFinite(ends) ? [{ at: ends, number, ends: true }] : [])],
    );
    positions.sort((a, b) => a.at - b.at);
    let last: readonly number[] = [];
    const before: (readonly number[])[] = [];
    for (const { number, ends } of positions) {
      if (ends) {
        const covered = new Set(before[number]);
        last = [...last.filter((each) => !covered.has(each)), number];
        continue;
      }
      before[number] = last;
      for (const each of last) {
        const [one, other] = [this.transactions[each] as Transaction, this.transactions[number] as Transaction];
        this.add(
          each,
          number,
          'rt',
          () => `${one.name} ended (${line(one.operation.ends)}) before ${other.name} began (${line(other.operation.begins)})`,
        );
      }
    }
  }

  /** Strongly connected components of more than one transaction, over dependencies of some kinds (Tarjan 1972, without recursion). */
  components(types: ReadonlySet<Dependency>): readonly (readonly number[])[] {
    const found: number[][] = [];
    const index = new Int32Array(this.transactions.length).fill(-1);
    const low = new Int32Array(this.transactions.length);
    const onStack = new Uint8Array(this.transactions.length);
    const stack: number[] = [];
    let next = 0;
    for (let root = 0; root < this.transactions.length; root++) {
      if (index[root] !== -1) continue;
      const open = [{ at: root, edge: 0 }];
      while (open.length > 0) {
        const frame = open.at(-1) as { at: number; edge: number };
        const { at } = frame;
        if (frame.edge === 0) {
          index[at] = low[at] = next++;
          stack.push(at);
          onStack[at] = 1;
        }
        const edge = this.from(at)[frame.edge++];
        if (edge !== undefined) {
          if (!types.has(edge.type)) continue;
          if (index[edge.to] === -1) open.push({ at: edge.to, edge: 0 });
          else if (onStack[edge.to] === 1) low[at] = Math.min(low[at] as number, index[edge.to] as number);
          continue;
        }
        open.pop();
        const above = open.at(-1);
        if (above !== undefined) low[above.at] = Math.min(low[above.at] as number, low[at] as number);
        if (low[at] !== index[at]) continue;
        const component = stack.splice(stack.indexOf(at));
        for (const each of component) onStack[each] = 0;
        if (component.length > 1) found.push(component.sort((a, b) => a - b));
      }
    }
    return found;
  }
}
