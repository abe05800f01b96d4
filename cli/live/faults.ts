import { type Random, ratio } from '../../model/kernel/random.ts';
import type { FaultName } from '../../model/network/fault.ts';
import type { ScenarioType } from '../../model/protocol/scenario.ts';
import { LiveLinks } from './links.ts';
import type { Troupe } from './troupe.ts';

/** What the driver tells while it runs: `cas joins`, `ben is killed`. */
export type Hear = (words: string) => void;

/** A fault as it is done to processes. Whether it can be done now, and how; it tells what it did. */
interface Doing {
  readonly isPossible: () => boolean;
  readonly perform: () => Promise<void> | void;
}

/** What is cut or held back stays so for at least this long, and at most three times as long. */
const lastingMs = 120;

/** The faults of a scenario, done to processes within its budgets, and undone again. */
export class LiveFaults {
  /** What struck, in order. */
  readonly told: string[] = [];
  private readonly troupe: Troupe;
  private readonly random: Random;
  private readonly hear: Hear;
  private readonly left: Map<FaultName, number>;
  private readonly links: LiveLinks;
  private repairAt = 0;
  private releaseAt = 0;
  private readonly doings: Readonly<Partial<Record<FaultName, Doing>>> = {
    join: { isPossible: () => this.troupe.off.length > 0 && !this.links.isCut, perform: () => this.join() },
    crash: { isPossible: () => this.mayEnd(), perform: () => this.end('crash') },
    leave: { isPossible: () => this.mayEnd(), perform: () => this.end('leave') },
    pause: { isPossible: () => true, perform: () => this.pause() },
    drop: { isPossible: () => true, perform: () => this.spoil('drop') },
    duplicate: { isPossible: () => true, perform: () => this.spoil('duplicate') },
    partition: { isPossible: () => this.mayCut(), perform: () => this.partition(false) },
    oneWayPartition: { isPossible: () => this.mayCut(), perform: () => this.partition(true) },
    break: { isPossible: () => this.mayCut(), perform: () => this.breakOne() },
    hold: { isPossible: () => this.troupe.links.length > 0 && !this.links.isHeld, perform: () => this.hold() },
  };

  constructor(scenario: ScenarioType, troupe: Troupe, random: Random, hear: Hear) {
    this.troupe = troupe;
    this.random = random;
    this.hear = hear;
    this.left = new Map(Object.entries(scenario.faults ?? {}) as [FaultName, number][]);
    this.links = new LiveLinks((host) => troupe.find(host), scenario.network.link === 'connection');
  }

  /** Faults that the scenario has, and that are not done live: what strikes in the middle of a step or inside a file. */
  get leftOut(): readonly FaultName[] {
    return [...this.left].filter(([fault, budget]) => budget > 0 && this.doings[fault] === undefined).map(([fault]) => fault);
  }

  /** Lets one of the faults strike that are left, or a host start again; false where none can now. */
  async strike(): Promise<boolean> {
    if (this.troupe.crashed.length > 0 && !this.links.isCut && this.random.chance(ratio(1, 2))) {
      await this.restart();
      return true;
    }
    const possible = (Object.entries(this.doings) as [FaultName, Doing][]).filter(
      ([fault, { isPossible }]) => this.budget(fault) > 0 && isPossible(),
    );
    if (possible.length === 0) return false;
    const [fault, { perform }] = this.random.pick(possible);
    this.left.set(fault, this.budget(fault) - 1);
    await perform();
    return true;
  }

  /** A host that crashed starts again. */
  async restart(): Promise<void> {
    const host = this.troupe.crashed.shift() as string;
    this.hear(`${host} restarts`);
    await this.troupe.boot(host, 'restart');
  }

  /** Repairs and releases what is due; in the quiet part, and at the end, at once. */
  async undo(isQuiet: boolean): Promise<void> {
    const now = performance.now();
    if (this.links.isCut && (isQuiet || now >= this.repairAt)) {
      this.hear('the network is repaired');
      await this.links.repair(this.troupe.up);
    }
    if (this.links.isHeld && (isQuiet || now >= this.releaseAt)) this.links.release();
  }

  private budget(fault: FaultName): number {
    return this.left.get(fault) ?? 0;
  }

  private mayEnd(): boolean {
    return this.troupe.up.length > 1 && !this.links.isCut;
  }

  private mayCut(): boolean {
    return this.troupe.links.length > 0 && !this.links.isCut;
  }

  private async join(): Promise<void> {
    const host = this.troupe.off[0] as string;
    this.tell(`join ${host}`, `${host} joins`);
    await this.troupe.boot(host, 'join');
  }

  private async end(type: 'crash' | 'leave'): Promise<void> {
    const host = this.random.pick(this.troupe.up);
    this.tell(`${type} ${host}`, `${host} ${type === 'crash' ? 'is killed' : 'leaves for good'}`);
    await this.troupe.end(host, type);
  }

  private pause(): void {
    const host = this.random.pick(this.troupe.up);
    this.tell(`pause ${host}`, `${host} pauses`);
    this.troupe.child(host).pause(100);
  }

  private spoil(how: 'drop' | 'duplicate'): void {
    const host = this.random.pick(this.troupe.up);
    this.tell(`${how} ${host}`, `${host} ${how === 'drop' ? 'loses the next datagram that it sends' : 'sends its next datagram twice'}`);
    if (how === 'drop') this.troupe.child(host).lose();
    else this.troupe.child(host).double();
  }

  private async breakOne(): Promise<void> {
    const [a, b] = this.random.pick(this.troupe.links);
    this.tell(`break ${a}-${b}`, `the connection of ${a} and ${b} breaks`);
    this.repairAt = this.laterMs();
    await this.links.cut([[a, b]]);
  }

  private async partition(oneWay: boolean): Promise<void> {
    const { up, links } = this.troupe;
    const some = up.filter(() => this.random.chance(ratio(1, 2)));
    const side = some.length === 0 || some.length === up.length ? [this.random.pick(up)] : some;
    const across = links
      .filter(([a, b]) => side.includes(a) !== side.includes(b))
      .map(([a, b]) => (side.includes(a) ? [a, b] : [b, a]) as [string, string]);
    if (across.length === 0) return;
    this.tell(`partition ${side.join(',')}`, `${side.join(', ')} cut off${oneWay ? ', in what they send' : ''}`);
    this.repairAt = this.laterMs();
    await this.links.cut(across, oneWay);
  }

  private hold(): void {
    const [a, b] = this.random.pick(this.troupe.links);
    const pair = this.random.chance(ratio(1, 2)) ? ([a, b] as const) : ([b, a] as const);
    this.tell(`hold ${pair.join('-')}`, `what ${pair[0]} sends to ${pair[1]} is held back`);
    this.releaseAt = this.laterMs();
    this.links.hold(pair);
  }

  private laterMs(): number {
    return performance.now() + lastingMs + this.random.below(2 * lastingMs);
  }

  private tell(fault: string, words: string): void {
    this.told.push(fault);
    this.hear(words);
  }
}
