import { Pairs } from '../kernel/pairs.ts';
import type { Value } from '../kernel/value.ts';
import type { Effect, HostName } from '../role/effect.ts';
import type { Step } from '../role/remember.ts';
import type { LocalView } from '../role/role.ts';
import type { Edit } from './edit.ts';
import { localView } from './engine.ts';
import { type Offer, offersOf, Seat, takenOf, variantOf } from './offer.ts';
import { resolve } from './resolve.ts';
import { Row } from './row.ts';
import { persist, storedBy, sync } from './store.ts';
import { type Instance, NONE, OFF, RUNNING, STOPPED, type System, UP } from './system.ts';
import type { Operation, Variant } from './variant.ts';
import { connect, send } from './wire.ts';

/** A reducer over effects, as the world runs it; a property's monitors become these. */
export interface WorldMonitor {
  readonly initial: Value;
  readonly next: (
    state: Value,
    heard: { readonly host: HostName; readonly role: string; readonly effect: Effect; readonly local: LocalView },
  ) => Value;
}

/** A system in one state, and the steps of its roles. What faults do to it stands in `life.ts` and `wire.ts`. */
export class World extends Row {
  /** Set by a role that threw in the last step. */
  threw: { readonly host: HostName; readonly role: string; readonly error: string } | null = null;
  private readonly monitors: readonly WorldMonitor[];
  /** By local state, inbox and timers; null for those that were met once. */
  private readonly seats: { readonly pairs: Pairs; readonly seats: (Seat | null)[] }[];
  private readonly networks = new Pairs();
  /** What each monitor makes of a step, by how many of its effects it heard. */
  private readonly heardBy: Map<Variant, Edit[]>[];
  /** What each instance does at its start, resolved. */
  private readonly openings: Map<Step, Variant>[];
  private first: { readonly row: Int32Array; readonly hi: number; readonly lo: number; readonly threw: World['threw'] } | null = null;

  constructor(system: System, monitors: readonly WorldMonitor[] = []) {
    super(system);
    this.monitors = monitors;
    this.seats = system.instances.map(() => ({ pairs: new Pairs(), seats: [] }));
    this.heardBy = monitors.map(() => new Map());
    this.openings = system.instances.map(() => new Map());
    this.reset();
  }

  /** Back to the start. The first world is computed once, and again only for a recorder that wants to hear of it. */
  reset(): void {
    if (this.first !== null && this.observer === null) {
      this.restore(this.first.row, this.first.hi, this.first.lo);
      this.threw = this.first.threw;
      this.cuts.clear();
      return;
    }
    this.start();
    this.first ??= { row: Int32Array.from(this.row), hi: this.hi, lo: this.lo, threw: this.threw };
  }

  private start(): void {
    const { system } = this;
    this.row.fill(0);
    this.threw = null;
    this.cuts.clear();
    for (const [fault, slot] of system.budgetSlot) if (slot !== NONE) this.set(slot, system.scenario.faults?.[fault] ?? 0);
    for (const [name, slot] of system.commandSlot) {
      const [role, command] = name.split('.') as [string, string];
      if (slot !== NONE) this.set(slot, system.scenario.commands?.[role]?.[command] ?? 0);
    }
    for (const slot of system.firesSlot) if (slot !== NONE) this.set(slot, system.bounds.fires);
    system.setting.hosts.forEach((host, index) => {
      if (system.lifeSlot[index] !== NONE) this.set(system.lifeSlot[index] as number, host.off === true ? OFF : UP);
      if (host.stored !== undefined) this.set(system.storedSlot[index] as number, system.storedAtFirst(host.stored));
    });
    this.monitors.forEach((monitor, index) => {
      this.set(system.monitorSlot[index] as number, system.monitors.of(monitor.initial));
    });
    for (const instance of system.instances) {
      const slot = system.statusSlot[instance.index] as number;
      if (slot !== NONE) this.set(slot, instance.stopped ? STOPPED : RUNNING);
    }
    const hosts = system.hosts.map((_, index) => index);
    const up = hosts.filter((host) => this.life(host) === UP);
    if (system.connection && system.linksSlot !== NONE) {
      const down = system.links.edges
        .filter(([a, b]) => this.life(a) !== UP || this.life(b) !== UP)
        .flatMap(([a, b]) => [system.links.code(a, b), system.links.code(b, a)]);
      this.set(system.linksSlot, system.links.with(0, { down }));
    }
    // Hosts that are off have an initial local state too, so that properties can look at every instance.
    for (const instance of system.instances) this.set(system.localSlot[instance.index] as number, this.startOf(instance).next);
    // Only now does every table hold what the row speaks of.
    this.rehash();
    const booted = system.instances.filter((instance) => up.includes(instance.host) && this.status(instance.index) === RUNNING);
    this.begin(booted);
    this.changes = this.changed.length;
  }

