import type { Random } from '../kernel/random.ts';
import type { Value, ValueRecord } from '../kernel/value.ts';
import { HERE, type HostName, type Message } from '../role/effect.ts';
import { endingEvent } from '../role/invocation.ts';
import type { Step } from '../role/remember.ts';
import { encodeValue } from '../trace/encode.ts';
import { timersAfter } from '../world/offer.ts';
import { resolve, variantsOf } from '../world/resolve.ts';
import { type Instance, NONE, type System } from '../world/system.ts';
import type { Operation } from '../world/variant.ts';
import { type Clock, merged, ticked } from './clock.ts';
import { effectJson, type LifeEvent, type RoleEvent, type RoleLine } from './log.ts';
import type { Call, Packet, Stored, Surroundings } from './surroundings.ts';

interface Waiting {
  readonly to: number;
  readonly from: number;
  readonly message: Message;
  readonly clock: Clock;
}

/**
 * The roles of one host, live: the same machines, stepped by the same module and resolved by the same rules as under the
 * model, one event at a time. It knows neither sockets nor time; an adapter tells it what comes, and is told what goes.
 */
export class LiveHost {
  readonly name: HostName;
  /** Set by a role that threw; the host takes no further step. */
  threw: string | null = null;
  private readonly system: System;
  private readonly host: number;
  private readonly own: readonly Instance[];
  private readonly random: Random;
  private readonly around: Surroundings;
  private readonly locals = new Map<number, number>();
  /** The timers of each instance that are pending, in the model's numbers, and which round of each it is. */
  private readonly timers = new Map<number, number>();
  private readonly rounds = new Map<string, number>();
  /** The round of each promise that is waited for. */
  private readonly calls = new Map<string, number>();
  private queue: Waiting[] = [];
  private readonly up = new Set<number>();
  private stored: Stored;
  private clock: Clock;
  private booted = false;

  constructor(system: System, name: HostName, before: { readonly stored: Stored; readonly clock: Clock }, random: Random, around: Surroundings) {
    this.system = system;
    this.name = name;
    this.host = system.hosts.indexOf(name);
    this.own = system.instances.filter((instance) => instance.host === this.host && !instance.stopped);
    this.random = random;
    this.around = around;
    this.stored = before.stored;
    this.clock = before.clock;
  }

  get clockNow(): Clock {
    return this.clock;
  }

  /** The hosts that this one is linked to. */
  get neighbours(): readonly HostName[] {
    return this.system.hosts.filter((_, other) => other !== this.host && this.system.linked(this.host, other));
  }

  /** Whether an event waits. */
  get hasWork(): boolean {
    return this.booted && this.threw === null && this.queue.length > 0;
  }

  /** Starts the roles: their first states, then the links that are up, then what they do at once. */
  boot(how: 'start' | 'join' | 'restart', up: readonly HostName[], known: Clock): void {
    const { system } = this;
    this.clock = merged(this.clock, known);
    const steps = this.own.map((instance) => {
      const step = instance.role.memory.start({ stored: this.stored[instance.role.name] ?? {}, params: instance.params });
      this.locals.set(instance.index, step.next);
      this.timers.set(instance.index, timersAfter(system, 0, [], step.started));
      return step;
    });
    // What came early, from hosts that had started before, was sent after the link was up.
    const early = this.queue;
    this.queue = [];
    for (const other of up) this.raise(other, known);
    this.queue.push(...early);
    this.booted = true;
    const taken = this.own.map((instance, at) => {
      const step = steps[at] as Step;
      return { instance, step, ...this.lineOf(instance, { type: 'start', how }, step, NONE) };
    });
    for (const { instance, step } of taken) this.arm(instance, step);
    this.keep(taken);
    for (const { instance, step } of taken) this.call(instance, step);
    for (const { instance, operations } of taken) this.perform(instance, operations);
  }

  /** The link to a host came up; its roles have started. */
  linkUp(host: HostName, clock: Clock): void {
    this.clock = merged(this.clock, clock);
    if (this.system.connection) this.note({ type: 'connected', with: host });
    this.raise(host, clock);
  }

  private raise(host: HostName, clock: Clock): void {
    const other = this.system.hosts.indexOf(host);
    this.up.add(other);
    this.hearLink(other, 'connected', clock);
  }

  /** The link to a host broke: what came over it and waits is gone, as in the model, and each role hears of it. */
  linkDown(host: HostName): void {
    const other = this.system.hosts.indexOf(host);
    if (!this.up.delete(other) || !this.system.connection) return;
    this.queue = this.queue.filter(({ from }) => this.hostOf(from) !== other);
    this.note({ type: 'disconnected', with: host });
    this.hearLink(other, 'disconnected', {});
  }

