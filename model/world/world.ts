import { mix32 } from '../kernel/hash.ts';
import { Pairs } from '../kernel/pairs.ts';
import type { Value } from '../kernel/value.ts';
import { full } from '../network/inbox.ts';
import type { Effect, HostName, Message } from '../role/effect.ts';
import type { LocalView } from '../role/role.ts';
import { localView } from './engine.ts';
import { type Loss, type Offer, type Operation, resolve, type Seat, seatOf, takenOf, timersAfter, type Variant, variantOf } from './offer.ts';
import { CRASHED, type Instance, LEFT, NONE, OFF, PAUSED, RUNNING, STOPPED, type System, UNINSTALLED, UP } from './system.ts';

/** A reducer over effects, as the world runs it; a property's monitors become these. */
export interface WorldMonitor {
  readonly initial: Value;
  readonly next: (
    state: Value,
    heard: { readonly host: HostName; readonly role: string; readonly effect: Effect; readonly local: LocalView },
  ) => Value;
}

/** What a recorder hears of a step: what came to be in flight, and what ceased to be. */
export interface Observer {
  sent(from: number, to: number, entry: number): void;
  lost(from: number, to: HostName, message: Message, loss: Loss): void;
  delivered(to: number, entry: number): void;
  /** A copy was removed (dropped), or added (duplicated). */
  dropped(to: number, entry: number): void;
  duplicated(to: number, entry: number): void;
  /** Everything in flight to an instance is gone, or what came from one sender. */
  cleared(to: number, from: number | null): void;
  stored(host: number, role: string, key: string, value: Value): void;
  started(instance: number): void;
}

/** What a host has stored: by role and key; and the writes that no sync has followed yet. */
interface Store {
  readonly [part: string]: Value;
  readonly kept: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  readonly written: readonly (readonly [string, string, Value])[];
}

const writeTo = (kept: Store['kept'], [role, key, value]: readonly [string, string, Value]): Store['kept'] => ({
  ...kept,
  [role]: { ...kept[role], [key]: value },
});

/** The plain counts of slots have no table; these stand for their content hashes. */
const countHash = Array.from({ length: 1024 }, (_, n) => mix32(n + 0x51ed270b));

/**
 * A system in one state: a row of small integers, with its content hash kept up to date slot by slot. Steps change the row
 * in place; whoever needs the state before keeps a copy of the row.
 */
export class World {
  readonly system: System;
  readonly row: Int32Array;
  /** The halves of the content hash: the sum of a mix of each slot. */
  hi = 0;
  lo = 0;
  /** Slots that the last step changed; `changes` of them. As many as it holds stands for all. */
  readonly changed: Int32Array;
  changes = 0;
  /** Set by a role that threw, and by bounds that cut. */
  threw: { readonly host: HostName; readonly role: string; readonly error: string } | null = null;
  readonly cuts = new Map<string, number>();
  observer: Observer | null = null;
  private readonly monitors: readonly WorldMonitor[];
  private readonly weights: Int32Array;
  private readonly hisOf: readonly (readonly number[])[];
  private readonly losOf: readonly (readonly number[])[];
  private readonly seats: { readonly pairs: Pairs; readonly seats: Seat[] }[];
  private readonly networks = new Pairs();
  private readonly heardBy: Map<Variant, Map<number, number>>[];
  private first: { readonly row: Int32Array; readonly hi: number; readonly lo: number; readonly threw: World['threw'] } | null = null;

