import type { Random } from '../kernel/random.ts';
import type { Value, ValueRecord } from '../kernel/value.ts';
import { HERE, type HostName } from '../role/effect.ts';
import { endingEvent } from '../role/invocation.ts';
import { encodeValue } from '../trace/encode.ts';
import { type Instance, NONE, type System } from '../world/system.ts';
import { Arrivals } from './arrivals.ts';
import type { Clock } from './clock.ts';
import type { LifeEvent, RoleEvent, Start } from './log.ts';
import { Neighbours } from './neighbours.ts';
import type { Past } from './past.ts';
import { type Parts, Performer } from './performer.ts';
import { LiveRoles } from './roles.ts';
import { type RoleChange, startRole, stopRole } from './software.ts';
import type { Packet, Stored, Surroundings } from './surroundings.ts';

/**
 * The roles of one host, live: the same machines, stepped by the same module and resolved by the same rules as under the
 * model, one event at a time. It knows neither sockets nor time; an adapter tells it what comes, and is told what goes.
 */
export class LiveHost {
  readonly name: HostName;
  private readonly parts: Parts;
  private readonly performer: Performer;
  private booted = false;

  constructor(system: System, name: HostName, before: Past & { readonly stored: Stored }, random: Random, around: Surroundings) {
    this.name = name;
    const roles = new LiveRoles(system, name, before.roles);
    const arrivals = new Arrivals(system);
    this.parts = { system, name, random, around, roles, arrivals, links: new Neighbours(system, name, roles, arrivals) };
    this.performer = new Performer(this.parts, before);
  }

  get clockNow(): Clock {
    return this.performer.clock;
  }

  /** What a role threw; the host takes no further step. */
  get threw(): string | null {
    return this.performer.threw;
  }

  /** Whether the host crashed in the middle of a step, as it was told to. */
  get hasCrashed(): boolean {
    return this.performer.crash === 'done';
  }

  /** The hosts that this one is linked to. */
  get neighbours(): readonly HostName[] {
    return this.parts.links.names;
  }

  /** The roles that run, by name. */
  get running(): readonly string[] {
    return this.parts.roles.running.map(({ role }) => role.name);
  }

  /** Whether an event waits. */
  get hasWork(): boolean {
    return this.isRunning && this.parts.arrivals.count > 0;
  }

  private get isRunning(): boolean {
    return this.booted && this.performer.isAlive;
  }

  /** Starts the roles: their first states, then the links that are up, then what they do at once. */
  boot(how: Extract<Start, 'start' | 'join' | 'restart'>, up: readonly HostName[], known: Clock): void {
    const { roles, arrivals, links } = this.parts;
    this.performer.learn(known);
    const starting = roles.running.map((instance) => ({ instance, step: roles.start(instance, this.performer.stored) }));
    // What came early, from hosts that had started before, was sent after the link was up.
    const early = arrivals.empty();
    for (const other of up) links.connected(other, known);
    arrivals.add(...early);
    this.booted = true;
    this.performer.begin(starting, how);
  }

  /** A host says which of its roles run, before a link to it comes up. */
  meet(host: HostName, roles: readonly string[]): void {
    this.parts.links.learn(host, roles);
  }

  /** The link to a host came up; its roles have started. */
  linkUp(host: HostName, clock: Clock): void {
    this.performer.learn(clock);
    if (this.parts.system.connection) this.note({ type: 'connected', with: host });
    this.parts.links.connected(host, clock);
  }

  linkDown(host: HostName): void {
    if (this.parts.links.disconnected(host)) this.note({ type: 'disconnected', with: host });
  }

  /** One role of this host is stopped or started. @param known what hosts knew that wait meanwhile. */
  change(change: RoleChange, role: string, known: Clock): void {
    if (!this.isRunning) return;
    this.performer.learn(known);
    if (change === 'stopRole' || change === 'uninstall') stopRole(this.parts, this.performer, role, change);
    else startRole(this.parts, this.performer, role, change, known);
  }

  /** One role of a neighbour was. */
  changed(host: HostName, role: string, runs: boolean, clock: Clock): void {
    this.performer.learn(clock);
    this.parts.links.changed(host, role, runs, clock);
  }

  /** A packet came over a link. Who speaks of roles that there are not is not listened to. */
  receive(from: HostName, { fromRole, toRole, message, clock }: Packet): void {
    const { system, roles, arrivals } = this.parts;
    const [there, here] = [system.instanceOf(from, fromRole), roles.running.find(({ role }) => role.name === toRole)];
    if (there !== undefined && here !== undefined) arrivals.add({ to: here.index, from: there.index, message, clock });
  }

  /** The host pauses, or goes on: its log says so, and it is told nothing else in between. */
  pause(type: 'pause' | 'resume'): void {
    this.note({ type });
  }

  /** From now on the host's clock goes wrong, and with it the timers that are started. */
  skew(perMille: number): void {
    this.note({ type: 'skew', perMille });
    this.performer.perMille = perMille;
  }

  /** One of the values that are stored is damaged. @returns which one, as `role.key`, or null where none is. */
  corrupt(): string | null {
    const sound = Object.entries(this.performer.stored).flatMap(([role, values]) =>
      Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[role, key] as const])),
    );
    if (!this.isRunning || sound.length === 0) return null;
    const [role, key] = this.parts.random.pick(sound);
    this.performer.damage(role, key);
    return `${role}.${key}`;
  }

  /** The host crashes in the middle of the next step that has an effect; or, on second thoughts, it does not. */
  crashNext(crashes: boolean): void {
    if (this.performer.crash !== 'done') this.performer.crash = crashes ? 'next' : 'no';
  }

  /** Handles one event that waits. */
  next(): void {
    if (!this.hasWork) return;
    const { system, random, arrivals } = this.parts;
    const { from, to, message, clock } = arrivals.next(random);
    const [instance, sender] = [this.instance(to), this.instance(from)];
    this.performer.learn(clock);
    const event = system.engine.eventOf(message, sender.hostName === this.name ? HERE : sender.hostName, instance.role);
    const json = encodeValue(message as unknown as Value);
    this.take(instance, event, { type: 'deliver', from: sender.hostName, fromRole: sender.role.name, message: json }, from);
  }

  /** A timer is due. It is not heard where it was cancelled, or started anew. */
  fire(instance: number, timer: string, round: number): void {
    const { timers } = this.parts.roles;
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
    const { system, random, roles } = this.parts;
    const acts = this.isRunning ? roles.offered(allowed) : [];
    if (acts.length === 0) return null;
    const { instance, kind, name, value, timed } = random.pick(acts);
    const given: ValueRecord = timed ? { ...value, at: random.pick(system.scenario.times ?? [0]) } : value;
    this.take(instance, this.eventOf(name, given), { type: kind === 'command' ? 'command' : 'choose', name, value: encodeValue(given) }, NONE);
    return kind === 'command' ? `${instance.role.name}.${name}` : 'choice';
  }

  private note(event: LifeEvent): void {
    if (this.isRunning) this.performer.note(event);
  }

  private eventOf(type: string, value: ValueRecord): number {
    return this.parts.system.engine.interner.intern({ ...value, type });
  }

  private take(instance: Instance, eventId: number, event: RoleEvent, sender: number, fired: readonly string[] = []): void {
    this.performer.take(instance, event, this.parts.roles.step(instance, eventId, fired), sender);
  }

  private instance(index: number): Instance {
    return this.parts.system.instances[index] as Instance;
  }
}