  /** Takes the state of a row that this world, or one of the same system and monitors, has been in. */
  restore(row: Int32Array, hi: number, lo: number): void {
    this.row.set(row);
    this.hi = hi;
    this.lo = lo;
    this.threw = null;
    this.changes = this.changed.length;
  }

  /** What an instance could do next, whether or not the links and budgets allow it now. */
  seat(instance: number): Seat {
    const [local, inbox, timers] = [this.local(instance), this.inbox(instance), this.timers(instance)];
    const { pairs, seats } = this.seats[instance] as { pairs: Pairs; seats: (Seat | null)[] };
    const index = pairs.of(local, this.networks.of(inbox, timers));
    const known = seats[index];
    if (known != null) return known;
    const seat = new Seat(this.system, this.system.instances[instance] as Instance, local, inbox, timers);
    // Most seats of large settings are met once, and are not worth their memory.
    seats[index] = known === undefined ? null : seat;
    return seat;
  }

  /** How many offers the seat of an instance has; this makes none. */
  offers(instance: number): number {
    return offersOf(this.system, this.system.instances[instance] as Instance, this.local(instance), this.inbox(instance), this.timers(instance));
  }

  /** Whether links and budgets allow this offer of a running instance. */
  allows(offer: Offer): boolean {
    if (offer.budget !== NONE && (this.row[offer.budget] as number) === 0) return false;
    if (offer.kind !== 'Deliver') return true;
    const [from, to] = [this.system.instances[offer.sender] as Instance, this.system.instances[offer.instance] as Instance];
    // Link events come from the host's own network stack, so no cut holds them back.
    return offer.name === 'connected' || offer.name === 'disconnected' || this.passes(from.host, to.host);
  }

  /** Takes an offer: the role steps, and its effects are performed in order, or only the first `effects` of them. */
  take(offer: Offer, number: number, effects = Number.POSITIVE_INFINITY): void {
    this.changes = 0;
    const { system } = this;
    const taken = takenOf(system, offer);
    const { step } = taken;
    this.noteStep(step);
    if (offer.kind === 'Deliver') this.observer?.delivered(offer.instance, offer.entry);
    if (step.threw !== null) {
      const { hostName, role } = system.instances[offer.instance] as Instance;
      this.threw = { host: hostName, role: role.name, error: step.threw };
    }
    this.set(system.localSlot[offer.instance] as number, taken.local);
    if (taken.inbox !== offer.from.inbox) this.replace(system.inboxSlot[offer.instance] as number, taken.inbox, system.edits.remove(offer.entry));
    if (system.timersSlot[offer.instance] !== NONE) this.set(system.timersSlot[offer.instance] as number, taken.timers);
    if (offer.budget !== NONE) {
      this.edit(offer.budget, system.edits.spend);
      if (this.row[offer.budget] === 0 && offer.kind === 'Fire' && taken.timers !== 0) this.cut('fires');
    }
    if (step.effects.length > 0) this.perform(offer.instance, variantOf(system, offer, number), effects);
  }

