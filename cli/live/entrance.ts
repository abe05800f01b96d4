import { type Clock, merged } from '../../model/live/clock.ts';
import type { LiveHost } from '../../model/live/host.ts';
import type { Outgoing } from './outgoing.ts';
import type { Plan, Report } from './plan.ts';
import type { Turns } from './turns.ts';
import type { Wires } from './wires.ts';

interface Parts {
  readonly plan: Plan;
  readonly host: LiveHost;
  readonly wires: Wires;
  readonly outgoing: Outgoing;
  readonly turns: Turns;
  readonly report: (what: Report) => void;
}

/** How a host comes to be linked, and starts: one step for all who see it, as it is in the model. See `frame.ts`. */
export class Entrance {
  private readonly parts: Parts;
  /** What those who welcomed this host knew. */
  private known: Clock = {};
  private isBooted = false;
  /** How many links there must be before the host starts; none is waited for any more once it is negative. */
  private awaits = Number.POSITIVE_INFINITY;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Says hello to these. */
  link(ports: Readonly<Record<string, number>>, awaits: number): void {
    this.awaits = awaits;
    this.parts.wires.greetAll(ports);
    this.lookWhetherLinked();
  }

  /** A neighbour starts, or connects again: this host waits until it is told that both know. */
  greeted(other: string, roles: readonly string[]): void {
    const { host, turns, wires } = this.parts;
    host.linkDown(other);
    host.meet(other, roles);
    if (this.isBooted) turns.waitFor(other);
    wires.write(other, { kind: 'welcome', clock: host.clockNow, roles: host.running });
    this.lookWhetherLinked();
  }

  welcomed(other: string, clock: Clock, roles: readonly string[]): void {
    this.parts.host.meet(other, roles);
    this.known = merged(this.known, clock);
    if (this.isBooted) this.relinked(other, clock);
    else this.lookWhetherLinked();
  }

  private relinked(other: string, clock: Clock): void {
    const { host, turns, wires, report } = this.parts;
    host.linkUp(other, clock);
    wires.write(other, { kind: 'go', clock: host.clockNow });
    if (!wires.isPending) report({ did: 'mend' });
    turns.schedule();
  }

  private lookWhetherLinked(): void {
    const { plan, wires, report } = this.parts;
    if (this.isBooted || this.awaits < 0 || wires.isPending || wires.count < this.awaits) return;
    this.awaits = -1;
    if (plan.how === 'start') report({ did: 'link' });
    else this.boot();
  }

  /** Neighbours that wait learn that the host has started before they hear what it says. */
  boot(): void {
    const { plan, host, outgoing, turns, wires, report } = this.parts;
    const up = host.neighbours.filter((other) => wires.has(other));
    this.isBooted = true;
    outgoing.gather();
    host.boot(plan.how, up, this.known);
    if (plan.how !== 'start') for (const other of up) wires.write(other, { kind: 'go', clock: host.clockNow });
    outgoing.flush();
    report({ did: 'boot' });
    turns.schedule();
  }
}
