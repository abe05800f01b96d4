import { Pairs } from '../../kernel/pairs.ts';
import type { Step } from '../../role/remember.ts';
import type { Move } from '../../world/move.ts';
import { type Offer, takenOf, variantOf } from '../../world/offer.ts';
import { NONE, type System } from '../../world/system.ts';
import { lossOf } from '../../world/wire.ts';
import type { World } from '../../world/world.ts';

/** A step that changes something, ready to be taken. */
export interface Successor {
  readonly move: Move;
  readonly step: Step;
  /** The slot that has to be above zero, or {@link NONE}. */
  readonly budget: number;
  /** Slots and what they hold after it: the instance's own. */
  readonly own: readonly number[];
  /** Inbox slots and the entries that they receive, in order. */
  readonly sends: readonly number[];
  /** It does more than that: it stores, a monitor hears it, a crash cuts it short. The world itself takes it. */
  readonly whole: boolean;
}

/** What a role instance can do, in one local state, with one inbox and one set of timers, under one state of the links and lives. */
export interface Plan {
  readonly successors: readonly Successor[];
  /** Steps of a rule that change nothing: counted, not taken. Each with its budget, or {@link NONE}. */
  readonly idle: readonly number[];
  /** A timer is pending, so a spent budget of fires cuts something off. */
  readonly timers: boolean;
}

const nothing: Plan = { successors: [], idle: [], timers: false };

/**
 * The plans of all instances. They are worked out once for each combination of what they depend on, so expanding a world
 * is walking short lists of integers.
 */
export class Plans {
  /** How many plans were worked out. */
  misses = 0;
  private readonly world: World;
  private readonly system: System;
  /** Slots that every instance's plan depends on: lives, statuses, links. */
  private readonly shared: readonly number[];
  private readonly environments = new Pairs();
  /** By instance: local state and environment, inbox and timers, and both. */
  private readonly keys: readonly { readonly place: Pairs; readonly waiting: Pairs; readonly both: Pairs; readonly plans: Plan[] }[];

  constructor(world: World) {
    this.world = world;
    this.system = world.system;
    const { lifeSlot, statusSlot, linksSlot } = this.system;
    this.shared = [...lifeSlot, ...statusSlot, linksSlot].filter((slot) => slot !== NONE);
    this.keys = this.system.instances.map(() => ({ place: new Pairs(), waiting: new Pairs(), both: new Pairs(), plans: [] }));
  }

  /** Numbers the lives, statuses and links of the present row. */
  environment(): number {
    let environment = 0;
    for (const slot of this.shared) environment = this.environments.of(environment, this.world.row[slot] as number) + 1;
    return environment;
  }

  /** What an instance can do in the present row. */
  plan(instance: number, environment: number): Plan {
    const { row } = this.world;
    const { localSlot, inboxSlot, timersSlot } = this.system;
    const { place, waiting, both, plans } = this.keys[instance] as (typeof this.keys)[number];
    const local = row[localSlot[instance] as number] as number;
    const inbox = row[inboxSlot[instance] as number] as number;
    const timers = timersSlot[instance] as number;
    const key = both.of(
      this.shared.length === 0 ? local : place.of(local, environment),
      timers === NONE ? inbox : waiting.of(inbox, row[timers] as number),
    );
    return plans[key] ?? this.workOut(instance, key);
  }

  private workOut(instance: number, key: number): Plan {
    this.misses++;
    const { world } = this;
    const plan = world.runs(instance) ? this.planOf(instance) : nothing;
    (this.keys[instance] as (typeof this.keys)[number]).plans[key] = plan;
    return plan;
  }

  private planOf(instance: number): Plan {
    const { world, system } = this;
    const successors: Successor[] = [];
    const idle: number[] = [];
    const { offers } = world.seat(instance);
    for (const offer of offers) {
      if (offer.kind === 'Deliver' && !world.allows(offer)) continue;
      const taken = takenOf(system, offer);
      if (taken.effective) successors.push(...this.successorsOf(offer));
      else if (taken.step.rules.length > 0) idle.push(offer.budget);
    }
    return { successors, idle, timers: offers.some(({ kind }) => kind === 'Fire') };
  }

  private successorsOf(offer: Offer): readonly Successor[] {
    const { step, variants, local, inbox, timers } = takenOf(this.system, offer);
    const { localSlot, inboxSlot, timersSlot, budgetSlot } = this.system;
    const own = [localSlot[offer.instance] as number, local, inboxSlot[offer.instance] as number, inbox];
    const timersAt = timersSlot[offer.instance] as number;
    if (timersAt !== NONE) own.push(timersAt, timers);
    const { row } = this.world;
    const changed = own.filter((_, at) => row[own[at & ~1] as number] !== own[at | 1]);
    const crashes = budgetSlot.get('crashDuringStep');
    const successors: Successor[] = [];
    for (let variant = 0; variant < variants; variant++) {
      const sends = this.sendsOf(offer, variant);
      const base = { step, budget: offer.budget, own: changed, sends: sends ?? [] };
      successors.push({ ...base, move: { offer, variant, crashAfter: -1 }, whole: sends === null });
      if (crashes !== undefined)
        for (let crashAfter = 0; crashAfter < step.effects.length; crashAfter++)
          successors.push({ ...base, budget: crashes, move: { offer, variant, crashAfter }, whole: true });
    }
    return successors;
  }

  /** Where the messages of a step go, or null where it does something else too. */
  private sendsOf(offer: Offer, number: number): readonly number[] | null {
    const { world, system } = this;
    const { step, inbox } = takenOf(system, offer);
    if (step.threw !== null) return null;
    if (step.effects.length === 0) return [];
    if (system.monitorSlot.length > 0) return null;
    // Whether a connection still stands shows in the inbox, so the losses are those after the delivery.
    const own = system.inboxSlot[offer.instance] as number;
    const before = world.row[own] as number;
    world.row[own] = inbox;
    const sends: number[] = [];
    let isPlain = true;
    for (const operation of variantOf(system, offer, number).operations) {
      if (operation.kind === 'store' || operation.kind === 'sync') isPlain = false;
      if (operation.kind !== 'send') continue;
      for (const [at, target] of operation.targets.entries())
        if (lossOf(world, offer.instance, target) === null) sends.push(system.inboxSlot[target] as number, operation.entries[at] as number);
    }
    world.row[own] = before;
    return isPlain ? sends : null;
  }
}