  private hearLink(host: number, type: 'connected' | 'disconnected', clock: Clock): void {
    if (!this.system.connection) return;
    for (const instance of this.own)
      for (const from of instance.neighbours)
        if (this.hostOf(from) === host && instance.role.hears(type) && !this.instance(from).stopped)
          this.queue.push({ to: instance.index, from, message: { type }, clock });
  }

  /** A packet came over a link. Who speaks of roles that there are not is not listened to. */
  receive(from: HostName, { fromRole, toRole, message, clock }: Packet): void {
    const [there, here] = [this.system.instanceOf(from, fromRole), this.own.find((instance) => instance.role.name === toRole)];
    if (there !== undefined && here !== undefined) this.queue.push({ to: here.index, from: there.index, message, clock });
  }

  /** Handles one event that waits. On links that keep no order any of them may be the next. */
  next(): void {
    if (!this.hasWork) return;
    const { connection, scenario } = this.system;
    const isOrdered = connection || scenario.network.ordered === true;
    const drawn = isOrdered ? 0 : this.random.below(this.queue.length);
    const { from, to } = this.queue[drawn] as Waiting;
    // What is told inside the host keeps its order anyway.
    const at = this.hostOf(from) === this.host ? this.queue.findIndex((each) => each.from === from && each.to === to) : drawn;
    const [{ message, clock }] = this.queue.splice(at, 1) as [Waiting];
    const [instance, sender] = [this.instance(to), this.instance(from)];
    const isLocal = sender.host === this.host;
    this.clock = merged(this.clock, clock);
    this.take(
      instance,
      this.system.engine.eventOf(message, isLocal ? HERE : sender.hostName, instance.role),
      { type: 'deliver', from: sender.hostName, fromRole: sender.role.name, message: encodeValue(message as unknown as Value) },
      from,
    );
  }

  /** The host pauses, or goes on: its log says so, and it is told nothing else in between. */
  pause(type: 'pause' | 'resume'): void {
    this.note({ type });
  }

  private note(event: LifeEvent): void {
    if (!this.booted || this.threw !== null) return;
    this.clock = ticked(this.clock, this.name);
    this.around.keep([{ host: this.name, clock: this.clock, event }], null);
  }

  /** A timer is due. It is not heard where it was cancelled, or started anew. */
  fire(instance: number, timer: string, round: number): void {
    if (!this.booted || this.threw !== null) return;
    const one = this.instance(instance);
    const isPending = (): readonly string[] | undefined => this.pending(instance).find((group) => group.includes(timer));
    if (this.rounds.get(`${instance} ${timer}`) !== round) return;
    // Of timers that were started together the one with the shorter delay fires first, however late this process wakes up.
    for (let group = isPending(); group !== undefined; group = isPending()) {
      const first = group[0] as string;
      const event = this.system.engine.interner.intern({ type: first });
      this.take(one, event, { type: 'fire', timer: first }, NONE, [first]);
      if (first === timer || this.threw !== null) return;
    }
  }

  /** What a state invoked has ended. It is not heard where its state was left, or entered anew. */
  settle(instance: number, id: string, round: number, how: 'done' | 'error', answer: Value): void {
    if (!this.booted || this.threw !== null || this.calls.get(`${instance} ${id}`) !== round) return;
    this.calls.delete(`${instance} ${id}`);
    const { name, value } = endingEvent(how, id, answer);
    const event = this.system.engine.interner.intern({ ...value, type: name });
    this.take(this.instance(instance), event, { type: 'choose', name, value: encodeValue(value) }, NONE);
  }

  private pending(instance: number): readonly (readonly string[])[] {
    return this.system.timers.value(this.timers.get(instance) ?? 0) as readonly (readonly string[])[];
  }

  /**
   * Takes one command or choice that a role offers now, drawn among those that are allowed.
   * @param allowed commands with a budget, as `role.command`.
   * @returns the command that was taken, `choice` for a choice, or null where nothing is offered.
   */
  act(allowed: readonly string[]): string | null {
    if (!this.booted || this.threw !== null) return null;
    const acts = this.own.flatMap((instance) =>
      instance.role
        .offered(this.locals.get(instance.index) as number)
        .filter(({ kind, name }) => kind === 'choice' || (kind === 'command' && allowed.includes(`${instance.role.name}.${name}`)))
        .map((offered) => ({ instance, ...offered })),
    );
    if (acts.length === 0) return null;
    const { instance, kind, name, value, timed } = this.random.pick(acts);
    const given: ValueRecord = timed ? { ...value, at: this.random.pick(this.system.scenario.times ?? [0]) } : value;
    const event = this.system.engine.interner.intern({ ...given, type: name });
    this.take(instance, event, { type: kind === 'command' ? 'command' : 'choose', name, value: encodeValue(given) }, NONE);
    return kind === 'command' ? `${instance.role.name}.${name}` : 'choice';
  }

