import type { HostName } from '../role/effect.ts';
import type { Instance, System } from '../world/system.ts';
import type { Arrivals } from './arrivals.ts';
import type { Clock } from './clock.ts';
import type { LiveRoles } from './roles.ts';

/** The links of a live host: which of them are up, which roles run at their other ends, and what its own roles are told of it, as in the model. */
export class Neighbours {
  readonly names: readonly HostName[];
  private readonly system: System;
  private readonly roles: LiveRoles;
  private readonly arrivals: Arrivals;
  private readonly up = new Set<HostName>();
  /** Instances on other hosts that do not run. */
  private readonly idle: Set<number>;

  constructor(system: System, host: HostName, roles: LiveRoles, arrivals: Arrivals) {
    const own = system.hosts.indexOf(host);
    this.system = system;
    this.roles = roles;
    this.arrivals = arrivals;
    this.names = system.hosts.filter((_, other) => other !== own && system.linked(own, other));
    this.idle = new Set(system.instances.filter(({ stopped }) => stopped).map(({ index }) => index));
  }

  /** Whether an instance on another host hears what is sent to it. */
  hears({ hostName, index }: Instance): boolean {
    return this.up.has(hostName) && !this.idle.has(index);
  }

  /** Which roles run on a host, by its own account. */
  learn(host: HostName, roles: readonly string[]): void {
    for (const { index, role } of this.on(host))
      if (roles.includes(role.name)) this.idle.delete(index);
      else this.idle.add(index);
  }

  connected(host: HostName, clock: Clock): void {
    this.up.add(host);
    for (const there of this.on(host)) if (!this.idle.has(there.index)) this.tell(there.index, 'connected', clock);
  }

  /** What came over a connection and waits is gone with it. False where nothing is to be told: links of datagrams do not break. */
  disconnected(host: HostName): boolean {
    if (!this.up.delete(host) || !this.system.connection) return false;
    for (const there of this.on(host)) this.part(there.index, {});
    return true;
  }

  /** One role of another host started, or ended with its connections. */
  changed(host: HostName, role: string, runs: boolean, clock: Clock): void {
    const index = this.system.instanceOf(host, role)?.index;
    if (index === undefined) return;
    if (runs) {
      this.idle.delete(index);
      this.tell(index, 'connected', clock);
    } else {
      this.part(index, clock);
      this.idle.add(index);
    }
  }

  /** Tells a role of this host, which has just started, who is there. */
  introduce(own: Instance, clock: Clock): void {
    for (const host of this.up) for (const there of this.on(host)) if (!this.idle.has(there.index)) this.tell(there.index, 'connected', clock, [own]);
  }

  private on(host: HostName): readonly Instance[] {
    return this.system.instances.filter(({ hostName }) => hostName === host);
  }

  private part(there: number, clock: Clock): void {
    if (!this.system.connection) return;
    this.arrivals.forget(({ from }) => from === there);
    this.tell(there, 'disconnected', clock);
  }

  private tell(there: number, type: 'connected' | 'disconnected', clock: Clock, own = this.roles.running): void {
    if (!this.system.connection) return;
    for (const { index, role, neighbours } of own)
      if (neighbours.includes(there) && role.hears(type)) this.arrivals.add({ to: index, from: there, message: { type }, clock });
  }
}
