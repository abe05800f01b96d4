import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RolecallError } from '../../model/kernel/errors.ts';
import { Random, ratio } from '../../model/kernel/random.ts';
import { ticked } from '../../model/live/clock.ts';
import type { Log, LogHead } from '../../model/live/log.ts';
import { mergedLines } from '../../model/live/merge.ts';
import type { FaultName } from '../../model/network/fault.ts';
import { scenarioOf } from '../../model/property/arena.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { ScenarioType } from '../../model/protocol/scenario.ts';
import { type Setting, settingOf } from '../../model/world/system.ts';
import { Child } from './child.ts';
import { leftOut, type Performed, performed, toOne } from './faults.ts';
import { HostFiles } from './host-files.ts';
import { LiveLinks } from './links.ts';

export interface LiveOptions {
  readonly scenario: string;
  readonly mutant: string | null;
  readonly seed: number;
  readonly timeMs: number;
  readonly speed: number;
}

/** What the driver tells while it runs: `cas joins`, `ben is killed`. */
export type Hear = (words: string) => void;

export interface LiveRun {
  readonly log: Log;
  readonly faults: readonly string[];
  readonly commands: number;
  /** A role that threw. */
  readonly threw: string | null;
  /** A host process that ended though nobody ended it. */
  readonly died: string | null;
  /** Faults that the scenario has, and that are not done live. */
  readonly leftOut: readonly FaultName[];
  readonly interrupted: boolean;
}

/** Commands, faults and pauses follow each other after so long. */
const betweenMs = { least: 5, most: 40 };

/** In the last part of a run nothing new is asked, so that what is under way may end. */
const quietPart = ratio(1, 4);

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs a scenario live: forks a process for each host, gives the commands and lets the faults strike that the scenario has
 * budgets for, and gathers what the hosts wrote down. Which ones is decided by the seed; what happens then is not, because
 * the processes run as the machine lets them.
 */
class Driver {
  private readonly setting: Setting;
  private readonly scenario: ScenarioType;
  private readonly random: Random;
  private readonly head: LogHead;
  private readonly options: LiveOptions;
  private readonly folder: string;
  private readonly hear: Hear;
  private readonly token = randomBytes(16).toString('hex');
  private readonly children = new Map<string, Child>();
  private readonly budgets: Map<string, number>;
  private readonly faultsLeft: Map<FaultName, number>;
  private readonly faults: string[] = [];
  private readonly crashed: string[] = [];
  private readonly ended = new Set<string>();
  private commands = 0;
  private threw: string | null = null;
  private died: string | null = null;
  private repairAt = 0;
  private releaseAt = 0;
  private readonly links: LiveLinks;

  constructor(protocol: Protocol, options: LiveOptions, folder: string, hear: Hear) {
    this.options = options;
    this.folder = folder;
    this.hear = hear;
    this.scenario = scenarioOf(protocol, options.scenario);
    this.random = new Random(options.seed);
    const { size, commands, faults } = this.scenario;
    const count = size === undefined ? 0 : size.least + this.random.below(size.most - size.least + 1);
    this.setting = settingOf(this.scenario, count, this.random);
    if (this.setting.through !== undefined)
      throw new RolecallError({
        code: 'LIVE_SWITCH',
        message: `in ${options.scenario} all links pass through ${this.setting.through}, and sockets on loopback do not`,
        place: protocol.id,
        advice: 'Choose a scenario without a switch; `rolecall list` names them.',
      });
    const names = this.setting.hosts.map(({ name }) => name);
    this.head = {
      rolecallLive: 1,
      protocol: protocol.id,
      scenario: options.scenario,
      mutant: options.mutant,
      seed: options.seed,
      hosts: names,
      links: this.setting.edges.map(([a, b]) => [names[a] as string, names[b] as string]),
    };
    this.budgets = new Map(
      Object.entries(commands ?? {}).flatMap(([role, each]) =>
        Object.entries(each).map(([command, left]): [string, number] => [`${role}.${command}`, left]),
      ),
    );
    this.faultsLeft = new Map(Object.entries(faults ?? {}) as [FaultName, number][]);
    this.links = new LiveLinks((host) => this.children.get(host), this.scenario.network.link === 'connection');
  }

