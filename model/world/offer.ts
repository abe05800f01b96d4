import type { Value, ValueRecord } from '../kernel/value.ts';
import { type Effect, HERE, type HostName, type Message, type Recipients, type Some } from '../role/effect.ts';
import type { Step } from '../role/remember.ts';
import { type Instance, NONE, type System } from './system.ts';

/** Why a message never came to be in flight. */
export type Loss = 'host down' | 'cut' | 'not connected' | 'not linked' | 'no such role' | 'inbox full';

/** An effect with its receivers found. */
export type Operation =
  | {
      readonly kind: 'send';
      readonly targets: readonly number[];
      readonly entries: readonly number[];
      readonly message: Message;
      readonly toAll: boolean;
    }
  | { readonly kind: 'nowhere'; readonly to: HostName; readonly message: Message; readonly loss: Loss }
  | { readonly kind: 'store'; readonly write: readonly [string, string, Value] }
  | { readonly kind: 'sync' }
  | { readonly kind: 'history' };

/** One resolution of the choices that a step leaves open. */
export interface Variant {
  readonly picks: readonly (readonly HostName[])[];
  /** One for each effect. */
  readonly operations: readonly Operation[];
  /** The effects with their receivers by name, as monitors hear them. */
  readonly heard: readonly Effect[];
}

/** What taking an offer does to its instance. */
export interface Taken {
  readonly step: Step;
  readonly local: number;
  readonly inbox: number;
  readonly timers: number;
  /** How many resolutions the step has; at least one. */
  readonly variants: number;
  /** It changes a slot or has an effect. */
  readonly effective: boolean;
}

export type OfferKind = 'Deliver' | 'Fire' | 'Command' | 'Choose';

/** Something that a role instance can do next in its present local state, with its inbox and its timers. */
export interface Offer {
  readonly kind: OfferKind;
  readonly instance: number;
  /** The instance that sent the message, or {@link NONE}. */
  readonly sender: number;
  readonly entry: number;
  /** The message type, timer, command or choice. */
  readonly name: string;
  readonly value: Value;
  readonly event: number;
  /** The slot of the budget that it spends, or {@link NONE}. */
  readonly budget: number;
  readonly fair: boolean;
  /** Of the instance when it was offered. */
  readonly from: { readonly local: number; readonly inbox: number; readonly timers: number };
  taken: Taken | null;
  readonly resolved: Variant[];
}

/** What an instance can do in one local state with one inbox and one set of timers. */
export interface Seat {
  readonly offers: readonly Offer[];
  /** Some offer is a delivery; when links are not calm, they have to be looked at one by one. */
  readonly delivers: boolean;
}

/** The offers of an instance, in canonical order: deliveries, timers, commands, choices. */
export const seatOf = (system: System, instance: Instance, local: number, inbox: number, timers: number): Seat => {
  const { engine, scenario } = system;
  const { role } = instance;
  const from = { local, inbox, timers };
  const base = { instance: instance.index, from, taken: null };
  const deliveries = system.inboxes.deliverable(inbox).map((entry): Offer => {
    const { from: sender, message } = system.inboxes.entry(entry);
    return {
      ...base,
      kind: 'Deliver',
      sender,
      entry,
      name: message.type,
      value: null,
      event: eventOfEntry(system, instance, entry),
      budget: NONE,
      fair: true,
      resolved: [],
    };
  });
  const fires = (system.timers.value(timers) as readonly (readonly string[])[]).map((group): Offer => {
    const timer = group[0] as string;
    return {
      ...base,
      kind: 'Fire',
      sender: NONE,
      entry: NONE,
      name: timer,
      value: null,
      event: engine.interner.intern({ type: timer }),
      budget: system.firesSlot[instance.index] as number,
      fair: true,
      resolved: [],
    };
  });
  const acts = role.offered(local).flatMap(({ kind, name, value, timed, fair }): Offer[] => {
    const budget = system.commandSlot.get(`${role.name}.${name}`) ?? NONE;
    if (kind === 'command' && budget === NONE) return [];
    const values = timed ? (scenario.times ?? [0]).map((at) => ({ ...value, at })) : [value];
    return values.map(
      (given): Offer => ({
        ...base,
        kind: kind === 'command' ? 'Command' : 'Choose',
        sender: NONE,
        entry: NONE,
        name,
        value: given,
        event: engine.interner.intern({ ...given, type: name }),
        budget,
        fair,
        resolved: [],
      }),
    );
  });
  return { offers: [...deliveries, ...fires, ...acts], delivers: deliveries.length > 0 };
};

