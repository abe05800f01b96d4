import type { Random } from '../kernel/random.ts';
import type { HostName } from '../role/effect.ts';
import type { Step } from '../role/remember.ts';
import { type Instance, NONE, type System } from '../world/system.ts';
import type { Operation } from '../world/variant.ts';
import type { Arrivals } from './arrivals.ts';
import { LiveCalls } from './awaited.ts';
import { type Clock, merged, ticked } from './clock.ts';
import type { LifeEvent, RoleEvent, Start } from './log.ts';
import type { Neighbours } from './neighbours.ts';
import type { LiveRoles } from './roles.ts';
import type { Call, Stored, Surroundings } from './surroundings.ts';
import { storedAfter, type Taken, takenOf } from './taken.ts';

/** The parts of a live host that a step reaches. */
export interface Parts {
  readonly system: System;
  readonly name: HostName;
  readonly random: Random;
  readonly around: Surroundings;
  readonly roles: LiveRoles;
  readonly arrivals: Arrivals;
  readonly links: Neighbours;
}

/** Writes down the steps of a live host, and performs what they led to: timers, writes, calls, messages. */
export class Performer {
  readonly calls = new LiveCalls();
  stored: Stored;
  clock: Clock;
  /** The rate of the host's clock, in thousandths of the true one. */
  perMille: number;
  /** What a role threw. */
  threw: string | null = null;
  /** The host crashes in the next step that has an effect, and then it has. */
  crash: 'no' | 'next' | 'done' = 'no';
  private readonly parts: Parts;

  constructor(parts: Parts, before: { readonly stored: Stored; readonly clock: Clock; readonly perMille: number }) {
    this.parts = parts;
    this.stored = before.stored;
    this.clock = before.clock;
    this.perMille = before.perMille;
  }

  /** Whether a step can be taken still. */
  get isAlive(): boolean {
    return this.threw === null && this.crash !== 'done';
  }

  learn(clock: Clock): void {
    this.clock = merged(this.clock, clock);
  }

  /** Writes down what befell the host. */
  note(event: LifeEvent, stored = this.stored): void {
    this.clock = ticked(this.clock, this.parts.name);
    this.keep([{ host: this.parts.name, clock: this.clock, event }], stored);
  }

  /** A stored value is damaged. */
  damage(role: string, key: string): void {
    this.clock = ticked(this.clock, this.parts.name);
    this.parts.around.damage({ host: this.parts.name, clock: this.clock, event: { type: 'corrupt', role, key } }, this.stored, role, key);
    this.stored = { ...this.stored, [role]: { ...this.stored[role], [key]: null } };
  }

  /** Roles that start together. */
  begin(starting: readonly { readonly instance: Instance; readonly step: Step }[], how: Start): void {
    this.perform(starting.map(({ instance, step }) => this.taken(instance, { type: 'start', how }, step, NONE)));
  }

  take(instance: Instance, event: RoleEvent, step: Step, sender: number): void {
    const taken = this.taken(instance, event, step, sender);
    if (this.crash === 'next' && this.threw === null && step.effects.length > 0) this.breakOff(taken);
    else this.perform([taken]);
  }

  /** Nobody waits any more for what a role has called. */
  abandonAll({ index }: Instance): void {
    for (const id of this.calls.of(index)) this.abandon(index, id);
  }

  private taken(instance: Instance, event: RoleEvent, step: Step, sender: number): Taken {
    this.clock = ticked(this.clock, this.parts.name);
    this.threw ??= step.threw;
    return takenOf(this.parts.system, instance, { event, step, sender, clock: this.clock }, this.parts.random);
  }

  /** What is stored is on the disk, with the step that stored it, before anything is called or leaves the host. */
  private perform(taken: readonly Taken[]): void {
    for (const { instance, step } of taken) this.arm(instance, step);
    const operations = taken.flatMap((each) => each.operations);
    this.keep(
      taken.map(({ line }) => line),
      storedAfter(this.stored, operations),
    );
    for (const { instance, step } of taken) this.call(instance, step);
    for (const each of taken) for (const operation of each.operations) this.send(each.instance, operation);
  }

  /** The host crashes after some of the step's effects, none or all but one. */
  private breakOff({ instance, line, operations }: Taken): void {
    const crashedAfter = this.parts.random.below(operations.length);
    const performed = operations.slice(0, crashedAfter);
    this.keep([{ ...line, crashedAfter }], storedAfter(this.stored, performed));
    for (const operation of performed) this.send(instance, operation);
    this.crash = 'done';
  }

  private keep(lines: Parameters<Surroundings['keep']>[0], stored: Stored): void {
    this.parts.around.keep(lines, stored === this.stored ? null : stored);
    this.stored = stored;
  }

  private arm({ index }: Instance, { started, delays }: Step): void {
    const { around, roles } = this.parts;
    for (const [at, timer] of started.entries())
      around.arm(index, timer, roles.timers.begin(index, timer), Math.ceil(((delays[at] as number) * 1_000) / this.perMille));
  }

  /** Promises outlive no state: those of states that were left are given up before those of states that were entered are called. */
  private call({ index }: Instance, { invoked, stopped }: Step): void {
    for (const id of stopped) this.abandon(index, id);
    for (const call of invoked) this.parts.around.invoke(index, call as Call, this.calls.begin(index, call.id));
  }

  private abandon(index: number, id: string): void {
    const round = this.calls.abandon(index, id);
    if (round !== undefined) this.parts.around.abandon(index, id, round);
  }

  private send(from: Instance, operation: Operation): void {
    if (operation.kind !== 'send') return;
    const { system, around, roles, arrivals, links } = this.parts;
    const { message } = operation;
    const { clock } = this;
    for (const target of operation.targets) {
      const there = system.instances[target] as Instance;
      if (there.hostName === from.hostName) {
        if (roles.runs(target)) arrivals.add({ to: target, from: from.index, message, clock });
      } else if (links.hears(there) && !arrivals.isStale(from.index, target))
        around.send(there.hostName, { fromRole: from.role.name, toRole: there.role.name, message, clock });
    }
  }
}
