import type { Frame } from '../../model/live/frame.ts';
import type { LiveHost } from '../../model/live/host.ts';
import type { System } from '../../model/world/system.ts';
import type { Outgoing } from './outgoing.ts';
import type { Order, Report } from './plan.ts';
import type { Turns } from './turns.ts';
import type { Wires } from './wires.ts';

interface Parts {
  readonly system: System;
  readonly host: LiveHost;
  readonly wires: Wires;
  readonly outgoing: Outgoing;
  readonly turns: Turns;
  readonly report: (what: Report) => void;
}

/** What stands for these among those that are waited for; no host is called so. */
const [pausing, changing] = ['\0pause', '\0change'];

/** A step in which the host is to crash is waited for so long. */
const crashPatienceMs = 300;

/** What befalls a host inside its process: it pauses, its roles stop and start, it stops dead in the middle of a step. */
export class Mishaps {
  private readonly parts: Parts;
  /** What follows once the host has crashed as it was told to. */
  private onCrash: (() => void) | null = null;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Does nothing for a while. Its timers, and what it is told, wait. */
  pause(forMs: number): void {
    const { host, turns } = this.parts;
    host.pause('pause');
    turns.waitFor(pausing);
    setTimeout(() => {
      if (!turns.isOver) host.pause('resume');
      turns.goOn(pausing);
    }, forMs);
  }

  /** Nothing that was sent before is on its way when a role stops or starts, and all who see it know of it before anything follows. */
  async change({ change, role, known }: Extract<Order, { do: 'change' }>): Promise<void> {
    const { system, host, wires, outgoing, turns, report } = this.parts;
    turns.waitFor(changing);
    await wires.flush();
    outgoing.gather();
    host.change(change, role, known);
    const runs = host.running.includes(role);
    if (!runs && system.connection) outgoing.forget((_, { fromRole }) => fromRole === role);
    for (const other of host.neighbours) wires.write(other, { kind: 'role', role, runs, clock: host.clockNow });
    outgoing.flush();
    await wires.flush();
    report({ did: 'change' });
    turns.goOn(changing);
  }

  /** A role of a neighbour stopped, or started. */
  changed(other: string, { role, runs, clock }: Extract<Frame, { kind: 'role' }>): void {
    const { host, outgoing } = this.parts;
    if (!runs) outgoing.forget((to, { toRole }) => to === other && toRole === role);
    host.changed(other, role, runs, clock);
  }

  /** Stops dead in the middle of the next step that has an effect, or gives up waiting for one. */
  crash(allowed: readonly string[]): void {
    const { host, turns, wires, report } = this.parts;
    host.crashNext(true);
    const taken = host.act(allowed);
    const patience = setTimeout(() => {
      host.crashNext(false);
      this.onCrash = null;
      report({ did: 'crash', crashed: false, taken });
    }, crashPatienceMs);
    this.onCrash = () => {
      clearTimeout(patience);
      turns.stop();
      // What the step had sent before it broke off is on its way, and nothing else.
      void wires.drain().then(() => report({ did: 'crash', crashed: true, taken }));
    };
    this.lookWhetherCrashed();
  }

  lookWhetherCrashed(): void {
    if (!this.parts.host.hasCrashed) return;
    this.onCrash?.();
    this.onCrash = null;
  }
}
