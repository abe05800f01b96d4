import type { Random } from '../kernel/random.ts';
import type { Value, ValueRecord } from '../kernel/value.ts';
import { HERE, type HostName } from '../role/effect.ts';
import { endingEvent } from '../role/invocation.ts';
import type { Step } from '../role/remember.ts';
import { encodeValue } from '../trace/encode.ts';
import { type Instance, NONE, type System } from '../world/system.ts';
import { Arrivals } from './arrivals.ts';
import { type Clock, merged, ticked } from './clock.ts';
import type { LifeEvent, RoleEvent } from './log.ts';
import { Neighbours } from './neighbours.ts';
import { LiveRoles } from './roles.ts';
import { Performer } from './performer.ts';
import type { Packet, Stored, Surroundings } from './surroundings.ts';
import { type Taken, takenOf } from './taken.ts';

/**
 * The roles of one host, live: the same machines, stepped by the same module and resolved by the same rules as under the
 * model, one event at a time. It knows neither sockets nor time; an adapter tells it what comes, and is told what goes.
 */
export class LiveHost {
  readonly name: HostName;
  /** Set by a role that threw; the host takes no further step. */
  threw: string | null = null;
  private readonly system: System;
  private readonly random: Random;
  private readonly roles: LiveRoles;
  private readonly arrivals: Arrivals;
  private readonly links: Neighbours;
  private readonly performer: Performer;
  private clock: Clock;
  private booted = false;

  constructor(system: System, name: HostName, before: { readonly stored: Stored; readonly clock: Clock }, random: Random, around: Surroundings) {
    this.system = system;
    this.name = name;
    this.random = random;
    this.roles = new LiveRoles(system, name);
    this.arrivals = new Arrivals(system);
    this.links = new Neighbours(system, name, this.roles, this.arrivals);
    this.performer = new Performer({ system, around, roles: this.roles, arrivals: this.arrivals, links: this.links }, before.stored);
    this.clock = before.clock;
  }

  get clockNow(): Clock {
    return this.clock;
  }

  /** The hosts that this one is linked to. */
  get neighbours(): readonly HostName[] {
    return this.links.names;
  }

  /** Whether an event waits. */
  get hasWork(): boolean {
    return this.isRunning && this.arrivals.count > 0;
  }

  private get isRunning(): boolean {
    return this.booted && this.threw === null;
  }

  /** Starts the roles: their first states, then the links that are up, then what they do at once. */
  boot(how: 'start' | 'join' | 'restart', up: readonly HostName[], known: Clock): void {
    this.clock = merged(this.clock, known);
    const begun = this.roles.running.map((instance) => ({ instance, step: this.roles.start(instance, this.performer.stored) }));
    // What came early, from hosts that had started before, was sent after the link was up.
    const early = this.arrivals.empty();
    for (const other of up) this.links.connected(other, known);
    this.arrivals.add(...early);
    this.booted = true;
    const taken = begun.map(({ instance, step }) => this.taken(instance, { type: 'start', how }, step, NONE));
    this.performer.perform(taken, this.clock);
  }

  /** The link to a host came up; its roles have started. */
  linkUp(host: HostName, clock: Clock): void {
    this.clock = merged(this.clock, clock);
    if (this.system.connection) this.note({ type: 'connected', with: host });
    this.links.connected(host, clock);
  }

  linkDown(host: HostName): void {
    if (this.links.disconnected(host)) this.note({ type: 'disconnected', with: host });
  }

  /** A packet came over a link. Who speaks of roles that there are not is not listened to. */
  receive(from: HostName, { fromRole, toRole, message, clock }: Packet): void {
    const [there, here] = [this.system.instanceOf(from, fromRole), this.roles.named(toRole)];
    if (there !== undefined && here !== undefined) this.arrivals.add({ to: here.index, from: there.index, message, clock });
  }

  /** The host pauses, or goes on: its log says so, and it is told nothing else in between. */
  pause(type: 'pause' | 'resume'): void {
    this.note({ type });
  }

  /** Handles one event that waits. */
  next(): void {
    if (!this.hasWork) return;
    const { from, to, message, clock } = this.arrivals.next(this.random);
    const [instance, sender] = [this.instance(to), this.instance(from)];
    this.clock = merged(this.clock, clock);
    const event = this.system.engine.eventOf(message, sender.hostName === this.name ? HERE : sender.hostName, instance.role);
    const json = encodeValue(message as unknown as Value);
    this.take(instance, event, { type: 'deliver', from: sender.hostName, fromRole: sender.role.name, message: json }, from);
  }

  /** A timer is due. It is not heard where it was cancelled, or started anew. */
  fire(instance: number, timer: string, round: number): void {
    const { timers } = this.roles;
    if (!timers.isLatest(instance, timer, round)) return;
    // Of timers that were started together the one with the shorter delay fires first, however late this process wakes up.
    for (let first: string | undefined; this.isRunning && first !== timer; ) {
      first = timers.firstWith(instance, timer);
      if (first === undefined) return;
      this.take(this.instance(instance), this.eventOf(first, {}), { type: 'fire', timer: first }, NONE, [first]);
    }
  }

  /** What a state invoked has ended. It is not heard where its state was left, or entered anew. */
  settle(instance: number, id: string, round: number, how: 'done' | 'error', answer: Value): void {
    if (!this.isRunning || !this.performer.calls.settle(instance, id, round)) return;
    const { name, value } = endingEvent(how, id, answer);
    this.take(this.instance(instance), this.eventOf(name, value), { type: 'choose', name, value: encodeValue(value) }, NONE);
  }

  /**
   * Takes one command or choice that a role offers now, drawn among those that are allowed.
   * @param allowed commands with a budget, as `role.command`.
   * @returns the command that was taken, `choice` for a choice, or null where nothing is offered.
   */
  act(allowed: readonly string[]): string | null {
    const acts = this.isRunning ? this.roles.offered(allowed) : [];
    if (acts.length === 0) return null;
    const { instance, kind, name, value, timed } = this.random.pick(acts);
    const given: ValueRecord = timed ? { ...value, at: this.random.pick(this.system.scenario.times ?? [0]) } : value;
    this.take(instance, this.eventOf(name, given), { type: kind === 'command' ? 'command' : 'choose', name, value: encodeValue(given) }, NONE);
    return kind === 'command' ? `${instance.role.name}.${name}` : 'choice';
  }

  private note(event: LifeEvent): void {
    if (!this.isRunning) return;
    this.clock = ticked(this.clock, this.name);
    this.performer.keep([{ host: this.name, clock: this.clock, event }]);
  }

  private eventOf(type: string, value: ValueRecord): number {
    return this.system.engine.interner.intern({ ...value, type });
  }

  private take(instance: Instance, eventId: number, event: RoleEvent, sender: number, fired: readonly string[] = []): void {
    const taken = this.taken(instance, event, this.roles.step(instance, eventId, fired), sender);
    this.performer.perform([taken], this.clock);
  }

  private taken(instance: Instance, event: RoleEvent, step: Step, sender: number): Taken {
    this.clock = ticked(this.clock, this.name);
    this.threw ??= step.threw;
    return takenOf(this.system, instance, { event, step, sender, clock: this.clock }, this.random);
  }

  private instance(index: number): Instance {
    return this.system.instances[index] as Instance;
  }
}
