import type { Images } from './bearers.ts';
import type { Permuting } from './permuting.ts';

/** So many ways to call the hosts of a row by each other's names are compared at most. */
const mostWays = 720;

/**
 * One row for all that differ only in what interchangeable hosts are called. The hosts of a group are put in the order of
 * how they look; where some look alike and yet are not, every way to order them is tried, and the least row taken. Above a
 * bound on these ways the row stays one of its kind, and is only not always the same one: that saves less, and hides nothing.
 */
export class Representative {
  readonly permuting: Permuting;
  /** The row that {@link of} wrote last. */
  readonly row: Int32Array;
  /** For how many rows the one stands that {@link of} wrote last; 0 where that is not known. */
  orbit = 0;
  private readonly all: number;
  /** How many of the ways that were tried lead to the least row. */
  private ways = 0;
  private readonly other: Int32Array;
  private readonly order: number[][];
  private readonly images: Images;

  constructor(permuting: Permuting, width: number) {
    this.permuting = permuting;
    this.row = new Int32Array(width);
    this.other = new Int32Array(width);
    this.order = permuting.groups.map((group) => [...group]);
    this.images = permuting.identity();
    this.all = permuting.groups.reduce((all, group) => all * factorial(group.length), 1);
  }

  /** Writes the representative of a row to {@link row}. */
  of(row: Int32Array): Int32Array {
    const { permuting, images } = this;
    const { groups } = permuting;
    const looks = permuting.looks(row);
    const open: { readonly group: number; readonly from: number; readonly to: number }[] = [];
    let alike = 1;
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g] as readonly number[];
      const order = this.order[g] as number[];
      for (let i = 0; i < group.length; i++) order[i] = group[i] as number;
      order.sort((a, b) => (looks[a] as number) - (looks[b] as number) || a - b);
      for (let i = 0; i < group.length; i++) images[order[i] as number] = group[i] as number;
      // Runs of hosts that look alike; those that are alike need no second look.
      for (let from = 0; from < order.length; ) {
        let to = from + 1;
        let isAlike = true;
        for (; to < order.length && looks[order[to] as number] === looks[order[from] as number]; to++)
          isAlike &&= permuting.areAlike(row, order[to - 1] as number, order[to] as number);
        if (isAlike) alike *= factorial(to - from);
        else open.push({ group: g, from, to });
        from = to;
      }
    }
    permuting.permute(row, images, this.row);
    this.ways = 1;
    if (open.length > 0) {
      this.ways = 0;
      if (open.reduce((ways, { from, to }) => ways * factorial(to - from), 1) <= mostWays) this.least(row, open, 0);
    }
    this.orbit = this.ways === 0 ? 0 : this.all / (alike * this.ways);
    return this.row;
  }

  private least(row: Int32Array, open: readonly { readonly group: number; readonly from: number; readonly to: number }[], at: number): void {
    const run = open[at];
    if (run === undefined) {
      this.permuting.permute(row, this.images, this.other);
      const order = compared(this.other, this.row);
      if (order < 0) {
        this.row.set(this.other);
        this.ways = 0;
      }
      if (order <= 0) this.ways++;
      return;
    }
    const hosts = (this.order[run.group] as number[]).slice(run.from, run.to);
    const names = (this.permuting.groups[run.group] as readonly number[]).slice(run.from, run.to);
    for (const ordered of orders(hosts)) {
      ordered.forEach((host, i) => {
        this.images[host] = names[i] as number;
      });
      this.least(row, open, at + 1);
    }
  }
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

function* orders(items: readonly number[]): Generator<readonly number[]> {
  if (items.length <= 1) yield items;
  else for (const [at, first] of items.entries()) for (const rest of orders(items.filter((_, other) => other !== at))) yield [first, ...rest];
}

const compared = (a: Int32Array, b: Int32Array): number => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return 0;
};
