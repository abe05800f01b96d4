import type { Value, ValueRecord } from '../kernel/value.ts';
import { HERE, type HostName } from '../role/effect.ts';
import type { Step } from '../role/remember.ts';
import { resolve, variantsOf } from './resolve.ts';
import { type Instance, NONE, type System } from './system.ts';
import type { Act, Variant } from './variant.ts';

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
}

/** How many offers an instance has in one local state with one inbox and one set of timers. */
export const offersOf = (system: System, instance: Instance, local: number, inbox: number, timers: number): number =>
  system.inboxes.deliverable(inbox).length + system.timers.due(timers).length + actsOf(system, instance, local).length;

/**
 * What an instance can do in one local state with one inbox and one set of timers: deliveries, timers, commands, choices,
 * each in canonical order. An offer is made when it is looked at, because a random walk looks at one of many.
 */
export class Seat {
  readonly count: number;
  private readonly system: System;
  private readonly instance: Instance;
  private readonly from: Offer['from'];
  private readonly made: Offer[] = [];

  constructor(system: System, instance: Instance, local: number, inbox: number, timers: number) {
    this.system = system;
    this.instance = instance;
    this.from = { local, inbox, timers };
    this.count = offersOf(system, instance, local, inbox, timers);
  }

  get offers(): readonly Offer[] {
    for (let nth = 0; nth < this.count; nth++) this.offer(nth);
    return this.made;
  }

  /** The slot of the budget that the nth offer spends, or {@link NONE}; told without making the offer. */
  budgetOf(nth: number): number {
    const { system, instance, from } = this;
    const timer = nth - system.inboxes.deliverable(from.inbox).length;
    if (timer < 0) return NONE;
    const act = timer - system.timers.due(from.timers).length;
    return act < 0 ? (system.firesSlot[instance.index] as number) : (actsOf(system, instance, from.local)[act] as Act).budget;
  }

  /** The nth offer, counted from 0. */
  offer(nth: number): Offer {
    let offer = this.made[nth];
    if (offer === undefined) {
      offer = this.make(nth);
      this.made[nth] = offer;
    }
    return offer;
  }

  /** Each field is written out: an offer is made for each move that a walk looks at, and spreading records is slow. */
  private make(nth: number): Offer {
    const { system, instance, from } = this;
    const entries = system.inboxes.deliverable(from.inbox);
    if (nth < entries.length) {
      const entry = entries[nth] as number;
      const { from: sender, message } = system.inboxes.entry(entry);
      return {
        kind: 'Deliver',
        instance: instance.index,
        sender,
        entry,
        name: message.type,
        value: null,
        event: eventOfEntry(system, instance, entry),
        budget: NONE,
        fair: true,
        from,
        taken: null,
      };
    }
    const due = system.timers.due(from.timers);
    const timer = due[nth - entries.length];
    const act: Pick<Offer, keyof Act> =
      timer === undefined
        ? (actsOf(system, instance, from.local)[nth - entries.length - due.length] as Act)
        : {
            kind: 'Fire',
            name: timer,
            value: null,
            event: eventOfTimer(system, instance, timer),
            budget: system.firesSlot[instance.index] as number,
            fair: true,
          };
    const { kind, name, value, event, budget, fair } = act;
    return { kind, instance: instance.index, sender: NONE, entry: NONE, name, value, event, budget, fair, from, taken: null };
  }
}

const eventOfTimer = (system: System, { memory }: Instance, timer: string): number => {
  let event = memory.timers.get(timer);
  if (event === undefined) {
    event = system.engine.interner.intern({ type: timer });
    memory.timers.set(timer, event);
  }
  return event;
};

