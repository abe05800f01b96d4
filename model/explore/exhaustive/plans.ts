import type { Step } from '../../role/remember.ts';
import type { Move } from '../../world/move.ts';
import { type Offer, takenOf } from '../../world/offer.ts';
import { NONE, type System } from '../../world/system.ts';
import type { World } from '../../world/world.ts';
import type { Changes } from './change.ts';
import type { Part, Programs } from './programs.ts';
import { Seats, seatSlots } from './seats.ts';

/** What one event does to an instance, whatever else waits in its inbox: one resolution of the step. */
export interface Outcome extends Part {
  readonly step: Step;
  readonly variant: number;
  /** The host crashes after so many effects; -1 if it does not. */
  readonly crashAfter: number;
}

/** What an event does in every resolution. */
interface Outcomes {
  readonly parts: readonly Outcome[];
  /** It changes something even where the inbox stays as it is. */
  readonly effective: boolean;
  /** A rule spoke of it. */
  readonly ruled: boolean;
  /** A delivery leaves the message where it is. */
  readonly stays: boolean;
}

/** What a role instance can do, in one local state, with one inbox and one set of timers, under one state of links and lives. */
export interface Plan {
  readonly instance: number;
  readonly parts: readonly Outcome[];
  /** For each part, which of the instance's offers it takes. */
  readonly offers: readonly number[];
  /** Steps of a rule that change nothing: counted, not taken. Those without a budget, and the budgets of the others. */
  readonly idle: number;
  readonly idleBudgets: readonly number[];
  /** A timer is pending, so a spent budget of fires cuts something off. */
  readonly timers: boolean;
  /** The parts as moves, made when they are asked for. */
  readonly moves: (Move | undefined)[];
}

/** What is known of one instance. */
interface Known {
  /** Its slots. */
  readonly own: readonly number[];
  /** By situation (local state, lives and links, timers): of each entry, and of timers, commands and choices by position. */
  readonly deliveries: (Outcomes | undefined)[][];
  readonly acts: (readonly Outcomes[] | undefined)[];
}

const nothing: Omit<Plan, 'instance'> = { parts: [], offers: [], idle: 0, idleBudgets: [], timers: false, moves: [] };

/**
 * The plans of all instances, put together from what is remembered of each event, so that expanding a world is walking
 * short lists of integers.
 */
export class Plans {
  /** How many plans were put together. */
  misses = 0;
  private readonly world: World;
  private readonly changes: Changes;
  private readonly programs: Programs;
  private readonly system: System;
  private readonly seats: Seats;
  /** Slots on which the plans of all instances depend. */
  private readonly shared: readonly number[];
  private readonly known: readonly Known[];
  /** By where they stand among the programs. */
  private readonly plans = new Map<number, Plan>();
  /** Lets the world show the present row. */
  private readonly show: () => void;

  constructor(world: World, changes: Changes, programs: Programs, show: () => void) {
    this.world = world;
    this.changes = changes;
    this.programs = programs;
    this.show = show;
    this.system = world.system;
    const slots = seatSlots(world.system);
    this.seats = new Seats(slots);
    this.shared = slots.shared;
    this.known = slots.local.map((local, instance) => ({
      own: [local, slots.inbox[instance] as number, slots.timers[instance] as number],
      deliveries: [],
      acts: [],
    }));
  }

  /** Numbers the lives, statuses and links of the present row. */
  environment(codes: Int32Array): number {
    return this.seats.environment(codes);
  }

  /** Where what an instance can do in the present row stands among the programs. */
  startOf(instance: number, environment: number, codes: Int32Array): number {
    const start = this.seats.startOf(instance, environment, codes);
    return start === 0 ? this.learned(instance, environment, codes) : start;
  }

  /** The plan that stands there. */
  planAt(start: number): Plan {
    return this.plans.get(start) as Plan;
  }

  private learned(instance: number, environment: number, codes: Int32Array): number {
    this.misses++;
    this.show();
    const known = this.known[instance] as Known;
    const plan = this.world.runs(instance)
      ? this.made(instance, known, this.seats.situationOf(instance, environment, codes))
      : { instance, ...nothing };
    const fires = plan.timers ? (this.system.firesSlot[instance] as number) : NONE;
    const start = this.programs.laid({ ...plan, fires, own: known.own, shared: this.shared }, codes);
    this.plans.set(start, plan);
    this.seats.put(instance, environment, codes, start);
    return start;
  }

