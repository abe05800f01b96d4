import { type Random, ratio } from '../../model/kernel/random.ts';
import type { FaultName } from '../../model/network/fault.ts';
import type { RoleChange } from '../../model/live/software.ts';
import { clockRates } from '../../model/world/faults.ts';
import type { Cast } from './cast.ts';
import type { Commands } from './commands.ts';
import { type Hear, LinkFaults } from './link-faults.ts';
import { Software } from './software.ts';
import type { Troupe } from './troupe.ts';

/** A fault as it is done to processes. Whether it can be done now, and how; it tells what it did. */
interface Doing {
  readonly isPossible: () => boolean;
  /** Does it. False where there turned out to be nothing that it could have been done to. */
  readonly perform: () => Promise<boolean>;
}

const changeWords: Readonly<Record<RoleChange, string>> = {
  stopRole: 'is stopped',
  startRole: 'is started again',
  uninstall: 'is removed, with what it has stored',
  install: 'is installed',
};

/** The faults of a scenario, done to processes within its budgets, and undone again. */
export class LiveFaults {
  /** What struck, in order. */
  readonly told: string[] = [];
  private readonly troupe: Troupe;
  private readonly random: Random;
  private readonly hear: Hear;
  private readonly left: Map<FaultName, number>;
  private readonly commands: Commands;
  private readonly isTimed: boolean;
  private readonly links: LinkFaults;
  private readonly software: Software;
  private readonly doings: Readonly<Partial<Record<FaultName, Doing>>> = {
    join: { isPossible: () => this.troupe.off.length > 0 && !this.links.isCut, perform: () => this.join() },
    crash: { isPossible: () => this.mayEnd(), perform: () => this.end('crash') },
    leave: { isPossible: () => this.mayEnd(), perform: () => this.end('leave') },
    pause: { isPossible: () => true, perform: () => this.pause() },
    drop: { isPossible: () => true, perform: () => this.spoil('drop') },
    duplicate: { isPossible: () => true, perform: () => this.spoil('duplicate') },
    partition: { isPossible: () => this.links.mayCut, perform: () => this.links.partition(false) },
    oneWayPartition: { isPossible: () => this.links.mayCut, perform: () => this.links.partition(true) },
    break: { isPossible: () => this.links.mayCut, perform: () => this.links.breakOne() },
    hold: { isPossible: () => this.links.mayHold, perform: () => this.links.hold() },
    stopRole: this.changing('stopRole'),
    startRole: this.changing('startRole'),
    install: this.changing('install'),
    uninstall: this.changing('uninstall'),
    corrupt: { isPossible: () => true, perform: () => this.corrupt() },
    skew: { isPossible: () => this.isTimed, perform: () => this.skew() },
    crashDuringStep: { isPossible: () => this.mayEnd(), perform: () => this.crashDuringStep() },
  };

  constructor({ scenario, roles, random }: Cast, troupe: Troupe, commands: Commands, hear: Hear) {
    this.troupe = troupe;
    this.commands = commands;
    this.random = random;
    this.hear = hear;
    this.isTimed = scenario.timed !== undefined;
    this.software = new Software(roles, troupe);
    this.left = new Map(Object.entries(scenario.faults ?? {}) as [FaultName, number][]);
    this.links = new LinkFaults(scenario, troupe, random, { tell: (fault, words) => this.tell(fault, words), hear });
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
    const isDone = await perform();
    if (isDone) this.left.set(fault, this.budget(fault) - 1);
    return isDone;
  }

  /** A host that crashed starts again. */
  async restart(): Promise<void> {
    const host = this.troupe.crashed.shift() as string;
    this.hear(`${host} restarts`);
    await this.troupe.boot(host, 'restart');
  }

  /** Repairs and releases what is due; in the quiet part, and at the end, at once. */
  undo(isQuiet: boolean): Promise<void> {
    return this.links.undo(isQuiet);
  }

  private budget(fault: FaultName): number {
    return this.left.get(fault) ?? 0;
  }

  private mayEnd(): boolean {
    return this.troupe.up.length > 1 && !this.links.isCut;
  }

  private changing(change: RoleChange): Doing {
    return {
      isPossible: () => !this.links.isCut && this.software.ways(change).length > 0,
      perform: async () => {
        const way = this.random.pick(this.software.ways(change));
        this.tell(`${change} ${way.host}.${way.role}`, `${way.role} of ${way.host} ${changeWords[change]}`);
        await this.software.change(change, way);
        return true;
      },
    };
  }

  private async join(): Promise<boolean> {
    const host = this.troupe.off[0] as string;
    this.tell(`join ${host}`, `${host} joins`);
    await this.troupe.boot(host, 'join');
    return true;
  }

  private async end(type: 'crash' | 'leave'): Promise<boolean> {
    const host = this.random.pick(this.troupe.up);
    this.tell(`${type} ${host}`, `${host} ${type === 'crash' ? 'is killed' : 'leaves for good'}`);
    await this.troupe.end(host, type);
    return true;
  }

  /** The host is told to stop dead in a step; then its process is killed. */
  private async crashDuringStep(): Promise<boolean> {
    const host = this.random.pick(this.troupe.up);
    const { crashed, taken } = await this.troupe.child(host).crash(this.commands.allowed);
    this.commands.count(taken);
    if (!crashed) return false;
    this.tell(`crashDuringStep ${host}`, `${host} is killed in the middle of a step`);
    await this.troupe.end(host, 'crashDuringStep');
    return true;
  }

  private async corrupt(): Promise<boolean> {
    const host = this.random.pick(this.troupe.up);
    const damaged = await this.troupe.child(host).corrupt();
    if (damaged === null) return false;
    this.tell(`corrupt ${host}.${damaged}`, `${damaged} is damaged in the file of ${host}`);
    return true;
  }

  private async skew(): Promise<boolean> {
    const host = this.random.pick(this.troupe.up);
    const perMille = this.random.pick(clockRates);
    this.tell(`skew ${host}`, `the clock of ${host} runs at ${perMille} thousandths of its speed`);
    this.troupe.child(host).skew(perMille);
    return true;
  }

  private async pause(): Promise<boolean> {
    const host = this.random.pick(this.troupe.up);
    this.tell(`pause ${host}`, `${host} pauses`);
    this.troupe.child(host).pause(100);
    return true;
  }

  private async spoil(how: 'drop' | 'duplicate'): Promise<boolean> {
    const host = this.random.pick(this.troupe.up);
    this.tell(`${how} ${host}`, `${host} ${how === 'drop' ? 'loses the next datagram that it sends' : 'sends its next datagram twice'}`);
    if (how === 'drop') this.troupe.child(host).lose();
    else this.troupe.child(host).double();
    return true;
  }

  private tell(fault: string, words: string): void {
    this.told.push(fault);
    this.hear(words);
  }
}
