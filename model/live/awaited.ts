import type { Step } from '../role/remember.ts';
import type { System } from '../world/system.ts';

/** Numbers the starts of what may be started again: only the latest is waited for. */
class Rounds {
  private readonly latest = new Map<string, number>();

  begin(key: string): number {
    const round = (this.latest.get(key) ?? 0) + 1;
    this.latest.set(key, round);
    return round;
  }

  isLatest(key: string, round: number): boolean {
    return this.latest.get(key) === round;
  }
}

/** The timers of a live host's roles. */
export class LiveTimers {
  private readonly system: System;
  /** Those pending, by instance, in the model's numbers. */
  private readonly pending = new Map<number, number>();
  private readonly rounds = new Rounds();

  constructor(system: System) {
    this.system = system;
  }

  /** A role has started. */
  reset(instance: number, step: Step): void {
    this.pending.set(instance, this.system.timers.after(0, [], step));
  }

  after(instance: number, fired: readonly string[], step: Step): void {
    const ended = [...fired, ...step.cancelled];
    this.pending.set(instance, this.system.timers.after(this.pending.get(instance) ?? 0, ended, step));
  }

  /** None of them fires any more. */
  forget(instance: number): void {
    this.pending.delete(instance);
  }

  begin(instance: number, timer: string): number {
    return this.rounds.begin(`${instance} ${timer}`);
  }

  /** Whether this start of a timer is the latest. */
  isLatest(instance: number, timer: string, round: number): boolean {
    return this.rounds.isLatest(`${instance} ${timer}`, round);
  }

  /** Of the timers that were started together with one that is pending, the one that fires first. */
  firstWith(instance: number, timer: string): string | undefined {
    return this.system.timers.groups(this.pending.get(instance) ?? 0).find((group) => group.includes(timer))?.[0];
  }
}

/** The promises that a live host's roles wait for. */
export class LiveCalls {
  /** Which call of each is waited for, by instance and id. */
  private readonly waiting = new Map<string, number>();
  private readonly rounds = new Rounds();

  begin(instance: number, id: string): number {
    const key = `${instance} ${id}`;
    const round = this.rounds.begin(key);
    this.waiting.set(key, round);
    return round;
  }

  /** Its state was left: which call is given up, if one is waited for. */
  abandon(instance: number, id: string): number | undefined {
    const key = `${instance} ${id}`;
    const round = this.waiting.get(key);
    this.waiting.delete(key);
    return round;
  }

  /** Those of an instance that are waited for. */
  of(instance: number): readonly string[] {
    const start = `${instance} `;
    return [...this.waiting.keys()].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
  }

  /** Whether the end of this call is waited for; from now on it is not. */
  settle(instance: number, id: string, round: number): boolean {
    if (this.waiting.get(`${instance} ${id}`) !== round) return false;
    return this.abandon(instance, id) !== undefined;
  }
}
