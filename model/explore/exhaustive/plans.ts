import { Pairs } from '../../kernel/pairs.ts';
import type { Step } from '../../role/remember.ts';
import type { Move } from '../../world/move.ts';
import { type Offer, takenOf } from '../../world/offer.ts';
import { NONE, type System } from '../../world/system.ts';
import type { World } from '../../world/world.ts';
import type { Changes } from './change.ts';
import type { Part, Programs } from './programs.ts';

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
  readonly instance: number;
  /** Its slots. */
  readonly local: number;
  readonly inbox: number;
  readonly timers: number;
  readonly places: Pairs;
  readonly situations: Pairs;
  /** By situation, and by the code of the inbox: the number of the plan. */
  readonly seats: Pairs;
  /** By number of the plan: where it stands among the programs. */
  readonly starts: number[];
  /** The same by situation and code, where both are below {@link near}; or zero. */
  readonly grid: Int32Array;
  /** What was asked for last: worlds that follow each other differ in little. */
  readonly last: { local: number; inbox: number; timers: number; environment: number; start: number };
  /** By situation (local state, lives and links, timers): of each entry, and of timers, commands and choices by position. */
  readonly deliveries: (Outcomes | undefined)[][];
  readonly acts: (readonly Outcomes[] | undefined)[];
}

/** Situations and codes below this are looked up by position. */
const near = 32;

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
  /** Slots that every instance's plan depends on: lives, statuses, links. */
  private readonly shared: readonly number[];
  private readonly environments = new Pairs();
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
    const { lifeSlot, statusSlot, linksSlot } = this.system;
    this.shared = [...lifeSlot, ...statusSlot, linksSlot].filter((slot) => slot !== NONE);
    const { localSlot, inboxSlot, timersSlot } = this.system;
    this.known = this.system.instances.map((_, instance) => ({
      instance,
      local: localSlot[instance] as number,
      inbox: inboxSlot[instance] as number,
      timers: timersSlot[instance] as number,
      places: new Pairs(),
      situations: new Pairs(),
      seats: new Pairs(),
      starts: [],
      grid: new Int32Array(near * near),
      last: { local: NONE, inbox: NONE, timers: NONE, environment: NONE, start: 0 },
      deliveries: [],
      acts: [],
    }));
  }

  /** Numbers the lives, statuses and links of the present row. */
  environment(codes: Int32Array): number {
    let environment = 0;
    for (let i = 0; i < this.shared.length; i++) environment = this.environments.of(environment, codes[this.shared[i] as number] as number) + 1;
    return environment;
  }

  /** Where what an instance can do in the present row stands among the programs. */
  startOf(instance: number, environment: number, codes: Int32Array): number {
    const known = this.known[instance] as Known;
    const { last } = known;
    const [local, inbox] = [codes[known.local] as number, codes[known.inbox] as number];
    const timers = known.timers === NONE ? 0 : (codes[known.timers] as number);
    if (local === last.local && inbox === last.inbox && timers === last.timers && environment === last.environment) return last.start;
    last.local = local;
    last.inbox = inbox;
    last.timers = timers;
    last.environment = environment;
    last.start = this.found(known, local, inbox, timers, environment, codes);
    return last.start;
  }

  private found(known: Known, local: number, inbox: number, timers: number, environment: number, codes: Int32Array): number {
    let situation = local;
    if (this.shared.length > 0) situation = known.places.of(situation, environment);
    if (known.timers !== NONE) situation = known.situations.of(situation, timers);
    if (situation >= near || inbox >= near) return this.seatOf(known, situation, inbox, codes);
    const start = known.grid[situation * near + inbox] as number;
    if (start !== 0) return start;
    return (known.grid[situation * near + inbox] = this.seatOf(known, situation, inbox, codes));
  }

  /** The plan that stands there. */
  planAt(start: number): Plan {
    return this.plans.get(start) as Plan;
  }

  private seatOf(known: Known, situation: number, inbox: number, codes: Int32Array): number {
    const number = known.seats.of(situation, inbox);
    if (number < known.starts.length) return known.starts[number] as number;
    this.misses++;
    this.show();
    const { instance, local, timers } = known;
    const plan = this.world.runs(instance) ? this.made(instance, known, situation) : { instance, ...nothing };
    const fires = plan.timers ? (this.system.firesSlot[instance] as number) : NONE;
    const start = this.programs.laid({ ...plan, fires, own: [local, known.inbox, timers] }, codes);
    this.plans.set(start, plan);
    known.starts.push(start);
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
      if (ruled && budget === NONE) plan.idle++;
      else if (ruled) plan.idleBudgets.push(budget);
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
