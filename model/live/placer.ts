import type { HostName, Message } from '../role/effect.ts';
import { endingOf } from '../role/invocation.ts';
import type { Step } from '../role/remember.ts';
import { decodeValue, encodeValue, type Json } from '../trace/encode.ts';
import type { Value } from '../kernel/value.ts';
import { canStrike, type Fault, faultsOf, remedies } from '../world/faults.ts';
import { make } from '../world/move.ts';
import { type Offer, takenOf, variantOf } from '../world/offer.ts';
import { resolve } from '../world/resolve.ts';
import { storedBy } from '../world/store.ts';
import { type Instance, lives, NONE, type System } from '../world/system.ts';
import type { Variant } from '../world/variant.ts';
import { World } from '../world/world.ts';
import { isAfter } from './clock.ts';
import { effectJson, isRoleLine, type LogLine, type RoleLine } from './log.ts';

/** Why a step of a log does not fit. */
export interface Refusal {
  /** What was compared: whether the event could happen, or what the step did. */
  readonly field: 'event' | 'rules' | 'effects' | 'state' | 'threw' | 'order';
  readonly says: string;
  /** What the model has there, and what the log has. */
  readonly expected: readonly string[];
  readonly found: readonly string[];
  /** No other order of the steps could mend it. */
  readonly certain: boolean;
}

interface Saved {
  readonly row: Int32Array;
  readonly hi: number;
  readonly lo: number;
  readonly done: Readonly<Record<HostName, number>>;
  readonly filled: number;
  readonly handed: readonly ReadonlySet<number>[];
}

