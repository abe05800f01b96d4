import { type Random, ratio } from '../../model/kernel/random.ts';
import type { ScenarioType } from '../../model/protocol/scenario.ts';
import { LiveLinks } from './links.ts';
import type { Troupe } from './troupe.ts';

/** What the driver tells while it runs: `cas joins`, `ben is killed`. */
export type Hear = (words: string) => void;

/** What is cut or held back stays so for at least this long, and at most three times as long. */
const lastingMs = 120;

/** The faults of the network between live hosts, and when they are undone. */
export class LinkFaults {
  private readonly troupe: Troupe;
  private readonly random: Random;
  private readonly told: { readonly tell: (fault: string, words: string) => void; readonly hear: Hear };
  private readonly links: LiveLinks;
  private repairAt = 0;
  private releaseAt = 0;

  constructor({ network }: ScenarioType, troupe: Troupe, random: Random, told: LinkFaults['told']) {
    this.troupe = troupe;
    this.random = random;
    this.told = told;
    this.links = new LiveLinks((host) => troupe.find(host), network.link === 'connection');
  }

  get isCut(): boolean {
    return this.links.isCut;
  }

  get mayCut(): boolean {
    return this.troupe.links.length > 0 && !this.links.isCut;
  }

  get mayHold(): boolean {
    return this.troupe.links.length > 0 && !this.links.isHeld;
  }

  /** Repairs and releases what is due; in the quiet part, and at the end, at once. */
  async undo(isQuiet: boolean): Promise<void> {
    const now = performance.now();
    if (this.links.isCut && (isQuiet || now >= this.repairAt)) {
      this.told.hear('the network is repaired');
      await this.links.repair(this.troupe.up);
    }
    if (this.links.isHeld && (isQuiet || now >= this.releaseAt)) this.links.release();
  }

  async breakOne(): Promise<boolean> {
    const [a, b] = this.random.pick(this.troupe.links);
    this.told.tell(`break ${a}-${b}`, `the connection of ${a} and ${b} breaks`);
    this.repairAt = this.laterMs();
    await this.links.cut([[a, b]]);
    return true;
  }

  async partition(oneWay: boolean): Promise<boolean> {
    const { up, links } = this.troupe;
    const some = up.filter(() => this.random.chance(ratio(1, 2)));
    const side = some.length === 0 || some.length === up.length ? [this.random.pick(up)] : some;
    const across = links
      .filter(([a, b]) => side.includes(a) !== side.includes(b))
      .map(([a, b]) => (side.includes(a) ? [a, b] : [b, a]) as [string, string]);
    if (across.length === 0) return false;
    this.told.tell(`partition ${side.join(',')}`, `${side.join(', ')} cut off${oneWay ? ', in what they send' : ''}`);
    this.repairAt = this.laterMs();
    await this.links.cut(across, oneWay);
    return true;
  }

  async hold(): Promise<boolean> {
    const [a, b] = this.random.pick(this.troupe.links);
    const pair = this.random.chance(ratio(1, 2)) ? ([a, b] as const) : ([b, a] as const);
    this.told.tell(`hold ${pair.join('-')}`, `what ${pair[0]} sends to ${pair[1]} is held back`);
    this.releaseAt = this.laterMs();
    this.links.hold(pair);
    return true;
  }

  private laterMs(): number {
    return performance.now() + lastingMs + this.random.below(2 * lastingMs);
  }
}
