import type { Random } from '../kernel/random.ts';
import type { Message } from '../role/effect.ts';
import type { Instance, System } from '../world/system.ts';
import type { Clock } from './clock.ts';

/** A message that waits for a role of a live host, and what its sender knew. */
export interface Waiting {
  readonly to: number;
  readonly from: number;
  readonly message: Message;
  readonly clock: Clock;
}

/** What has come to a live host, or was told inside it, and has not been handled. */
export class Arrivals {
  private waiting: Waiting[] = [];
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  get count(): number {
    return this.waiting.length;
  }

  add(...arrived: readonly Waiting[]): void {
    this.waiting.push(...arrived);
  }

  /** Takes all of it out. */
  empty(): readonly Waiting[] {
    return this.waiting.splice(0);
  }

  forget(is: (each: Waiting) => boolean): void {
    this.waiting = this.waiting.filter((each) => !is(each));
  }

  /** Takes out what is handled next. On links that keep no order it may be any; what is told inside the host keeps its order anyway. */
  next(random: Random): Waiting {
    const { connection, scenario } = this.system;
    const isOrdered = connection || scenario.network.ordered === true;
    const drawn = isOrdered ? 0 : random.below(this.waiting.length);
    const { from, to } = this.waiting[drawn] as Waiting;
    const at = this.hostOf(from) === this.hostOf(to) ? this.waiting.findIndex((each) => each.from === from && each.to === to) : drawn;
    return this.waiting.splice(at, 1)[0] as Waiting;
  }

  /** Until a role has read that a connection is gone it speaks to the one that was; see decision 3. */
  isStale(instance: number, other: number): boolean {
    return this.waiting.some(({ to, from, message }) => to === instance && from === other && message.type === 'disconnected');
  }

  private hostOf(instance: number): number {
    return (this.system.instances[instance] as Instance).host;
  }
}