  async run(stopped: () => boolean): Promise<LiveRun> {
    try {
      await this.startAll();
      const endAt = performance.now() + this.options.timeMs;
      const quietAt = endAt - (this.options.timeMs * quietPart.of) / quietPart.outOf;
      while (performance.now() < endAt && !stopped() && this.threw === null && !this.hasDied()) {
        const isQuiet = performance.now() > quietAt;
        await this.undo(isQuiet);
        if (isQuiet && this.crashed.length > 0) await this.boot(this.crashed.shift() as string, 'restart');
        else if (!isQuiet) await this.act();
        await sleep(betweenMs.least + this.random.below(betweenMs.most - betweenMs.least));
      }
      for (const child of this.children.values()) await child.stop();
    } catch (error) {
      // Whoever waits for a host that has just died is told of it; what all wrote down until then is kept.
      if (!this.hasDied()) throw error;
    } finally {
      for (const child of this.children.values()) await child.kill();
    }
    if (this.died !== null) this.note(this.died, 'crash');
    const lines = new Map(
      this.head.hosts.map((host) => {
        const files = new HostFiles(this.folder, host);
        files.mend();
        return [host, files.lines()] as const;
      }),
    );
    const log = { head: this.head, lines: mergedLines(lines) };
    const { faults, commands, threw, scenario } = this;
    return {
      log,
      faults,
      commands,
      threw,
      interrupted: stopped(),
      died: this.died === null ? null : `${this.died} ended ${this.childOf(this.died).died}`,
      leftOut: leftOut(scenario),
    };
  }

  private hasDied(): boolean {
    for (const [host, child] of this.children) if (child.died !== null) this.died = host;
    return this.died !== null;
  }

  private linked(host: string): readonly string[] {
    return this.head.links.flatMap(([a, b]) => (a === host ? [b] : b === host ? [a] : []));
  }

  private async fork(host: string, how: 'start' | 'join' | 'restart'): Promise<Child> {
    const child = new Child(host, (error) => {
      this.threw ??= `${host}: ${error}`;
    });
    this.children.set(host, child);
    const { head, folder, token } = this;
    await child.begin({ head, host, seed: this.random.fork(), folder, speed: this.options.speed, token, how });
    return child;
  }

  /** At first all hosts that are not off listen, then link up, then start. */
  private async startAll(): Promise<void> {
    const first = this.setting.hosts.filter(({ off }) => off !== true).map(({ name }) => name);
    await Promise.all(first.map((host) => this.fork(host, 'start')));
    await Promise.all(
      first.map((host, at) => {
        const others = this.linked(host).filter((other) => first.includes(other));
        return this.childOf(host).link(this.portsOf(others.filter((other) => first.indexOf(other) > at)), others.length);
      }),
    );
    await Promise.all(first.map((host) => this.childOf(host).boot()));
  }

  private childOf(host: string): Child {
    return this.children.get(host) as Child;
  }

  private portsOf(hosts: readonly string[]): Readonly<Record<string, number>> {
    return Object.fromEntries(hosts.map((host) => [host, this.childOf(host).port]));
  }

  private get up(): readonly string[] {
    return [...this.children.keys()];
  }

  private get linksUp(): readonly (readonly [string, string])[] {
    return this.head.links.filter(([a, b]) => this.children.has(a) && this.children.has(b));
  }

  private get off(): readonly string[] {
    return this.head.hosts.filter((host) => !this.children.has(host) && !this.crashed.includes(host) && !this.ended.has(host));
  }

  private async boot(host: string, how: 'join' | 'restart'): Promise<void> {
    this.hear(`${host} ${how}s`);
    const others = this.linked(host).filter((other) => this.children.has(other));
    const child = await this.fork(host, how);
    await child.linkAndBoot(this.portsOf(others), others.length);
  }

  /** The next thing that is done to the hosts: mostly a command, now and then a fault. */
  private async act(): Promise<void> {
    if (this.random.chance(ratio(1, 6)) && (await this.strike())) return;
    const host = this.random.pick(this.up);
    const allowed = [...this.budgets].filter(([, left]) => left > 0).map(([command]) => command);
    const taken = await this.childOf(host).act(allowed);
    if (taken === null || taken === 'choice') return;
    this.commands++;
    this.budgets.set(taken, (this.budgets.get(taken) ?? 1) - 1);
  }

  /** Lets one of the faults strike that the scenario has left; false where none can now. */
  private async strike(): Promise<boolean> {
    const [down] = this.crashed;
    if (down !== undefined && !this.links.isCut && this.random.chance(ratio(1, 2))) {
      this.crashed.shift();
      await this.boot(down, 'restart');
      return true;
    }
    const left = performed.filter((fault) => (this.faultsLeft.get(fault) ?? 0) > 0 && this.isPossible(fault));
    if (left.length === 0) return false;
    const fault = this.random.pick(left);
    this.faultsLeft.set(fault, (this.faultsLeft.get(fault) as number) - 1);
    await this.perform(fault);
    return true;
  }

