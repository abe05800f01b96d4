import type { Read } from './reader.ts';

/** What is known after some reads: the verdict, or the slot that is read next. */
type Node = boolean | { readonly slot: number; readonly near: (Node | undefined)[]; readonly far: Map<number, Node> };

/** Values below this number are looked up by position; there are many of them, and a map takes five times as long. */
const listed = 1024;

const childOf = ({ near, far }: Exclude<Node, boolean>, value: number): Node | undefined => (value < listed ? near[value] : far.get(value));

/** So many nodes at most; then everything is forgotten, so that a property that reads much does not eat the memory. */
const limit = 1_000_000;

/**
 * A predicate over slots that is evaluated once for each combination of the slots that it really read: a decision tree of
 * its reads. What it reads first never varies; what it reads next follows from what it has read. A walk down the tree
 * takes some 20 ns a read, where the predicate itself takes microseconds. The reads also tell partial-order reduction
 * which steps a property can see.
 */
export class Remembered {
  /** Slots that were ever read. */
  readonly reads = new Set<number>();
  private root: Node | undefined;
  private nodes = 0;
  private readonly predicate: (read: Read) => boolean;

  constructor(predicate: (read: Read) => boolean) {
    this.predicate = predicate;
  }

  evaluate(read: Read): boolean {
    let node = this.root;
    while (typeof node === 'object') node = childOf(node, read(node.slot));
    return node ?? this.learn(read);
  }

  /** The same over a row itself. */
  evaluateRow(row: Int32Array): boolean {
    let node = this.root;
    while (typeof node === 'object') node = childOf(node, row[node.slot] as number);
    return node ?? this.learn((slot) => row[slot] as number);
  }

  private learn(read: Read): boolean {
    const path = new Map<number, number>();
    const verdict = this.predicate((slot) => {
      let value = path.get(slot);
      if (value === undefined) {
        value = read(slot);
        path.set(slot, value);
        this.reads.add(slot);
      }
      return value;
    });
    if (this.nodes + path.size > limit) {
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
    for (const [slot, value] of path) {
      let node: Node | undefined = parent === null ? this.root : childOf(parent, key);
      if (typeof node !== 'object') {
        node = { slot, near: [], far: new Map() };
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