/** The event that an entry is for an instance; the same whatever else waits beside it. */
const eventOfEntry = (system: System, instance: Instance, entry: number): number => {
  const known = instance.events[entry];
  if (known !== undefined) return known;
  const { from, message } = system.inboxes.entry(entry);
  const sender = system.instances[from] as Instance;
  const event = system.engine.eventOf(message, sender.host === instance.host ? HERE : sender.hostName, instance.role);
  instance.events[entry] = event;
  return event;
};

/** The same command with another value. */
export const offerWith = (system: System, offer: Offer, value: ValueRecord): Offer => ({
  ...offer,
  value,
  event: system.engine.interner.intern({ ...value, type: offer.name }),
  taken: null,
  resolved: [],
});

/** The same command at another moment; timed runs take the moment from their clock. */
export const offerAt = (system: System, offer: Offer, at: number): Offer => offerWith(system, offer, { ...(offer.value as ValueRecord), at });

/** Whether an offer is a command that carries its moment. */
export const isTimed = (system: System, offer: Offer): boolean =>
  offer.kind === 'Command' && (system.instances[offer.instance] as Instance).role.type.commands[offer.name]?.timed === true;

/** What taking an offer does; computed when it is first asked for, because XState has to run for it. */
export const takenOf = (system: System, offer: Offer): Taken => {
  if (offer.taken !== null) return offer.taken;
  const { memory } = (system.instances[offer.instance] as Instance).role;
  const step = memory.step(offer.from.local, offer.event);
  const stays = step.refused && scenarioLetsStay(system, offer);
  const inbox = offer.kind === 'Deliver' && !stays ? system.inboxes.afterDelivery(offer.from.inbox, offer.entry) : offer.from.inbox;
  const timers = timersAfter(system, offer.from.timers, offer.kind === 'Fire' ? [offer.name, ...step.cancelled] : step.cancelled, step.started);
  const effective =
    step.next !== offer.from.local || inbox !== offer.from.inbox || timers !== offer.from.timers || step.effects.length > 0 || step.threw !== null;
  const taken: Taken = { step, local: step.next, inbox, timers, variants: variantsOf(step.effects), effective };
  offer.taken = taken;
  return taken;
};

const scenarioLetsStay = (system: System, offer: Offer): boolean =>
  offer.kind === 'Deliver' && system.scenario.network.refused === 'stays' && !system.inboxes.entry(offer.entry).fifo;

/** The pending timers after some ended and others started together. */
export const timersAfter = (system: System, timers: number, ended: readonly string[], started: readonly string[]): number => {
  if (ended.length === 0 && started.length === 0) return timers;
  const gone = new Set([...ended, ...started]);
  const groups = (system.timers.value(timers) as readonly (readonly string[])[])
    .map((group) => group.filter((timer) => !gone.has(timer)))
    .filter((group) => group.length > 0);
  const all = started.length > 0 ? [...groups, started] : groups;
  return system.timers.of([...all].sort((a, b) => ((a[0] as string) < (b[0] as string) ? -1 : 1)));
};

const choose = (n: number, k: number): number => {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return Math.round(result);
};

const somesOf = (effects: readonly Effect[]): readonly Some[] =>
  effects.flatMap((effect) =>
    effect.type === 'send' && typeof effect.to === 'object' && Object.hasOwn(effect.to, 'some') ? [effect.to as Some] : [],
  );

const waysOf = (some: Some): number => choose(some.of.length, Math.min(some.some, some.of.length));

const variantsOf = (effects: readonly Effect[]): number => somesOf(effects).reduce((ways, some) => ways * waysOf(some), 1);

/** The nth combination of k out of a list, in lexicographic order. */
const combination = <T>(list: readonly T[], k: number, nth: number): readonly T[] => {
  if (k === 0 || list.length === 0) return [];
  const [first, ...rest] = list;
  const withFirst = choose(rest.length, k - 1);
  return nth < withFirst ? [first as T, ...combination(rest, k - 1, nth)] : combination(rest, k, nth - withFirst);
};

/** One resolution of an offer, by number. */
export const variantOf = (system: System, offer: Offer, number: number): Variant => {
  const known = offer.resolved[number];
  if (known !== undefined) return known;
  const { step } = takenOf(system, offer);
  const variant = resolve(system, system.instances[offer.instance] as Instance, offer.sender, step.effects, number);
  offer.resolved[number] = variant;
  return variant;
};

/** The number of the resolution that has these picks, or undefined. */
export const variantWith = (system: System, offer: Offer, picks: readonly (readonly HostName[])[]): number | undefined => {
  const { variants } = takenOf(system, offer);
  const wanted = JSON.stringify(picks);
  for (let number = 0; number < variants; number++) if (JSON.stringify(variantOf(system, offer, number).picks) === wanted) return number;
  return undefined;
};

