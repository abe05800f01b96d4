import type { Child } from './child.ts';

type Pair = readonly [string, string];

/** What the driver does to the connections between live hosts, and undoes again. */
export class LiveLinks {
  private readonly childOf: (host: string) => Child | undefined;
  /** On connections a cut closes them; of datagrams nothing gets through. */
  private readonly isConnection: boolean;
  private cutPairs: readonly Pair[] = [];
  private held: Pair | null = null;

  constructor(childOf: (host: string) => Child | undefined, isConnection: boolean) {
    this.childOf = childOf;
    this.isConnection = isConnection;
  }

  /** Nothing starts, ends or breaks while links are cut, so that all of them come back together, as in the model. */
  get isCut(): boolean {
    return this.cutPairs.length > 0;
  }

  get isHeld(): boolean {
    return this.held !== null;
  }

  /** Cuts these, while their hosts wait; one way only what the first of each pair sends, which closes a connection all the same. */
  async cut(pairs: readonly Pair[], oneWay = false): Promise<void> {
    this.cutPairs = pairs;
    if (this.isConnection) {
      const hosts = [...new Set(pairs.flat())];
      await Promise.all(hosts.map((host) => this.child(host).wait()));
      for (const [a, b] of pairs) await Promise.all([this.child(a).cut([b]), this.child(b).cut([a])]);
      for (const host of hosts) this.child(host).goOn();
      return;
    }
    for (const host of new Set(pairs.flat())) {
      const muted = pairs.flatMap(([a, b]) => (a === host ? [b] : b === host && !oneWay ? [a] : []));
      this.child(host).mute(muted);
    }
  }

  /** Heals all cuts while every host waits: in the model that is one step. */
  async repair(hosts: readonly string[]): Promise<void> {
    const pairs = this.cutPairs;
    this.cutPairs = [];
    if (!this.isConnection) {
      for (const host of new Set(pairs.flat())) this.child(host).mute([]);
      return;
    }
    await Promise.all(hosts.map((host) => this.child(host).wait()));
    for (const [a, b] of pairs) await this.child(a).mend({ [b]: this.child(b).port });
    for (const host of hosts) this.child(host).goOn();
  }

  /** Keeps back what one sends to another. */
  hold(pair: Pair): void {
    this.held = pair;
    this.child(pair[0]).hold(pair[1], true);
  }

  release(): void {
    const [from, to] = this.held as Pair;
    this.held = null;
    // A host that has ended since kept back nothing.
    this.childOf(from)?.hold(to, false);
  }

  private child(host: string): Child {
    return this.childOf(host) as Child;
  }
}
