import type { Value, ValueRecord } from '../kernel/value.ts';
import { HERE, type HostName } from '../role/effect.ts';
import type { Step } from '../role/remember.ts';
import { resolve, type Variant, variantsOf } from './resolve.ts';
import { type Instance, NONE, type System } from './system.ts';

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