/** Finds the receivers of a step's effects. */
export const resolve = (system: System, instance: Instance, sender: number, effects: readonly Effect[], number: number): Variant => {
  const picks: (readonly HostName[])[] = [];
  const chosen = new Map<string, readonly HostName[]>();
  const others = new Map<string, readonly HostName[]>();
  let left = number;
  for (const some of somesOf(effects)) {
    const ways = waysOf(some);
    const picked = combination(some.of, Math.min(some.some, some.of.length), left % ways);
    left = Math.floor(left / ways);
    picks.push(picked);
    if (some.label !== undefined) {
      chosen.set(some.label, picked);
      others.set(
        some.label,
        some.of.filter((host) => !picked.includes(host)),
      );
    }
  }
  let nextSome = 0;
  const namesOf = (to: Recipients): readonly HostName[] => {
    if (typeof to === 'string') return [to];
    if (Array.isArray(to)) return to as readonly HostName[];
    if ('role' in to)
      return system.instances
        .filter((other) => other.role.name === to.role)
        .slice(0, 1)
        .map((other) => other.hostName);
    if ('some' in to) return picks[nextSome++] as readonly HostName[];
    return others.get((to as { othersOf: string }).othersOf) ?? [];
  };
  const operations: Operation[] = [];
  const heard: Effect[] = [];
  for (const effect of effects) {
    switch (effect.type) {
      case 'send': {
        const to = namesOf(effect.to);
        operations.push(...sendTo(system, instance, to, effect.message));
        heard.push({ ...effect, to });
        break;
      }
      case 'reply':
        operations.push(
          sender === NONE
            ? { kind: 'nowhere', to: HERE, message: effect.message, loss: 'no such role' }
            : sendOperation(system, instance, [sender], effect.message, false),
        );
        heard.push({ type: 'send', to: sender === NONE ? [] : [(system.instances[sender] as Instance).hostName], message: effect.message });
        break;
      case 'broadcast': {
        const targets = instance.neighbours.filter(
          (to) => !(effect.except ?? []).includes((system.instances[to] as Instance).hostName) && accepts(system, to, effect.message),
        );
        operations.push(sendOperation(system, instance, targets, effect.message, true));
        heard.push({ type: 'send', to: targets.map((to) => (system.instances[to] as Instance).hostName), message: effect.message });
        break;
      }
      case 'tell': {
        const target = instance.colleagues.get(effect.role);
        operations.push(
          target === undefined
            ? { kind: 'nowhere', to: HERE, message: effect.message, loss: 'no such role' }
            : sendOperation(system, instance, [target], effect.message, false),
        );
        heard.push(effect);
        break;
      }
      case 'persist':
        operations.push({ kind: 'store', write: [instance.role.name, effect.key, effect.value] });
        heard.push(effect);
        break;
      case 'sync':
        operations.push({ kind: 'sync' });
        heard.push(effect);
        break;
      default:
        operations.push({ kind: 'history' });
        heard.push(effect);
    }
  }
  return { picks, operations, heard };
};

const accepts = (system: System, target: number, message: Message): boolean => (system.instances[target] as Instance).role.accepts.has(message.type);

/** A message goes to the role of the receiving host that accepts its type; of several, to one that the sender converses with. */
const sendTo = (system: System, instance: Instance, to: readonly HostName[], message: Message): Operation[] => {
  const targets: number[] = [];
  const nowhere: Operation[] = [];
  for (const host of to) {
    const there = system.instances.filter((other) => other.hostName === host && other.role.accepts.has(message.type));
    const target = there.find((other) => instance.neighbours.includes(other.index)) ?? there[0];
    if (target === undefined) nowhere.push({ kind: 'nowhere', to: host, message, loss: 'no such role' });
    else if (target.host !== instance.host && !system.linked(instance.host, target.host))
      nowhere.push({ kind: 'nowhere', to: host, message, loss: 'not linked' });
    else targets.push(target.index);
  }
  // One operation for each effect, so that "crashed after k effects" counts effects.
  return nowhere.length > 0 && targets.length === 0 ? nowhere.slice(0, 1) : [sendOperation(system, instance, targets, message, false)];
};

const sendOperation = (system: System, instance: Instance, targets: readonly number[], message: Message, toAll: boolean): Operation => ({
  kind: 'send',
  targets,
  entries: targets.map((target) => system.inboxes.entryOf(instance.index, isOrdered(system, instance, target), message)),
  message,
  toAll,
});

const isOrdered = (system: System, instance: Instance, target: number): boolean =>
  system.connection || (system.scenario.network.ordered ?? false) || (system.instances[target] as Instance).host === instance.host;