/** The commands and choices of a local state that the scenario allows, with each of their values. */
const actsOf = (system: System, { memory, role }: Instance, local: number): readonly Act[] => {
  const known = memory.acts[local];
  if (known !== undefined) return known;
  const acts = role.offered(local).flatMap(({ kind, name, value, timed, fair }): Act[] => {
    const given = system.commandSlot.get(`${role.name}.${name}`);
    if (kind === 'command' && given === undefined) return [];
    const budget = given ?? NONE;
    const values = timed ? (system.scenario.times ?? [0]).map((at) => ({ ...value, at })) : [value];
    const intern = (each: ValueRecord): number => system.engine.interner.intern({ ...each, type: name });
    return values.map((each): Act => ({ kind: kind === 'command' ? 'Command' : 'Choose', name, value: each, event: intern(each), budget, fair }));
  });
  memory.acts[local] = acts;
  return acts;
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
});

/** The same command at another moment; timed runs take the moment from their clock. */
export const offerAt = (system: System, offer: Offer, at: number): Offer => offerWith(system, offer, { ...(offer.value as ValueRecord), at });

/** Whether an offer is a command that carries its moment. */
export const isTimed = (system: System, offer: Offer): boolean =>
  offer.kind === 'Command' && (system.instances[offer.instance] as Instance).role.type.commands[offer.name]?.timed === true;

/** What taking an offer does; computed when it is first asked for, because XState has to run for it. */
export const takenOf = (system: System, offer: Offer): Taken => {
  if (offer.taken !== null) return offer.taken;
  const instance = system.instances[offer.instance] as Instance;
  const step = instance.role.memory.step(offer.from.local, offer.event);
  const stays = step.refused && scenarioLetsStay(system, offer);
  const inbox = offer.kind === 'Deliver' && !stays ? system.inboxes.afterDelivery(offer.from.inbox, offer.entry) : offer.from.inbox;
  const timers = timersAfterStep(system, instance, offer, step);
  const effective =
    step.next !== offer.from.local || inbox !== offer.from.inbox || timers !== offer.from.timers || step.effects.length > 0 || step.threw !== null;
  const taken: Taken = { step, local: step.next, inbox, timers, variants: variantsOf(step.effects), effective };
  offer.taken = taken;
  return taken;
};

const scenarioLetsStay = (system: System, offer: Offer): boolean =>
  offer.kind === 'Deliver' && system.scenario.network.refused === 'stays' && !system.inboxes.entry(offer.entry).fifo;

/** The pending timers after a step; what fired follows from the step, so it is remembered by the step and those before. */
const timersAfterStep = (system: System, { memory }: Instance, { kind, name, from }: Offer, step: Step): number => {
  if (kind !== 'Fire' && step.cancelled.length === 0 && step.started.length === 0) return from.timers;
  let known = memory.timersAfter.get(step);
  if (known === undefined) {
    known = new Map();
    memory.timersAfter.set(step, known);
  }
  let after = known.get(from.timers);
  if (after === undefined) {
    after = system.timers.after(from.timers, kind === 'Fire' ? [name, ...step.cancelled] : step.cancelled, step);
    known.set(from.timers, after);
  }
  return after;
};

/** One resolution of an offer, by number. */
export const variantOf = (system: System, offer: Offer, number: number): Variant => {
  const { step } = takenOf(system, offer);
  const instance = system.instances[offer.instance] as Instance;
  let known = instance.memory.variants.get(step);
  if (known === undefined) {
    known = new Map();
    instance.memory.variants.set(step, known);
  }
  // Replies go to the sender, and two roles on one host may tell the same.
  const key = number * (system.instances.length + 1) + offer.sender + 1;
  let variant = known.get(key);
  if (variant === undefined) {
    variant = resolve(system, instance, offer.sender, step.effects, number);
    known.set(key, variant);
  }
  return variant;
};

/** The number of the resolution that has these picks, or undefined. */
export const variantWith = (system: System, offer: Offer, picks: readonly (readonly HostName[])[]): number | undefined => {
  const { variants } = takenOf(system, offer);
  const wanted = JSON.stringify(picks);
  for (let number = 0; number < variants; number++) if (JSON.stringify(variantOf(system, offer, number).picks) === wanted) return number;
  return undefined;
};
