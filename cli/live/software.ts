import { type Clock, merged } from '../../model/live/clock.ts';
import type { RoleStatus } from '../../model/live/past.ts';
import { type RoleChange, roleChanges } from '../../model/live/software.ts';
import type { Place } from './cast.ts';
import type { Troupe } from './troupe.ts';

/** The roles that are installed on the hosts of a run, and how the driver stops and starts them. */
export class Software {
  private readonly troupe: Troupe;
  private readonly roles: { readonly place: Place; status: RoleStatus }[];

  constructor(roles: readonly (Place & { readonly status: RoleStatus })[], troupe: Troupe) {
    this.troupe = troupe;
    this.roles = roles.map(({ host, role, status }) => ({ place: { host, role }, status }));
  }

  /** The roles of hosts that are up to which this can be done now. */
  ways(change: RoleChange): readonly Place[] {
    const { up } = this.troupe;
    return this.roles.filter(({ place, status }) => up.includes(place.host) && roleChanges[change].before.includes(status)).map(({ place }) => place);
  }

  /** Every other host waits meanwhile: in the model it is one step. */
  async change(change: RoleChange, place: Place): Promise<void> {
    const others = this.troupe.up.filter((host) => host !== place.host).map((host) => this.troupe.child(host));
    const clocks = await Promise.all(others.map((child) => child.wait()));
    await this.troupe.child(place.host).change(change, place.role, clocks.reduce<Clock>(merged, {}));
    for (const child of others) child.goOn();
    for (const each of this.roles) if (each.place === place) each.status = roleChanges[change].after;
  }
}
