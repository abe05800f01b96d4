import type { Place } from '../../../property/arena.ts';
import { takenOf } from '../../../world/offer.ts';
import { type Instance, NONE, type System } from '../../../world/system.ts';
import type { World } from '../../../world/world.ts';
import type { Outcome, Plan } from '../plans.ts';
import { Conduct } from './conduct.ts';
import { Observed } from './observed.ts';
import type { Reducing } from './reducing.ts';
import { Stuttering } from './stuttering.ts';

/** What is known of a plan, whatever the rest of the world is. */
interface Looked {
  /** It does nothing but to step its own instance and to send; and no claim sees it. */
  readonly isQuiet: boolean;
}

type Affords = (part: Outcome) => boolean;

/**
 * Finds, in a world, one role instance whose steps may be taken alone, because every other order shows nothing new: an ample
 * set. What the other instances do before it neither takes a step away from it, nor gives it another one, nor changes what
 * its steps do; and no claim sees them.
 *
 * - Its steps change its own local state, timers and what it has stored, and add to inboxes of others. An inbox keeps apart
 *   what different senders sent, so additions of two senders commute, and an addition commutes with a delivery.
 * - Nobody else can send to it any more before it moves, or else what they send queues behind something that waits already.
 * - No fault can strike any more, for a fault commutes with little; and its commands count on a budget of its own, or none.
 */
export class Ample implements NonNullable<Reducing['ample']> {
  readonly observed: Observed;
  readonly conduct: Conduct;
  /** Why it must not be used, found while searching. */
  refused: string | null = null;
  private readonly world: World;
  private readonly system: System;
  private readonly plans = new Map<Plan, Looked>();
  private readonly isAlone: readonly boolean[];
  private readonly stuttering: Stuttering;
  private readonly begun: { readonly names: number; readonly facts: number };

  constructor({ world, system, judge }: Place, observed: readonly string[], facts: readonly string[]) {
    this.world = world;
    this.system = system;
    this.observed = new Observed(system, judge, observed);
    this.conduct = new Conduct(system, facts);
    this.begun = { names: this.observed.names.size, facts: this.conduct.facts.size };
    this.stuttering = new Stuttering(judge, system.width);
    this.isAlone = system.instances.map(({ role }, index) => system.instances.every((other) => other.role !== role || other.index === index));
  }

  /** Whether something has shown that it does not rely on. */
  get hasGrown(): boolean {
    return this.observed.size() !== this.begun.names || this.conduct.facts.size !== this.begun.facts;
  }

  /** All that has shown, in an order of its own. */
  get known(): { readonly observed: string[]; readonly facts: string[] } {
    this.observed.size();
    return { observed: [...this.observed.names].sort(), facts: [...this.conduct.facts].sort() };
  }

  choose(plans: readonly Plan[], affords: Affords, canStrike: boolean): number {
    for (let i = 0; i < plans.length; i++) this.look(plans[i] as Plan);
    this.mindBounds();
    this.refused ??= this.stuttering.doubt(this.world.row);
    if (canStrike || this.mayStrike() || this.refused !== null) return NONE;
    let [best, fewest, enabled] = [NONE, Number.POSITIVE_INFINITY, 0];
    for (let instance = 0; instance < plans.length; instance++) {
      const plan = plans[instance] as Plan;
      let count = 0;
      let isQuiet = this.look(plan).isQuiet;
      for (const part of plan.parts) {
        if (!affords(part)) continue;
        count++;
        isQuiet &&= this.isOwnBudget(instance, part);
      }
      if (count === 0) continue;
      enabled++;
      if (isQuiet && count < fewest && this.isUndisturbed(instance, plans, affords)) [best, fewest] = [instance, count];
    }
    // What moves alone anyway needs no reason.
    return enabled < 2 ? NONE : best;
  }

  /** Were all worlds that its steps lead to expanded already, the steps of others might be put off for ever, round a cycle. */
  suffices(index: number, furthest: number): boolean {
    return furthest > index;
  }

  /** Whether a fault is left that may strike later. */
  private mayStrike(): boolean {
    for (const slot of this.system.budgetSlot.values()) if (slot === NONE || (this.world.row[slot] as number) > 0) return true;
    return false;
  }

  private isOwnBudget(instance: number, { budget }: Outcome): boolean {
    return budget === NONE || budget === this.system.firesSlot[instance] || (this.isAlone[instance] as boolean);
  }

  private look(plan: Plan): Looked {
    let looked = this.plans.get(plan);
    if (looked === undefined) {
      for (const { move } of plan.parts) this.conduct.look(move);
      looked = { isQuiet: plan.parts.every((part) => this.isQuiet(plan.instance, part)) };
      this.plans.set(plan, looked);
    }
    return looked;
  }

  private isQuiet(instance: number, { step, crashAfter, change, budget, move }: Outcome): boolean {
    const { system, observed } = this;
    if (step.threw !== null || crashAfter >= 0 || change.consulted.length > 0 || !('offer' in move)) return false;
    const { role, host } = system.instances[instance] as Instance;
    const own = [system.localSlot, system.timersSlot, system.firesSlot].map((slots) => slots[instance]);
    for (const { slot } of change.edits) {
      if (slot === budget || own.includes(slot)) continue;
      if (system.inboxSlot.includes(slot) ? observed.seesInboxes : !this.isOwnStore(host, slot)) return false;
    }
    return !observed.tellApart(role, move.offer.from.local, takenOf(system, move.offer).local);
  }

  /** Writes of two roles on one host commute, but for the order of those that no sync has followed. */
  private isOwnStore(host: number, slot: number): boolean {
    return slot === this.system.storedSlot[host] && this.system.scenario.storage !== 'sync' && !this.observed.seesStored;
  }

  /** Whether nobody else can bring about another step of an instance before it moves. */
  private isUndisturbed(instance: number, plans: readonly Plan[], affords: Affords): boolean {
    const { system, world, conduct } = this;
    const { instances } = system;
    const queued = this.queuedAt(instance);
    const awake = instances.map(({ index }) => index !== instance && (plans[index] as Plan).parts.some(affords));
    const open = instances.flatMap(({ index }) => (awake[index] ? [index] : []));
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      const local = world.local(from);
      for (const { index: to } of instances) {
        if (to === from || !conduct.maySend(from, local, to)) continue;
        if (to === instance) {
          if (!queued.has(from)) return false;
        } else if (!awake[to]) {
          awake[to] = true;
          open.push(to);
        }
      }
    }
    return true;
  }

  /** The senders from which something waits that is to be delivered before what they send next. */
  private queuedAt(instance: number): ReadonlySet<number> {
    const { inboxes } = this.system;
    return new Set(inboxes.list(this.world.inbox(instance)).flatMap((id) => (inboxes.entry(id).fifo ? [inboxes.entry(id).from] : [])));
  }

  /** Where an inbox could be full in one order of steps and not in another, orders differ. */
  private mindBounds(): void {
    const { inboxes, instances } = this.system;
    for (const { index } of instances)
      if (2 * inboxes.list(this.world.inbox(index)).length > inboxes.room)
        this.refused ??= 'an inbox came to half of what it takes, and whether it is ever full depends on the order';
  }
}