  private take(instance: Instance, eventId: number, event: RoleEvent, sender: number, fired: readonly string[] = []): void {
    const step = instance.role.memory.step(this.locals.get(instance.index) as number, eventId);
    this.locals.set(instance.index, step.next);
    const ended = [...fired, ...step.cancelled];
    this.timers.set(instance.index, timersAfter(this.system, this.timers.get(instance.index) ?? 0, ended, step.started));
    const taken = this.lineOf(instance, event, step, sender);
    this.arm(instance, step);
    this.keep([taken]);
    this.call(instance, step);
    this.perform(instance, taken.operations);
  }

  private lineOf(
    { index, role }: Instance,
    event: RoleEvent,
    step: Step,
    sender: number,
  ): { readonly line: RoleLine; readonly operations: readonly Operation[] } {
    const { engine } = this.system;
    const number = event.type === 'start' ? 0 : this.random.below(variantsOf(step.effects));
    const { operations, heard } = resolve(this.system, this.instance(index), sender, step.effects, number);
    this.clock = ticked(this.clock, this.name);
    if (step.threw !== null) this.threw = step.threw;
    const line: RoleLine = {
      host: this.name,
      role: role.name,
      clock: this.clock,
      event,
      effects: heard.map((effect) => effectJson(engine.interner, effect)),
      rules: step.rules,
      state: engine.interner.fingerprint(role.memory.locals.id(step.next)),
      ...(step.threw === null ? {} : { threw: step.threw.slice(0, 500) }),
    };
    return { line, operations };
  }

  private arm({ index }: Instance, { started, delays }: Step): void {
    started.forEach((timer, at) => {
      const key = `${index} ${timer}`;
      const round = (this.rounds.get(key) ?? 0) + 1;
      this.rounds.set(key, round);
      this.around.arm(index, timer, round, delays[at] as number);
    });
  }

  /** Promises outlive no state: those of states that were left are given up before those of states that were entered are called. */
  private call({ index }: Instance, { invoked, stopped }: Step): void {
    for (const id of stopped) {
      const round = this.calls.get(`${index} ${id}`);
      this.calls.delete(`${index} ${id}`);
      if (round !== undefined) this.around.abandon(index, id, round);
    }
    for (const call of invoked) {
      const key = `${index} ${call.id}`;
      const round = (this.rounds.get(key) ?? 0) + 1;
      this.rounds.set(key, round);
      this.calls.set(key, round);
      this.around.invoke(index, call as Call, round);
    }
  }

  private keep(taken: readonly { readonly line: RoleLine; readonly operations: readonly Operation[] }[]): void {
    const before = this.stored;
    for (const operation of taken.flatMap(({ operations }) => operations)) {
      if (operation.kind !== 'store') continue;
      const [role, key, value] = operation.write;
      this.stored = { ...this.stored, [role]: { ...this.stored[role], [key]: value } };
    }
    this.around.keep(
      taken.map(({ line }) => line),
      this.stored === before ? null : this.stored,
    );
  }

  private perform({ index, role }: Instance, operations: readonly Operation[]): void {
    const clock = this.clock;
    for (const operation of operations) {
      if (operation.kind !== 'send') continue;
      const { message } = operation;
      for (const target of operation.targets) {
        const there = this.instance(target);
        if (there.host === this.host) {
          if (!there.stopped) this.queue.push({ to: target, from: index, message, clock });
        } else if (this.up.has(there.host) && !this.isStale(index, target))
          this.around.send(there.hostName, { fromRole: role.name, toRole: there.role.name, message, clock });
      }
    }
  }

  /** Until a role has read that a connection is gone it speaks to the one that was; see decision 3. */
  private isStale(instance: number, other: number): boolean {
    return this.queue.some(({ to, from, message }) => to === instance && from === other && message.type === 'disconnected');
  }

  private instance(index: number): Instance {
    return this.system.instances[index] as Instance;
  }

  private hostOf(index: number): number {
    return this.instance(index).host;
  }
}
