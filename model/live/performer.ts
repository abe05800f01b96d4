import type { Step } from '../role/remember.ts';
import type { Instance, System } from '../world/system.ts';
import type { Operation } from '../world/variant.ts';
import type { Arrivals } from './arrivals.ts';
import { LiveCalls } from './awaited.ts';
import type { Clock } from './clock.ts';
import type { LogLine } from './log.ts';
import type { Neighbours } from './neighbours.ts';
import type { LiveRoles } from './roles.ts';
import type { Call, Stored, Surroundings } from './surroundings.ts';
import { storedAfter, type Taken } from './taken.ts';

/** The parts of a live host that a step reaches. */
interface Parts {
  readonly system: System;
  readonly around: Surroundings;
  readonly roles: LiveRoles;
  readonly arrivals: Arrivals;
  readonly links: Neighbours;
}

/** Performs what steps of roles led to: timers, writes, calls, messages. */
export class Performer {
  readonly calls = new LiveCalls();
  stored: Stored;
  private readonly parts: Parts;

  constructor(parts: Parts, stored: Stored) {
    this.parts = parts;
    this.stored = stored;
  }

  /** What is stored is on the disk, with the step that stored it, before anything is called or leaves the host. */
  perform(taken: readonly Taken[], clock: Clock): void {
    for (const { instance, step } of taken) this.arm(instance, step);
    this.keep(
      taken.map(({ line }) => line),
      storedAfter(
        this.stored,
        taken.flatMap(({ operations }) => operations),
      ),
    );
    for (const { instance, step } of taken) this.call(instance, step);
    for (const { instance, operations } of taken) for (const operation of operations) this.send(instance, operation, clock);
  }

  keep(lines: readonly LogLine[], stored = this.stored): void {
    this.parts.around.keep(lines, stored === this.stored ? null : stored);
    this.stored = stored;
  }

  private arm({ index }: Instance, { started, delays }: Step): void {
    const { around, roles } = this.parts;
    for (const [at, timer] of started.entries()) around.arm(index, timer, roles.timers.begin(index, timer), delays[at] as number);
  }

  /** Promises outlive no state: those of states that were left are given up before those of states that were entered are called. */
  private call({ index }: Instance, { invoked, stopped }: Step): void {
    for (const id of stopped) {
      const round = this.calls.abandon(index, id);
      if (round !== undefined) this.parts.around.abandon(index, id, round);
    }
    for (const call of invoked) this.parts.around.invoke(index, call as Call, this.calls.begin(index, call.id));
  }

  private send(from: Instance, operation: Operation, clock: Clock): void {
    if (operation.kind !== 'send') return;
    const { system, around, roles, arrivals, links } = this.parts;
    const { message } = operation;
    for (const target of operation.targets) {
      const { hostName, role } = system.instances[target] as Instance;
      if (hostName === from.hostName) {
        if (roles.runs(target)) arrivals.add({ to: target, from: from.index, message, clock });
      } else if (links.isUp(hostName) && !arrivals.isStale(from.index, target))
        around.send(hostName, { fromRole: from.role.name, toRole: role.name, message, clock });
    }
  }
}