  constructor(system: System, monitors: readonly WorldMonitor[] = []) {
    this.system = system;
    this.monitors = monitors;
    this.row = new Int32Array(system.width);
    this.changed = new Int32Array(system.width * 4);
    this.weights = Int32Array.from({ length: system.width }, (_, slot) => mix32(slot * 2 + 1) | 1);
    this.hisOf = system.tables.map((table) => table?.his ?? countHash);
    this.losOf = system.tables.map((table) => table?.los ?? countHash);
    this.seats = system.instances.map(() => ({ pairs: new Pairs(), seats: [] }));
    this.heardBy = monitors.map(() => new Map());
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
    this.hi = 0;
    this.lo = 0;
    this.threw = null;
    this.cuts.clear();
    for (let slot = 0; slot < this.row.length; slot++) this.count(slot, 0, 1);
    for (const [fault, slot] of system.budgetSlot) this.set(slot, system.scenario.faults?.[fault] ?? 0);
    for (const [name, slot] of system.commandSlot) {
      const [role, command] = name.split('.') as [string, string];
      this.set(slot, system.scenario.commands?.[role]?.[command] ?? 0);
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

  private count(slot: number, value: number, sign: number): void {
    const weight = this.weights[slot] as number;
    this.hi = (this.hi + sign * Math.imul((this.hisOf[slot] as readonly number[])[value] as number, weight)) | 0;
    this.lo = (this.lo + sign * Math.imul((this.losOf[slot] as readonly number[])[value] as number, weight)) | 0;
  }

  set(slot: number, value: number): void {
    const old = this.row[slot] as number;
    if (old === value) return;
    this.row[slot] = value;
    const weight = this.weights[slot] as number;
    const his = this.hisOf[slot] as readonly number[];
    const los = this.losOf[slot] as readonly number[];
    this.hi = (this.hi + Math.imul((his[value] as number) - (his[old] as number), weight)) | 0;
    this.lo = (this.lo + Math.imul((los[value] as number) - (los[old] as number), weight)) | 0;
    if (this.changes < this.changed.length) this.changed[this.changes++] = slot;
  }

  life(host: number): number {
    const slot = this.system.lifeSlot[host] as number;
    return slot === NONE ? UP : (this.row[slot] as number);
  }

  status(instance: number): number {
    const slot = this.system.statusSlot[instance] as number;
    return slot === NONE ? RUNNING : (this.row[slot] as number);
  }

  get linksNow(): number {
    return this.system.linksSlot === NONE ? 0 : (this.row[this.system.linksSlot] as number);
  }

  inbox(instance: number): number {
    return this.row[this.system.inboxSlot[instance] as number] as number;
  }

  local(instance: number): number {
    return this.row[this.system.localSlot[instance] as number] as number;
  }

  timers(instance: number): number {
    const slot = this.system.timersSlot[instance] as number;
    return slot === NONE ? 0 : (this.row[slot] as number);
  }

  budget(slot: number): number {
    return this.row[slot] as number;
  }

  /** Whether the host receives: up, or paused. */
  receives(host: number): boolean {
    const life = this.life(host);
    return life === UP || life === PAUSED;
  }

  /** Whether the role instance takes steps: its host is up and it runs. */
  runs(instance: number): boolean {
    return this.life((this.system.instances[instance] as Instance).host) === UP && this.status(instance) === RUNNING;
  }

  /** Whether messages pass in this direction now, lives of the two hosts aside. */
  passes(from: number, to: number): boolean {
    if (from === to) return true;
    const { through } = this.system;
    if (through !== NONE && this.life(through) !== UP) return false;
    return !this.system.links.isBlocked(this.linksNow, from, to);
  }

  private isCut(from: number, to: number): boolean {
    const { through } = this.system;
    return this.system.links.isCut(this.linksNow, from, to) || (through !== NONE && this.life(through) !== UP);
  }

  /** What an instance could do next, whether or not the links and budgets allow it now. */
  seat(instance: number): Seat {
    const local = this.local(instance);
    const network = this.networks.of(this.inbox(instance), this.timers(instance));
    const { pairs, seats } = this.seats[instance] as { pairs: Pairs; seats: Seat[] };
    const index = pairs.of(local, network);
    let seat = seats[index];
    if (seat === undefined) {
      seat = seatOf(this.system, this.system.instances[instance] as Instance, local, this.inbox(instance), this.timers(instance));
      seats[index] = seat;
    }
    return seat;
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
    step.taken++;
    if (offer.kind === 'Deliver') this.observer?.delivered(offer.instance, offer.entry);
    if (step.threw !== null) {
      const { hostName, role } = system.instances[offer.instance] as Instance;
      this.threw = { host: hostName, role: role.name, error: step.threw };
    }
    this.set(system.localSlot[offer.instance] as number, taken.local);
    this.set(system.inboxSlot[offer.instance] as number, taken.inbox);
    if (system.timersSlot[offer.instance] !== NONE) this.set(system.timersSlot[offer.instance] as number, taken.timers);
    if (offer.budget !== NONE) this.set(offer.budget, (this.row[offer.budget] as number) - 1);
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
          this.send(instance, operation.targets[i] as number, operation.entries[i] as number, operation);
        break;
      case 'store':
        this.store((this.system.instances[instance] as Instance).host, operation.write);
        break;
      case 'sync':
        this.sync((this.system.instances[instance] as Instance).host);
        break;
      case 'nowhere':
        this.observer?.lost(instance, operation.to, operation.message, operation.loss);
        break;
      case 'history':
        break;
    }
  }

  private send(from: number, to: number, entry: number, operation: { readonly message: Message; readonly toAll: boolean }): void {
    const { system } = this;
    const loss = this.lossOf(from, to);
    const inbox = loss === null ? system.inboxes.add(this.inbox(to), entry) : full;
    if (inbox === full) {
      if (loss === null) this.cut('inbox');
      // A broadcast goes to those that are connected, so others lose nothing by it.
      if (!(operation.toAll && (loss === 'not connected' || loss === 'no such role')))
        this.observer?.lost(from, (system.instances[to] as Instance).hostName, operation.message, loss ?? 'inbox full');
      return;
    }
    this.set(system.inboxSlot[to] as number, inbox);
    this.observer?.sent(from, to, entry);
  }

  /** Notes that a bound cut something off. */
  cut(bound: string): void {
    this.cuts.set(bound, (this.cuts.get(bound) ?? 0) + 1);
  }

  private lossOf(from: number, to: number): Loss | null {
    const { system } = this;
    const [sender, receiver] = [system.instances[from] as Instance, system.instances[to] as Instance];
    if (this.status(to) !== RUNNING) return 'no such role';
    if (sender.host === receiver.host) return null;
    if (system.linksSlot === NONE && system.through === NONE) return this.receives(receiver.host) ? null : 'host down';
    if (system.connection) {
      if (system.links.isDown(this.linksNow, sender.host, receiver.host)) return 'not connected';
      if (system.inboxes.isStale(this.inbox(from), to)) return 'not connected';
      return this.receives(receiver.host) ? null : 'host down';
    }
    if (!this.receives(receiver.host)) return 'host down';
    return this.isCut(sender.host, receiver.host) ? 'cut' : null;
  }

  private hear(instance: number, variant: Variant, count: number): void {
    const { system } = this;
    const { hostName, role } = system.instances[instance] as Instance;
    for (let m = 0; m < this.monitors.length; m++) {
      const slot = system.monitorSlot[m] as number;
      const before = this.row[slot] as number;
      const memory = this.heardBy[m] as Map<Variant, Map<number, number>>;
      let known = memory.get(variant);
      if (known === undefined) {
        known = new Map();
        memory.set(variant, known);
      }
      // A step that was cut by a crash is heard as far as it came.
      const key = before * 64 + Math.min(count, 63);
      let after = known.get(key);
      if (after === undefined) {
        const monitor = this.monitors[m] as WorldMonitor;
        const local = localView(role.memory.snapshot(this.local(instance)));
        let state = system.monitors.value(before);
        for (const effect of variant.heard.slice(0, count)) state = monitor.next(state, { host: hostName, role: role.name, effect, local });
        after = system.monitors.of(state);
        known.set(key, after);
      }
      this.set(slot, after);
    }
  }

  private storeOf(host: number): Store {
    return this.system.stores.value(this.row[this.system.storedSlot[host] as number] as number) as unknown as Store;
  }

  private setStore(host: number, store: Store): void {
    this.set(this.system.storedSlot[host] as number, this.system.stores.of(store as unknown as Value));
  }

  private store(host: number, write: readonly [string, string, Value]): void {
    const store = this.storeOf(host);
    if (this.system.scenario.storage === 'sync') this.setStore(host, { ...store, written: [...store.written, write] });
    else this.setStore(host, { ...store, kept: writeTo(store.kept, write) });
    this.observer?.stored(host, ...write);
  }

  private sync(host: number): void {
    const store = this.storeOf(host);
    if (store.written.length > 0) this.setStore(host, { kept: store.written.reduce(writeTo, store.kept), written: [] });
  }

  /** What a role has stored on a host, unsynced writes included, by key. */
  stored(host: number, role: string): Readonly<Record<string, Value>> {
    const store = this.storeOf(host);
    return store.written.reduce(writeTo, store.kept)[role] ?? {};
  }

  /** Writes that a crash could lose. */
  unsynced(host: number): number {
    return this.storeOf(host).written.length;
  }

  /** Replaces a stored value, or a role's whole store. */
  damage(host: number, role: string, key: string | null): void {
    const store = this.storeOf(host);
    const { [role]: own, ...others } = store.kept;
    this.setStore(host, { ...store, kept: key === null ? others : { ...store.kept, [role]: { ...own, [key]: null } } });
  }

  private startOf(instance: Instance): ReturnType<Instance['role']['memory']['start']> {
    return instance.role.memory.start({ stored: this.storeOf(instance.host).kept[instance.role.name] ?? {}, params: instance.params });
  }

  /** Starts roles: their initial states, then the connections of their hosts, then what they do at once. */
  begin(instances: readonly Instance[]): void {
    const { system } = this;
    const steps = instances.map((instance) => this.startOf(instance));
    instances.forEach((instance, i) => {
      const step = steps[i] as (typeof steps)[number];
      step.taken++;
      this.observer?.started(instance.index);
      if (step.threw !== null) this.threw = { host: instance.hostName, role: instance.role.name, error: step.threw };
      this.set(system.localSlot[instance.index] as number, step.next);
      this.empty(instance.index);
      if (system.timersSlot[instance.index] !== NONE) this.set(system.timersSlot[instance.index] as number, timersAfter(system, 0, [], step.started));
    });
    if (system.connection) this.connect(instances);
    instances.forEach((instance, i) => {
      const { effects } = steps[i] as (typeof steps)[number];
      if (effects.length > 0) this.perform(instance.index, resolve(system, instance, NONE, effects, 0), Number.POSITIVE_INFINITY);
    });
  }

  private empty(instance: number): void {
    this.observer?.cleared(instance, null);
    this.set(this.system.inboxSlot[instance] as number, this.system.inboxes.empty);
  }

  /** Tells these instances and their neighbours of each other, where a connection can stand between their hosts. */
  private connect(instances: readonly Instance[]): void {
    const { system } = this;
    const fresh = new Set(instances.map((instance) => instance.index));
    for (const instance of system.instances) {
      if (!this.isConnectable(instance)) continue;
      for (const other of instance.neighbours) {
        if (!fresh.has(instance.index) && !fresh.has(other)) continue;
        const there = system.instances[other] as Instance;
        if (!this.isConnectable(there) || this.isCut(instance.host, there.host) || this.isCut(there.host, instance.host)) continue;
        this.raise(instance.host, there.host);
        this.hearLink(instance, other, 'connected');
      }
    }
  }

  private isConnectable(instance: Instance): boolean {
    return this.receives(instance.host) && this.status(instance.index) === RUNNING;
  }

  private raise(a: number, b: number): void {
    const { links, linksSlot } = this.system;
    if (linksSlot === NONE || !links.isDown(this.linksNow, a, b)) return;
    const codes = [links.code(a, b), links.code(b, a)];
    this.set(linksSlot, links.with(this.linksNow, { down: links.state(this.linksNow).down.filter((code) => !codes.includes(code)) }));
  }

  private hearLink(instance: Instance, from: number, type: 'connected' | 'disconnected'): void {
    if (!instance.role.hears(type)) return;
    const entry = this.system.inboxes.entryOf(from, true, { type });
    const inbox = this.system.inboxes.add(this.inbox(instance.index), entry);
    if (inbox === full) {
      this.cut('inbox');
      return;
    }
    this.set(this.system.inboxSlot[instance.index] as number, inbox);
    this.observer?.sent(from, instance.index, entry);
  }

  /** Ends the connection of two hosts: what is in flight is lost, and each live end hears of it. */
  breakConnection(a: number, b: number): void {
    const { links, linksSlot, instances } = this.system;
    if (links.isDown(this.linksNow, a, b)) return;
    this.set(linksSlot, links.with(this.linksNow, { down: [...links.state(this.linksNow).down, links.code(a, b), links.code(b, a)] }));
    for (const instance of instances) {
      const other = instance.host === a ? b : instance.host === b ? a : NONE;
      if (other !== NONE)
        this.part(
          instance,
          instances.filter((there) => there.host === other).map((there) => there.index),
        );
    }
  }

  /** An instance loses what is in flight to it from these, and hears that they are gone. */
  private part(instance: Instance, others: readonly number[]): void {
    const { system } = this;
    const before = this.inbox(instance.index);
    this.set(system.inboxSlot[instance.index] as number, system.inboxes.without(before, others));
    for (const other of others) this.observer?.cleared(instance.index, other);
    if (this.isConnectable(instance))
      for (const other of others) if (instance.neighbours.includes(other)) this.hearLink(instance, other, 'disconnected');
  }

  /** The roles of a host end: inboxes and timers are lost, connections break. */
  private end(host: number, life: number): void {
    const { system } = this;
    this.set(system.lifeSlot[host] as number, life);
    for (const instance of system.instances) if (instance.host === host) this.still(instance.index);
    if (system.connection) for (const [a, b] of system.links.edges) if (a === host || b === host) this.breakConnection(a, b);
  }

  private still(instance: number): void {
    this.empty(instance);
    if (this.system.timersSlot[instance] !== NONE) this.set(this.system.timersSlot[instance] as number, 0);
  }

  /** @param lose how many unsynced writes are lost, the latest first; with `torn` the last kept one is cut short. */
  crash(host: number, lose = 0, torn = false): void {
    const store = this.storeOf(host);
    if (store.written.length > 0) {
      const kept = store.written.slice(0, store.written.length - lose);
      const last = kept.at(-1);
      const writes = torn && last !== undefined ? [...kept.slice(0, -1), [last[0], last[1], null] as const] : kept;
      this.setStore(host, { kept: writes.reduce(writeTo, store.kept), written: [] });
    }
    this.end(host, CRASHED);
  }

  leave(host: number): void {
    this.end(host, LEFT);
  }

  pause(host: number): void {
    this.set(this.system.lifeSlot[host] as number, PAUSED);
  }

  resume(host: number): void {
    this.set(this.system.lifeSlot[host] as number, UP);
  }

  /** A host that was off joins, or one that crashed restarts. */
  boot(host: number): void {
    this.set(this.system.lifeSlot[host] as number, UP);
    this.begin(this.system.instances.filter((instance) => instance.host === host && this.status(instance.index) === RUNNING));
  }

  /** One role of a live host ends, with its connections. */
  stopRole(instance: number, uninstall: boolean): void {
    const { system } = this;
    this.set(system.statusSlot[instance] as number, uninstall ? UNINSTALLED : STOPPED);
    this.still(instance);
    const own = system.instances[instance] as Instance;
    if (uninstall) this.damage(own.host, own.role.name, null);
    if (system.connection) for (const other of system.instances) if (other.neighbours.includes(instance)) this.part(other, [instance]);
  }

  /** One role of a live host starts. */
  startRole(instance: number): void {
    this.set(this.system.statusSlot[instance] as number, RUNNING);
    this.begin([this.system.instances[instance] as Instance]);
  }

  /** Cuts every linked direction from one side to the other. */
  partition(side: readonly number[], oneWay: boolean): void {
    const { links, linksSlot, hosts } = this.system;
    const cut = [...links.state(this.linksNow).cut];
    for (const a of side)
      for (let b = 0; b < hosts.length; b++) {
        if (side.includes(b) || !links.linked(a, b)) continue;
        cut.push(links.code(a, b));
        if (!oneWay) cut.push(links.code(b, a));
      }
    this.set(linksSlot, links.with(this.linksNow, { cut }));
  }

  /** Heals every cut; connections between live hosts come back. */
  repair(): void {
    const { links, linksSlot, connection, instances } = this.system;
    if (linksSlot === NONE) return;
    this.set(linksSlot, links.with(this.linksNow, { cut: [] }));
    if (!connection) return;
    const down = this.reconnectable();
    for (const [a, b] of down) this.raise(a, b);
    for (const instance of instances)
      for (const other of instance.neighbours) {
        const there = instances[other] as Instance;
        const pair = down.some(([a, b]) => (a === instance.host && b === there.host) || (b === instance.host && a === there.host));
        if (pair && this.isConnectable(instance) && this.isConnectable(there)) this.hearLink(instance, other, 'connected');
      }
  }

  /** Broken connections whose two hosts live. */
  reconnectable(): readonly (readonly [number, number])[] {
    const { links, through } = this.system;
    if (through !== NONE && this.life(through) !== UP) return [];
    return links.edges.filter(([a, b]) => links.isDown(this.linksNow, a, b) && this.receives(a) && this.receives(b));
  }

  hold(from: number, to: number, held: boolean): void {
    const { links, linksSlot } = this.system;
    const now = links.state(this.linksNow).held;
    const code = links.code(from, to);
    this.set(linksSlot, links.with(this.linksNow, { held: held ? [...now, code] : now.filter((other) => other !== code) }));
  }

  drop(instance: number, entry: number): void {
    this.set(this.system.inboxSlot[instance] as number, this.system.inboxes.remove(this.inbox(instance), entry));
    this.observer?.dropped(instance, entry);
  }

  duplicate(instance: number, entry: number): void {
    const inbox = this.system.inboxes.add(this.inbox(instance), entry);
    if (inbox === full) return;
    this.set(this.system.inboxSlot[instance] as number, inbox);
    this.observer?.duplicated(instance, entry);
  }

  /** A fingerprint of the whole world: sixteen hex digits over the content of every slot. */
  fingerprint(): string {
    const { interner } = this.system.engine;
    const parts = [...this.row].map((value, slot) => {
      const table = this.system.tables[slot];
      return table === undefined ? value : interner.fingerprint(table.id(value));
    });
    return interner.fingerprint(interner.intern(parts));
  }
}