  private isPossible(fault: Performed): boolean {
    switch (fault) {
      case 'join':
        return this.off.length > 0 && !this.links.isCut;
      case 'crash':
      case 'leave':
        return this.up.length > 1 && !this.links.isCut;
      case 'partition':
      case 'oneWayPartition':
      case 'break':
        return this.linksUp.length > 0 && !this.links.isCut;
      case 'hold':
        return this.linksUp.length > 0 && !this.links.isHeld;
      default:
        return true;
    }
  }

  private async perform(fault: Performed): Promise<void> {
    switch (fault) {
      case 'join':
        this.faults.push(`join ${this.off[0]}`);
        return this.boot(this.off[0] as string, 'join');
      case 'crash':
      case 'leave': {
        const host = this.random.pick(this.up);
        this.faults.push(`${fault} ${host}`);
        return this.end(host, fault);
      }
      case 'partition':
      case 'oneWayPartition':
        return this.partition(fault === 'oneWayPartition');
      case 'break': {
        const [a, b] = this.random.pick(this.linksUp);
        this.told(`break ${a}-${b}`, `the connection of ${a} and ${b} breaks`);
        this.repairAt = this.laterMs();
        return this.links.cut([[a, b]]);
      }
      case 'hold': {
        const [a, b] = this.random.pick(this.linksUp);
        const pair = this.random.chance(ratio(1, 2)) ? ([a, b] as const) : ([b, a] as const);
        this.told(`hold ${pair.join('-')}`, `what ${pair[0]} sends to ${pair[1]} is held back`);
        this.releaseAt = this.laterMs();
        return this.links.hold(pair);
      }
      default: {
        const host = this.random.pick(this.up);
        const { words, order } = toOne[fault];
        this.told(`${fault} ${host}`, `${host} ${words}`);
        order(this.childOf(host));
      }
    }
  }

  private async partition(oneWay: boolean): Promise<void> {
    const some = this.up.filter(() => this.random.chance(ratio(1, 2)));
    const side = some.length === 0 || some.length === this.up.length ? [this.random.pick(this.up)] : some;
    const across = this.linksUp
      .filter(([a, b]) => side.includes(a) !== side.includes(b))
      .map(([a, b]) => (side.includes(a) ? [a, b] : [b, a]) as [string, string]);
    if (across.length === 0) return;
    this.told(`partition ${side.join(',')}`, `${side.join(', ')} cut off${oneWay ? ', in what they send' : ''}`);
    this.repairAt = this.laterMs();
    await this.links.cut(across, oneWay);
  }

  /** Repairs and releases what is due; in the quiet part, and at the end, at once. */
  private async undo(isQuiet: boolean): Promise<void> {
    const now = performance.now();
    if (this.links.isCut && (isQuiet || now >= this.repairAt)) {
      this.hear('the network is repaired');
      await this.links.repair(this.up);
    }
    if (this.links.isHeld && (isQuiet || now >= this.releaseAt)) this.links.release();
  }

  private laterMs(): number {
    return performance.now() + betweenMs.most * 3 + this.random.below(betweenMs.most * 6);
  }

  private told(fault: string, words: string): void {
    this.faults.push(fault);
    this.hear(words);
  }

  private async end(host: string, type: 'crash' | 'leave'): Promise<void> {
    this.hear(`${host} ${type === 'crash' ? 'is killed' : 'leaves for good'}`);
    await this.childOf(host).kill();
    this.children.delete(host);
    this.note(host, type);
    if (type === 'crash') this.crashed.push(host);
    else this.ended.add(host);
  }

  /** Writes down in a host's place how it ended. */
  private note(host: string, type: 'crash' | 'leave'): void {
    const files = new HostFiles(this.folder, host);
    files.mend();
    files.append([{ host, clock: ticked(files.clock(), host), event: { type } }]);
  }
}

/** Runs a scenario live, in a folder of its own that is gone afterwards. */
export const runLive = async (protocol: Protocol, options: LiveOptions, hear: Hear, stopped: () => boolean): Promise<LiveRun> => {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-live-'));
  try {
    return await new Driver(protocol, options, folder, hear).run(stopped);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