  /** A part of a plan as a move of the present row, in which the plan was found. */
  moveOf(plan: Plan, nth: number): Move {
    let move = plan.moves[nth];
    if (move === undefined) {
      const { variant, crashAfter } = plan.parts[nth] as Outcome;
      move = { offer: this.world.seat(plan.instance).offer(plan.offers[nth] as number), variant, crashAfter };
      plan.moves[nth] = move;
    }
    return move;
  }

  private made(instance: number, known: Known, situation: number): Plan {
    const { world, system } = this;
    const { inboxes } = system;
    const inbox = world.inbox(instance);
    const plan = {
      instance,
      parts: [] as Outcome[],
      offers: [] as number[],
      idle: 0,
      idleBudgets: [] as number[],
      moves: [],
    };
    // What is sent to a connection that is gone depends on the whole inbox, so it is worked out afresh.
    const isFresh = system.connection && inboxes.hasStale(inbox);
    let deliveries = known.deliveries[situation];
    if (deliveries === undefined) {
      deliveries = [];
      known.deliveries[situation] = deliveries;
    }
    const entries = inboxes.deliverable(inbox);
    for (let nth = 0; nth < entries.length; nth++) {
      const entry = entries[nth] as number;
      let parts = isFresh ? undefined : deliveries[entry];
      if (parts === undefined) {
        parts = this.partsOf(world.seat(instance).offer(nth));
        if (!isFresh) deliveries[entry] = parts;
      }
      const after = parts.stays ? inbox : inboxes.afterDelivery(inbox, entry);
      this.put(plan, parts, nth, after !== inbox);
    }
    let acts = isFresh ? undefined : known.acts[situation];
    if (acts === undefined) {
      const seat = world.seat(instance);
      acts = Array.from({ length: seat.count - entries.length }, (_, nth) => this.partsOf(seat.offer(entries.length + nth)));
      if (!isFresh) known.acts[situation] = acts;
    }
    for (let nth = 0; nth < acts.length; nth++) this.put(plan, acts[nth] as Outcomes, entries.length + nth, false);
    return { ...plan, timers: world.timers(instance) !== 0 };
  }

  private put(
    plan: { readonly parts: Outcome[]; readonly offers: number[]; idle: number; readonly idleBudgets: number[] },
    { parts, effective, ruled }: Outcomes,
    offer: number,
    takes: boolean,
  ): void {
    if (!effective && !takes) {
      const budget = parts[0]?.budget ?? NONE;
      if (!ruled) return;
      if (budget === NONE) plan.idle++;
      else plan.idleBudgets.push(budget);
      // It is never taken, for it leads nowhere; but its rule fires.
      for (const { step } of parts) step.taken++;
      return;
    }
    for (const part of parts) {
      plan.parts.push(part);
      plan.offers.push(offer);
    }
  }

  /** What taking an offer does; none of its parts where links do not let the message pass. */
  private partsOf(offer: Offer): Outcomes {
    const { world, system } = this;
    if (offer.kind === 'Deliver' && !world.allows(offer)) return { parts: [], effective: true, ruled: false, stays: true };
    const { step, variants, local, inbox, timers } = takenOf(system, offer);
    const crashes = system.budgetSlot.get('crashDuringStep');
    const parts: Outcome[] = [];
    for (let variant = 0; variant < variants; variant++) {
      parts.push(this.outcomeOf(step, offer, variant, -1, NONE));
      if (crashes === undefined) continue;
      for (let crashAfter = 0; crashAfter < step.effects.length; crashAfter++) parts.push(this.outcomeOf(step, offer, variant, crashAfter, crashes));
    }
    return {
      parts,
      effective: local !== offer.from.local || timers !== offer.from.timers || step.effects.length > 0 || step.threw !== null,
      ruled: step.rules.length > 0,
      stays: offer.kind === 'Deliver' && inbox === offer.from.inbox,
    };
  }

  private outcomeOf(step: Step, offer: Offer, variant: number, crashAfter: number, crashes: number): Outcome {
    const move: Move = { offer, variant, crashAfter };
    return { step, variant, crashAfter, budget: offer.budget, crashes, change: this.changes.of(move), move };
  }
}
