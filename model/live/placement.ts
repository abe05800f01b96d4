import type { HostName } from '../role/effect.ts';
import type { Fault } from '../world/faults.ts';
import { make } from '../world/move.ts';
import { lives, type System } from '../world/system.ts';
import { World } from '../world/world.ts';
import { isAfter } from './clock.ts';
import type { LogLine } from './log.ts';

/** A placement to come back to. */
interface Saved {
  readonly row: Int32Array;
  readonly hi: number;
  readonly lo: number;
  readonly done: Readonly<Record<HostName, number>>;
  readonly filled: number;
  readonly handed: readonly ReadonlySet<number>[];
}

/** How far the steps of a log have found a place in a world of the model. */
export class Placement {
  readonly system: System;
  readonly world: World;
  readonly lines: readonly LogLine[];
  /** What was done that the log does not show. */
  readonly filled: string[] = [];
  /** The lines of each host, by their place in the log. */
  private readonly byHost: ReadonlyMap<HostName, readonly number[]>;
  /** How many of each host's lines have a place. */
  private done: Record<HostName, number>;
  /** What was delivered to each instance since it started: a second copy of a datagram may have been made before. */
  private handed: Set<number>[];

  constructor(system: System, lines: readonly LogLine[]) {
    this.system = system;
    this.world = new World(system);
    this.lines = lines;
    this.byHost = new Map(system.hosts.map((host) => [host, lines.flatMap((line, at) => (line.host === host ? [at] : []))]));
    this.done = Object.fromEntries(system.hosts.map((host) => [host, 0]));
    this.handed = system.instances.map(() => new Set<number>());
    this.world.reset();
  }

  get placed(): number {
    return Object.values(this.done).reduce((sum, count) => sum + count, 0);
  }

  save(): Saved {
    const { row, hi, lo } = this.world;
    return { row: Int32Array.from(row), hi, lo, done: { ...this.done }, filled: this.filled.length, handed: this.handed.map((set) => new Set(set)) };
  }

  restore({ row, hi, lo, done, filled, handed }: Saved): void {
    this.world.restore(row, hi, lo);
    this.done = { ...done };
    this.filled.length = filled;
    this.handed = handed.map((set) => new Set(set));
  }

  /** The lines of a host that have no place yet. */
  restOf(host: HostName): readonly number[] {
    return (this.byHost.get(host) as readonly number[]).slice(this.doneBy(host));
  }

  /** The next line of a host, by its place in the log. */
  nextOf(host: HostName): number | undefined {
    return this.byHost.get(host)?.[this.doneBy(host)];
  }

  doneBy(host: HostName): number {
    return this.done[host] as number;
  }

  /** Whether all that a line knew of has a place. */
  isReady(line: LogLine): boolean {
    return isAfter(this.done, line.clock, line.host);
  }

  /** The next lines of a host have found their place. */
  advance(host: HostName, count = 1): void {
    this.done[host] = this.doneBy(host) + count;
  }

  life(host: HostName): string {
    return lives[this.world.life(this.system.hosts.indexOf(host))] as string;
  }

  handedTo(instance: number): Set<number> {
    return this.handed[instance] as Set<number>;
  }

  /** Does what the log does not show. */
  fill(fault: Fault, words: string): void {
    make(this.world, { fault });
    this.filled.push(words);
  }
}