const shown = (json: unknown): string => {
  const text = JSON.stringify(json) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

/** Places the steps of a log in a world of the model. */
export class Placer {
  /** What was done that the log does not show. */
  readonly filled: string[] = [];
  private readonly system: System;
  private readonly world: World;
  private readonly lines: readonly LogLine[];
  /** The lines of each host, by their place in the log. */
  private readonly byHost: ReadonlyMap<HostName, readonly number[]>;
  private done: Record<HostName, number>;
  /** What was delivered to each instance since it started: a second copy of a datagram may have been made before. */
  private handed: Set<number>[];

  constructor(system: System, lines: readonly LogLine[]) {
    this.system = system;
    this.world = new World(system);
    this.lines = lines;
    this.byHost = new Map(system.hosts.map((host) => [host, lines.flatMap((line, at) => (line.host === host ? [at] : []))]));
    this.done = Object.fromEntries(system.hosts.map((host) => [host, 0]));
    this.handed = system.instances.map(() => new Set<number>());
    this.world.reset();
  }

  get placed(): number {
    return Object.values(this.done).reduce((sum, count) => sum + count, 0);
  }

  save(): Saved {
    const { row, hi, lo } = this.world;
    return { row: Int32Array.from(row), hi, lo, done: { ...this.done }, filled: this.filled.length, handed: this.handed.map((set) => new Set(set)) };
  }

  restore({ row, hi, lo, done, filled, handed }: Saved): void {
    this.world.restore(row, hi, lo);
    this.done = { ...done };
    this.filled.length = filled;
    this.handed = handed.map((set) => new Set(set));
  }

  /** Places every step of a role that may be placed now, until none fits; says why the next of each host does not. */
  placeAll(most: number): { readonly refusals: ReadonlyMap<number, Refusal>; readonly tries: number } {
    const refusals = new Map<number, Refusal>();
    let tries = 0;
    for (let moved = true; moved && tries < most; ) {
      moved = false;
      refusals.clear();
      for (const host of this.system.hosts)
        for (let at = this.nextOf(host); at !== undefined && tries < most; at = this.nextOf(host)) {
          tries++;
          const refusal = this.refusalOf(at);
          if (refusal !== null) {
            refusals.set(at, refusal);
            break;
          }
          moved = true;
        }
    }
    return { refusals, tries };
  }

  private nextOf(host: HostName): number | undefined {
    return this.byHost.get(host)?.[this.done[host] as number];
  }

  /** Places a step; null where it fits. */
  private refusalOf(at: number): Refusal | null {
    const line = this.lines[at] as LogLine;
    if (!isAfter(this.done, line.clock, line.host)) return waits('it knew of steps that have no place yet');
    if (!isRoleLine(line)) return this.linkRefusal(line);
    const instance = this.system.instanceOf(line.host, line.role);
    if (instance === undefined) return certainly('event', `${line.host} has no role ${line.role}`, this.rolesOf(line.host), [line.role]);
    if (line.event.type === 'start') {
      const isFirst = this.done[line.host] === 0 && line.event.how === 'start' && this.life(line.host) === 'up';
      return isFirst ? this.start(line) : waits(`a ${line.event.how} is not possible now`);
    }
    if (this.done[line.host] === 0) return certainly('event', `${line.host} has not started`, ['start'], [line.event.type]);
    if (!this.world.runs(instance.index)) return waits(`${line.host} is ${this.life(line.host)}`);
    return this.step(instance, line);
  }

  /** A connection that stands, or does not, as a line says: nothing has to happen for it. */
  private linkRefusal({ host, event }: Exclude<LogLine, RoleLine>): Refusal | null {
    if (!('with' in event)) return waits(`${event.type} is not possible now`);
    const [a, b] = [host, event.with].map((each) => this.system.hosts.indexOf(each)) as [number, number];
    const isDown = this.system.links.isDown(this.world.linksNow, a, b);
    if (isDown !== (event.type === 'disconnected')) return waits(`${host} is ${event.type} ${isDown ? 'with' : 'from'} ${event.with}`);
    this.done = { ...this.done, [host]: (this.done[host] as number) + 1 };
    return null;
  }

  private life(host: HostName): string {
    return lives[this.world.life(this.system.hosts.indexOf(host))] as string;
  }

  private rolesOf(host: HostName): readonly string[] {
    return this.system.instances.filter(({ hostName }) => hostName === host).map(({ role }) => role.name);
  }

  /** All roles of a host start together; their lines stand together too. */
  private start(line: RoleLine): Refusal | null {
    const own = this.byHost.get(line.host) as readonly number[];
    const first = this.done[line.host] as number;
    let count = 0;
    for (const at of own.slice(first)) {
      const next = this.lines[at] as LogLine;
      if (!isRoleLine(next) || next.event.type !== 'start' || (count > 0 && next.role === line.role)) break;
      const instance = this.system.instanceOf(next.host, next.role);
      if (instance === undefined) return certainly('event', `${next.host} has no role ${next.role}`, this.rolesOf(next.host), [next.role]);
      const input = { stored: storedBy(this.world, instance.host, instance.role.name), params: instance.params };
      const step = instance.role.memory.start(input);
      const refusal = this.compared(next, instance, step, resolve(this.system, instance, NONE, step.effects, 0));
      if (refusal !== null) return refusal;
      this.handed[instance.index]?.clear();
      count++;
    }
    this.done = { ...this.done, [line.host]: first + count };
    return null;
  }

  private step(instance: Instance, line: RoleLine): Refusal | null {
    const slot = this.system.firesSlot[instance.index] as number;
    if (slot !== NONE) this.world.set(slot, 1_000);
    const offer = this.offerOf(instance, line);
    if (offer === undefined) {
      const found = [eventText(line)];
      const isLost = line.event.type === 'deliver';
      return {
        field: 'event',
        says: isLost ? 'nothing like it is on its way there' : unofferedWords(line),
        expected: this.offersOf(instance),
        found,
        // What a role offers by itself depends on what it did alone.
        certain: !isLost && line.event.type !== 'command',
      };
    }
    const taken = takenOf(this.system, offer);
    const variants = Array.from({ length: taken.variants }, (_, number) => number);
    const refusals = variants.map((number) => this.compared(line, instance, taken.step, variantOf(this.system, offer, number)));
    const variant = refusals.indexOf(null);
    if (variant < 0) return refusals[0] as Refusal;
    if (offer.kind === 'Deliver') this.handed[instance.index]?.add(offer.entry);
    make(this.world, { offer, variant, crashAfter: -1 });
    this.done = { ...this.done, [line.host]: (this.done[line.host] as number) + 1 };
    return null;
  }

  /** The model's offer for the event of a line, with losses and copies of datagrams filled in. */
  private offerOf(instance: Instance, line: RoleLine): Offer | undefined {
    const { interner } = this.system.engine;
    const { event } = line;
    const among = (is: (offer: Offer) => boolean): Offer | undefined =>
      this.world.seat(instance.index).offers.find((offer) => is(offer) && this.world.allows(offer));
    switch (event.type) {
      case 'fire':
        return among((offer) => offer.kind === 'Fire' && offer.name === event.timer);
      case 'command':
      case 'choose': {
        const kind = event.type === 'command' ? 'Command' : 'Choose';
        const wanted = interner.intern(decodeValue(event.value));
        return among((offer) => offer.kind === kind && offer.name === event.name && interner.intern(offer.value) === wanted);
      }
      case 'deliver': {
        const sender = this.system.instanceOf(event.from, event.fromRole)?.index;
        if (sender === undefined) return undefined;
        const wanted = interner.intern(decodeValue(event.message));
        const isIt = (entry: number): boolean => {
          const { from, message } = this.system.inboxes.entry(entry);
          return from === sender && interner.intern(message as unknown as Value) === wanted;
        };
        const find = (): Offer | undefined => among((offer) => offer.kind === 'Deliver' && isIt(offer.entry));
        const found = find();
        if (found !== undefined || this.system.connection || sender === NONE) return found;
        return this.copied(instance, isIt) || this.uncovered(instance, sender, isIt) ? find() : undefined;
      }
      default:
        return undefined;
    }
  }

  /** A copy that was made before the first was delivered: it has waited since, and nothing else has changed by it. */
  private copied(instance: Instance, isIt: (entry: number) => boolean): boolean {
    const entry = [...(this.handed[instance.index] as Set<number>)].find(isIt);
    const budget = this.system.budgetSlot.get('duplicate');
    if (entry === undefined || budget === undefined || this.world.budget(budget) === 0) return false;
    const slot = this.system.inboxSlot[instance.index] as number;
    this.world.set(budget, this.world.budget(budget) - 1);
    this.world.set(slot, this.system.inboxes.add(this.world.inbox(instance.index), entry));
    this.filled.push(`Duplicate ${this.system.inboxes.entry(entry).message.type} to ${instance.hostName}`);
    return true;
  }

  /** On ordered datagrams what stands before it in line was lost. */
  private uncovered(instance: Instance, sender: number, isIt: (entry: number) => boolean): boolean {
    const { inboxes } = this.system;
    const line = inboxes.list(this.world.inbox(instance.index)).filter((entry) => inboxes.entry(entry).from === sender);
    const at = line.findIndex(isIt);
    if (at <= 0) return false;
    for (const entry of line.slice(0, at)) {
      const fault: Fault = { type: 'Drop', instance: instance.index, entry };
      if (!canStrike(this.world, fault)) return false;
      this.strike(fault, `Drop ${inboxes.entry(entry).message.type} to ${instance.hostName}`);
    }
    return true;
  }

  private strike(fault: Fault, words: string): void {
    make(this.world, { fault });
    this.filled.push(words);
  }

  /** What a step did under the model, against what the log says that it did. */
  private compared(line: RoleLine, { role }: Instance, step: Step, variant: Variant): Refusal | null {
    const { interner } = this.system.engine;
    if ((line.threw ?? null) !== (step.threw?.slice(0, 500) ?? null))
      return certainly(
        'threw',
        step.threw === null ? 'the role threw' : 'the role of the model throws',
        [step.threw ?? 'no error'],
        [line.threw ?? 'no error'],
      );
    if (line.rules !== undefined && line.rules.join() !== step.rules.join())
      return certainly('rules', ruleWords(step.rules, line.rules), step.rules, line.rules);
    const effects = variant.heard.map((effect) => effectJson(interner, effect));
    if (canonical(line.effects) !== canonical(effects)) {
      const at = Array.from({ length: Math.max(effects.length, line.effects.length) }, (_, i) => i).findIndex(
        (i) => canonical(effects[i] ?? null) !== canonical(line.effects[i] ?? null),
      );
      const rules = step.rules.length === 0 ? '' : ` of ${step.rules.join(', ')}`;
      const [expected, found] = [effects[at] ?? null, line.effects[at] ?? null];
      const where = placeOfDifference(expected, found);
      return certainly('effects', `effect ${at + 1}${rules} differs${where === '' ? '' : `: ${where}`}`, [shown(expected)], [shown(found)]);
    }
    const state = interner.fingerprint(role.memory.locals.id(step.next));
    if (line.state === undefined || line.state === state) return null;
    const after = step.rules.length === 0 ? 'the step' : step.rules.join(', ');
    return certainly('state', `the local state after ${after} differs`, [`${state} ${shown(role.memory.snapshot(step.next).value)}`], [line.state]);
  }

  private offersOf(instance: Instance): readonly string[] {
    return this.world.seat(instance.index).offers.map((offer) => {
      if (offer.kind !== 'Deliver')
        return `${offer.kind.toLowerCase()} ${offer.name}${offer.kind === 'Fire' ? '' : ` ${shown(encodeValue(offer.value))}`}`;
      const { from, message } = this.system.inboxes.entry(offer.entry);
      return `deliver ${messageText((this.system.instances[from] as Instance).hostName, encodeValue(message as unknown as Value))}`;
    });
  }

  /**
   * What may happen next that is no step of a role, where no role can go on: connections that a waiting `disconnected` or
   * `connected` speaks of, then hosts that crash, restart, join or leave as the log says.
   */
  ways(): readonly (() => void)[] {
    const next = this.system.hosts.flatMap((host) => this.nextOf(host) ?? []).map((at) => this.lines[at] as LogLine);
    const ready = next.filter((line) => isAfter(this.done, line.clock, line.host));
    return [...this.repairs(ready), ...ready.flatMap((line) => this.lifeOf(line))];
  }

  private repairs(ready: readonly LogLine[]): readonly (() => void)[] {
    const heard = ready.flatMap((line) => linkHeard(line));
    const breaks = heard
      .filter(({ type }) => type === 'disconnected')
      .flatMap(({ host, from }) => {
        const between = [host, from].sort((a, b) => this.system.hosts.indexOf(a) - this.system.hosts.indexOf(b)) as [string, string];
        return canStrike(this.world, { type: 'Break', between }) ? [() => this.strike({ type: 'Break', between }, `Break ${between.join('-')}`)] : [];
      });
    const cuts = this.partitions(heard.filter(({ type }) => type === 'disconnected'));
    const isBroken = heard.some(({ type }) => type === 'connected') && remedies(this.world).some(({ type }) => type === 'Repair');
    return [...breaks, ...cuts, ...(isBroken ? [() => this.strike({ type: 'Repair' }, 'Repair')] : [])];
  }

  /** Partitions that explain why hosts hear no more of each other. */
  private partitions(heard: readonly { readonly host: HostName; readonly from: HostName }[]): readonly (() => void)[] {
    if (heard.length === 0) return [];
    return (['partition', 'oneWayPartition'] as const)
      .filter((kind) => this.world.hasLeft(kind))
      .flatMap((kind) => faultsOf(this.world, kind))
      .flatMap((fault) =>
        fault.type === 'Partition' && heard.some(({ host, from }) => fault.side.includes(host) !== fault.side.includes(from))
          ? [() => this.strike(fault, `Partition ${fault.side.join(', ')}`)]
          : [],
      );
  }

  private lifeOf(line: LogLine): readonly (() => void)[] {
    const { host, event } = line;
    if (event.type === 'start') {
      const type = event.how === 'join' ? 'Join' : 'Restart';
      if (event.how === 'start' || !canStrike(this.world, { type, host })) return [];
      return [
        () => {
          // A start is a step of the world before it is one of the roles: what they do there is compared, and has been done.
          const before = this.save();
          make(this.world, { fault: { type, host } });
          if (this.start(line as RoleLine) !== null) this.restore(before);
        },
      ];
    }
    const fault: Fault | undefined = lifeFaults(host)[event.type];
    if (fault === undefined) return [];
    if (!canStrike(this.world, fault)) return [];
    return [
      () => {
        make(this.world, { fault });
        this.done = { ...this.done, [host]: (this.done[host] as number) + 1 };
      },
    ];
  }
}

/** What a line says of a connection: a host's own line, or in a log without those what a role heard. */
const linkHeard = ({ host, event }: LogLine): readonly { readonly host: HostName; readonly from: HostName; readonly type: string }[] => {
  if ('with' in event) return [{ host, from: event.with, type: event.type }];
  if (event.type !== 'deliver') return [];
  return [{ host, from: event.from, type: (event.message as unknown as Message | null)?.type ?? '' }];
};

/** What a line on a host as a whole is in the model. */
const lifeFaults = (host: HostName): Readonly<Partial<Record<LogLine['event']['type'], Fault>>> => ({
  crash: { type: 'Crash', host },
  leave: { type: 'Leave', host },
  pause: { type: 'Pause', host },
  resume: { type: 'Resume', host },
});

/** The order of fields does not matter, so a log of another program may write them as it likes. */
const canonical = (json: Json | readonly Json[]): string => JSON.stringify(encodeValue(decodeValue(json as Json)));

/** Where two values differ first, and how: `message.totalDifficulty is 0, and 131072 under the model`. */
const placeOfDifference = (expected: Json, found: Json, place = ''): string => {
  const isRecord = (json: Json): json is { readonly [key: string]: Json } => json !== null && typeof json === 'object';
  if (!isRecord(expected) || !isRecord(found)) return place === '' ? '' : `${place} is ${shown(found)}, and ${shown(expected)} under the model`;
  const key = [...new Set([...Object.keys(expected), ...Object.keys(found)])].find(
    (name) => JSON.stringify(expected[name]) !== JSON.stringify(found[name]),
  );
  return key === undefined ? '' : placeOfDifference(expected[key] ?? null, found[key] ?? null, place === '' ? key : `${place}.${key}`);
};

const waits = (says: string): Refusal => ({ field: 'order', says, expected: [], found: [], certain: false });

const certainly = (field: Refusal['field'], says: string, expected: readonly string[], found: readonly string[]): Refusal => ({
  field,
  says,
  expected,
  found,
  certain: true,
});

const ruleWords = (expected: readonly string[], found: readonly string[]): string => {
  const missing = expected.filter((rule) => !found.includes(rule));
  const more = found.filter((rule) => !expected.includes(rule));
  if (missing.length === 0 && more.length === 0) return 'the rules fire in another order, or not as often';
  return [
    ...(missing.length === 0 ? [] : [`${missing.join(', ')} of the model did not fire`]),
    ...(more.length === 0 ? [] : [`${more.join(', ')} fired, and does not under the model`]),
  ].join('; ');
};

const unofferedWords = ({ event }: RoleLine): string => {
  const ending = event.type === 'choose' ? endingOf(event.name) : null;
  return ending === null ? 'the role does not offer it in this state' : `${ending.id} is not declared to end like that in this state`;
};

const messageText = (from: string, message: Json): string => `${(message as { type?: string } | null)?.type ?? '?'} from ${from} ${shown(message)}`;

/** The event of a line in a few words. */
export const eventText = ({ event }: LogLine): string => {
  switch (event.type) {
    case 'start':
      return event.how;
    case 'deliver':
      return `deliver ${messageText(event.from, event.message)}`;
    case 'fire':
      return `fire ${event.timer}`;
    case 'command':
    case 'choose':
      return `${event.type === 'choose' ? 'choose' : 'command'} ${event.name} ${shown(event.value)}`;
    default:
      return event.type;
  }
};
