import type { Facet } from './facet.ts';
import type { Read } from './reader.ts';

/** What is known after some reads: the verdict, or what is read next: a slot, or one facet of it. */
type Node = boolean | { readonly slot: number; readonly facet: Facet | null; readonly near: (Node | undefined)[]; readonly far: Map<number, Node> };

/** Values below this number are looked up by position; there are many of them, and a map takes five times as long. */
const listed = 1024;

/** What is read of a slot that holds a value. */
const seenOf = ({ facet }: Exclude<Node, boolean>, value: number): number => (facet === null ? value : facet.of(value));

/** More than any system has slots, before and after a step. */
const slots = 2 ** 20;

const childOf = ({ near, far }: Exclude<Node, boolean>, value: number): Node | undefined => (value < listed ? near[value] : far.get(value));

/** So many nodes at most; then everything is forgotten, so that a property that reads much does not eat the memory. */
const limit = 1_000_000;

/**
 * A predicate over slots that is evaluated once for each combination of what it really read, slots or facets of them: a decision
 * tree of its reads. What it reads first never varies; what it reads next follows from what it has read. A walk down the tree
 * takes some 20 ns a read, where the predicate itself takes microseconds. The reads also tell partial-order reduction
 * which steps a property can see.
 */
export class Remembered {
  /** Slots that were ever read. */
  readonly reads = new Set<number>();
  /** What was ever read: slots, and facets of them. */
  readonly looks: { readonly slot: number; readonly facet: Facet | null }[] = [];
  private readonly looked = new Set<number>();
  private root: Node | undefined;
  private nodes = 0;
  private readonly predicate: (read: Read) => boolean;
  private readonly learned: { looks: number };

  /** @param learned counts what comes to be read, of all predicates that share it. */
  constructor(predicate: (read: Read) => boolean, learned: { looks: number }) {
    this.predicate = predicate;
    this.learned = learned;
  }

  evaluate(read: (slot: number) => number): boolean {
    let node = this.root;
    while (typeof node === 'object') node = childOf(node, seenOf(node, read(node.slot)));
    return node ?? this.learn(read);
  }

  /** The same over a row itself. */
  evaluateRow(row: Int32Array): boolean {
    let node = this.root;
    while (typeof node === 'object') node = childOf(node, seenOf(node, row[node.slot] as number));
    return node ?? this.learn((slot) => row[slot] as number);
  }

  /** The verdict, where it follows from what stands in a row from some slot on; null where it does not, undefined where it never was asked. */
  evaluateFrom(row: Int32Array, first: number): boolean | null | undefined {
    let node = this.root;
    while (typeof node === 'object') {
      if (node.slot < first) return null;
      node = childOf(node, seenOf(node, row[node.slot] as number));
    }
    return node;
  }

  private learn(read: (slot: number) => number): boolean {
    const path: { readonly slot: number; readonly facet: Facet | null; readonly value: number }[] = [];
    const seen = new Map<number, number>();
    const verdict = this.predicate((slot, of) => {
      const facet = of ?? null;
      const key = facet === null ? slot : (facet.number + 1) * slots + slot;
      let value = seen.get(key);
      if (value === undefined) {
        value = facet === null ? read(slot) : facet.of(read(slot));
        seen.set(key, value);
        path.push({ slot, facet, value });
        this.reads.add(slot);
        if (!this.looked.has(key)) {
          this.looked.add(key);
          this.learned.looks++;
          this.looks.push({ slot, facet });
        }
      }
      return value;
    });
    if (this.nodes + path.length > limit) {
      this.root = undefined;
      this.nodes = 0;
    }
    let parent: Exclude<Node, boolean> | null = null;
    let key = 0;
    const put = (node: Node): void => {
      if (parent === null) this.root = node;
      else if (key < listed) parent.near[key] = node;
      else parent.far.set(key, node);
    };
    for (const { slot, facet, value } of path) {
      let node: Node | undefined = parent === null ? this.root : childOf(parent, key);
      if (typeof node !== 'object') {
        node = { slot, facet, near: [], far: new Map() };
        this.nodes++;
        put(node);
      }
      parent = node;
      key = value;
    }
    put(verdict);
    return verdict;
  }
}