  private perform(instance: number, variant: Variant, effects: number): void {
    const { operations } = variant;
    const count = Math.min(effects, operations.length);
    for (let i = 0; i < count; i++) this.operate(instance, operations[i] as Operation);
    if (this.monitors.length > 0) this.hear(instance, variant, count);
  }

  private operate(instance: number, operation: Operation): void {
    switch (operation.kind) {
      case 'send':
        for (let i = 0; i < operation.targets.length; i++)
          send(this, instance, operation.targets[i] as number, operation.entries[i] as number, operation.message, operation.toAll);
        break;
      case 'store':
        persist(this, (this.system.instances[instance] as Instance).host, operation.write);
        break;
      case 'sync':
        sync(this, (this.system.instances[instance] as Instance).host);
        break;
      case 'nowhere':
        this.observer?.lost(instance, operation.to, operation.message, operation.loss);
        break;
      case 'history':
        break;
    }
  }

  private hear(instance: number, variant: Variant, count: number): void {
    for (let m = 0; m < this.monitors.length; m++) {
      const memory = this.heardBy[m] as Map<Variant, Edit[]>;
      let edits = memory.get(variant);
      if (edits === undefined) {
        edits = [];
        memory.set(variant, edits);
      }
      // A step that was cut by a crash is heard as far as it came.
      const heard = Math.min(count, variant.heard.length);
      this.edit(
        this.system.monitorSlot[m] as number,
        (edits[heard] ??= this.hearing(instance, variant.heard.slice(0, heard), this.monitors[m] as WorldMonitor)),
      );
    }
  }

  private hearing(instance: number, effects: readonly Effect[], monitor: WorldMonitor): Edit {
    const { edits, instances, monitors } = this.system;
    const { hostName, role } = instances[instance] as Instance;
    const local = localView(role.memory.snapshot(this.local(instance)));
    return edits.remembered((before) => {
      let state = monitors.value(before);
      for (const effect of effects) state = monitor.next(state, { host: hostName, role: role.name, effect, local });
      return monitors.of(state);
    });
  }

  private noteStep(step: Step): void {
    if (this.tape === null) step.taken++;
    else this.tape.stepped(step);
  }

  private startOf(instance: Instance): Step {
    this.tape?.consulted(this.system.storedSlot[instance.host] as number);
    return instance.role.memory.start({ stored: storedBy(this, instance.host, instance.role.name), params: instance.params });
  }

  /** Starts roles: their initial states, then the connections of their hosts, then what they do at once. */
  begin(instances: readonly Instance[]): void {
    const { system } = this;
    const steps = instances.map((instance) => this.startOf(instance));
    instances.forEach((instance, i) => {
      const step = steps[i] as Step;
      this.noteStep(step);
      this.observer?.started(instance.index);
      if (step.threw !== null) this.threw = { host: instance.hostName, role: instance.role.name, error: step.threw };
      this.set(system.localSlot[instance.index] as number, step.next);
      this.empty(instance.index);
      if (system.timersSlot[instance.index] !== NONE) this.set(system.timersSlot[instance.index] as number, system.timers.after(0, [], step));
    });
    if (system.connection) connect(this, instances);
    instances.forEach((instance, i) => {
      const step = steps[i] as Step;
      if (step.effects.length > 0) this.perform(instance.index, this.openingOf(instance, step), Number.POSITIVE_INFINITY);
    });
  }

  private openingOf(instance: Instance, step: Step): Variant {
    const known = this.openings[instance.index] as Map<Step, Variant>;
    let variant = known.get(step);
    if (variant === undefined) {
      variant = resolve(this.system, instance, NONE, step.effects, 0);
      known.set(step, variant);
    }
    return variant;
  }

  private empty(instance: number): void {
    this.observer?.cleared(instance, null);
    this.set(this.system.inboxSlot[instance] as number, this.system.inboxes.empty);
  }

  /** Nothing is in flight to an instance, and no timer of it is pending. */
  still(instance: number): void {
    this.empty(instance);
    if (this.system.timersSlot[instance] !== NONE) this.set(this.system.timersSlot[instance] as number, 0);
  }
}
