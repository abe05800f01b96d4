import type { HostName } from '../role/effect.ts';
import type { Instance, System } from '../world/system.ts';
import type { Arrivals } from './arrivals.ts';
import type { Clock } from './clock.ts';
import type { LiveRoles } from './roles.ts';

/** The links of a live host: which of them are up, and what its roles are told of them, as in the model. */
export class Neighbours {
  readonly names: readonly HostName[];
  private readonly system: System;
  private readonly roles: LiveRoles;
  private readonly arrivals: Arrivals;
  private readonly up = new Set<HostName>();

  constructor(system: System, host: HostName, roles: LiveRoles, arrivals: Arrivals) {
    const own = system.hosts.indexOf(host);
    this.system = system;
    this.roles = roles;
    this.arrivals = arrivals;
    this.names = system.hosts.filter((_, other) => other !== own && system.linked(own, other));
  }

  isUp(host: HostName): boolean {
    return this.up.has(host);
  }

  connected(host: HostName, clock: Clock): void {
    this.up.add(host);
    this.tell(host, 'connected', clock);
  }

  /** What came over a connection and waits is gone with it. False where nothing is to be told: links of datagrams do not break. */
  disconnected(host: HostName): boolean {
    if (!this.up.delete(host) || !this.system.connection) return false;
    this.arrivals.forget(({ from }) => this.instance(from).hostName === host);
    this.tell(host, 'disconnected', {});
    return true;
  }

  private tell(host: HostName, type: 'connected' | 'disconnected', clock: Clock): void {
    if (!this.system.connection) return;
    for (const { index, role, neighbours } of this.roles.running)
      for (const from of neighbours)
        if (this.instance(from).hostName === host && role.hears(type) && !this.instance(from).stopped)
          this.arrivals.add({ to: index, from, message: { type }, clock });
  }

  private instance(index: number): Instance {
    return this.system.instances[index] as Instance;
  }
}
