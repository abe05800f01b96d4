import type { Value } from '../kernel/value.ts';
import type { HostName } from '../role/effect.ts';
import { localView } from '../world/engine.ts';
import { byField, type Facet, type Facets } from './facet.ts';
import { type Instance, lives, NONE, RUNNING, type System, UP } from '../world/system.ts';
import type { Flights, InFlight, InstanceView, Life, WorldView } from './property.ts';

/** Gives the value of a slot, or of one of its facets; who records reads does it here. */
export type Read = (slot: number, facet?: Facet) => number;

/** Reads off a row; nothing is recorded. */
export const readerOf =
  (row: Int32Array): Read =>
  (slot, facet) =>
    facet === undefined ? (row[slot] as number) : facet.of(row[slot] as number);

/** A world as properties see it: every look goes through `read`, so what a property depends on can be recorded. */
export class Reader implements WorldView {
  private readonly system: System;
  private readonly read: Read;
  private readonly monitorSlots: ReadonlyMap<string, number>;
  private readonly facets: Facets;

  constructor(system: System, facets: Facets, read: Read, monitorSlots: ReadonlyMap<string, number>) {
    this.system = system;
    this.facets = facets;
    this.read = read;
    this.monitorSlots = monitorSlots;
  }

  get hosts(): readonly HostName[] {
    return this.system.hosts;
  }

  life(host: HostName): Life {
    return lives[this.lifeOf(this.system.hosts.indexOf(host))] as Life;
  }

  every(role: string, holds: (instance: InstanceView) => boolean): boolean {
    return this.running(role).every((instance) => holds(this.view(instance)));
  }

  some(role: string, holds: (instance: InstanceView) => boolean): boolean {
    return this.running(role).some((instance) => holds(this.view(instance)));
  }

  count(role: string, holds: (instance: InstanceView) => boolean): number {
    return this.running(role).filter((instance) => holds(this.view(instance))).length;
  }

  map<T>(role: string, of: (instance: InstanceView) => T): readonly T[] {
    return this.running(role).map((instance) => of(this.view(instance)));
  }

  all(role: string): readonly InstanceView[] {
    this.facets.names.role(role);
    return this.system.instances.filter((instance) => instance.role.name === role).map((instance) => this.view(instance));
  }

  at(role: string, host: HostName): InstanceView | undefined {
    const instance = this.system.instanceOf(host, role);
    if (instance === undefined) this.facets.names.role(role);
    return instance === undefined ? undefined : this.view(instance);
  }

  reaches(from: HostName, to: HostName): boolean {
    return this.passes(this.system.hosts.indexOf(from), this.system.hosts.indexOf(to));
  }

  components(): readonly (readonly HostName[])[] {
    const { hosts } = this.system;
    const left = new Set(hosts.map((_, host) => host).filter((host) => this.lifeOf(host) === UP && host !== this.system.through));
    const components: HostName[][] = [];
    for (const start of left) {
      const component = [start];
      left.delete(start);
      for (const at of component)
        for (const other of left)
          if (this.passes(at, other) && this.passes(other, at)) {
            component.push(other);
            left.delete(other);
          }
      components.push(component.map((host) => hosts[host] as HostName).sort());
    }
    return components;
  }

  inFlight({ from, to, type }: Flights = {}): readonly InFlight[] {
    const { instances, inboxSlot, inboxes } = this.system;
    const facet = from === undefined && type === undefined ? null : this.facets.waiting(from, type);
    return instances.flatMap(({ hostName, index }) => {
      if (to !== undefined && to !== hostName) return [];
      const slot = inboxSlot[index] as number;
      const entries = facet === null ? inboxes.list(this.read(slot)) : (facet.at(this.read(slot, facet)) as readonly number[]);
      return entries.map((id): InFlight => {
        const { from: sender, message } = inboxes.entry(id);
        return { from: (instances[sender] as Instance).hostName, to: hostName, message };
      });
    });
  }

  monitor(name: string): Value {
    const slot = this.monitorSlots.get(name);
    if (slot === undefined) return this.facets.names.monitor(name, [...this.monitorSlots.keys()]);
    return this.system.monitors.value(this.read(slot));
  }

  private running(role: string): readonly Instance[] {
    this.facets.names.role(role);
    return this.system.instances.filter((instance) => instance.role.name === role && this.isRunning(instance));
  }

  private isRunning(instance: Instance): boolean {
    const status = this.system.statusSlot[instance.index] as number;
    return this.lifeOf(instance.host) === UP && (status === NONE || this.read(status) === RUNNING);
  }

  private lifeOf(host: number): number {
    const slot = this.system.lifeSlot[host] as number;
    return slot === NONE ? UP : this.read(slot);
  }

  private passes(from: number, to: number): boolean {
    const { through, links, linksSlot } = this.system;
    if (this.lifeOf(from) !== UP || this.lifeOf(to) !== UP || !links.linked(from, to)) return false;
    if (through !== NONE && this.lifeOf(through) !== UP) return false;
    const now = linksSlot === NONE ? 0 : this.read(linksSlot);
    return !links.isBlocked(now, from, to) && !links.isDown(now, from, to);
  }

  private view(instance: Instance): InstanceView {
    const { role } = instance;
    const localSlot = this.system.localSlot[instance.index] as number;
    const storedSlot = this.system.storedSlot[instance.host] as number;
    const said = (slot: number, facet: Facet): unknown => facet.at(this.read(slot, facet));
    const local = (): ReturnType<typeof localView> => localView(role.memory.snapshot(this.read(localSlot)));
    const life = (): Life => lives[this.lifeOf(instance.host)] as Life;
    const running = (): boolean => this.isRunning(instance);
    const context = (): object =>
      byField(
        (field) => said(localSlot, this.facets.context(role, field)),
        () => local().context as object,
      );
    const stored = (): object =>
      byField(
        (key) => said(storedSlot, this.facets.stored(role, key)),
        () => this.facets.storedOf(role.name, this.read(storedSlot)),
      );
    return {
      host: instance.hostName,
      role: role.name,
      get context() {
        return context();
      },
      get value() {
        return local().value;
      },
      matches: (state: string) => said(localSlot, this.facets.matches(role, state)),
      hasTag: (tag: string) => said(localSlot, this.facets.hasTag(role, tag)),
      get life() {
        return life();
      },
      get running() {
        return running();
      },
      get stored() {
        return stored();
      },
    } as InstanceView;
  }
}
