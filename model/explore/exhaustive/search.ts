import { threwFailure, type Failure } from '../../property/failure.ts';
import type { Judge, Part } from '../../property/judge.ts';
import type { Step } from '../../role/remember.ts';
import { make, type Move } from '../../world/move.ts';
import { type Instance, NONE } from '../../world/system.ts';
import { isAtEnd } from '../../world/ticks.ts';
import type { World } from '../../world/world.ts';
import { Column } from './column.ts';
import { type Change, Changes } from './change.ts';
import { FaultLists, type Strike } from './fault-lists.ts';
import { type Outcome, type Plan, Plans } from './plans.ts';
import type { Reducing } from './reduction/reducing.ts';
import { Standpoint } from './standpoint.ts';
import { Visited } from './visited.ts';
import { type Due, Watch } from './watch.ts';

/** In which order worlds are expanded. Breadth first finds a shortest counterexample. */
export type Order = 'breadth' | 'depth';

export interface Limits {
  readonly states: number;
  readonly depth: number;
}

/** What ended a search before every world was expanded. */
export type RanOut = 'states' | 'depth' | 'memory' | 'time' | 'interrupted';

/** A violation, by the world before the last move. */
export interface Found {
  readonly failure: Failure;
  /** The world in which the last move was made; -1 for the start itself. */
  readonly parent: number;
  readonly move: Move | null;
}

/** A world in which nothing can happen, though a role that is up waits for something. */
export interface Deadlocks {
  count: number;
  /** The first one, or -1. */
  first: number;
  /** Who waits in the first one: `ben: peer`. */
  waiting: readonly string[];
}

/** Where a search stands between two worlds, its columns aside; with them it is all that a checkpoint holds. */
export interface Standing {
  readonly generated: number;
  readonly depth: number;
  readonly expanded: number;
  readonly atLimit: number;
  readonly reduced: number;
  readonly deadlocks: Readonly<Deadlocks>;
  readonly witnessed: readonly (readonly [part: string, world: number])[];
}

/** What is known of each world, and the worlds that wait depth first. */
export interface Columns {
  readonly parents: Column;
  readonly depths: Column;
  readonly stack: Column;
}

/** Explores every world that a system can reach. */
export class Search {
  readonly visited: Visited;
  readonly plans: Plans;
  readonly deadlocks: Deadlocks = { count: 0, first: -1, waiting: [] };
  /** Initial worlds and every step of a rule, those without effect included. */
  generated = 1;
  /** Worlds on the longest path that was found, the first one included. */
  depth = 1;
  /** Worlds that were expanded. */
  expanded = 0;
  found: Found | null = null;
  /** Worlds at the limit of the depth, which were not expanded. */
  atLimit = 0;
  /** Worlds of which one role's steps alone were taken. */
  reduced = 0;
  parents: Column;
  /** Told of each world once it was expanded. */
  onExpanded: ((index: number) => void) | null = null;
  private depths: Column;
  private readonly world: World;
  private readonly judge: Judge;
  private readonly faults: FaultLists;
  private readonly standpoint: Standpoint;
  /** What each instance can do in the world that is being expanded. */
  private readonly now: Plan[] = [];
  private readonly order: Order;
  private readonly limits: Limits;
  private readonly symmetry: Reducing['symmetry'];
  private readonly ample: Reducing['ample'];
  /** The largest number of a world that a step led to. */
  private furthest = -1;
  /** Worlds that were found and not expanded; breadth first it is the numbers from {@link expanded} on. */
  private stack = new Column();
  private readonly watch: Watch;
  private current = 0;
  private currentDepth = 0;
  /** The row before a step, where claims are about steps. */
  private readonly before: Int32Array;

  constructor(world: World, judge: Judge, order: Order, limits: Limits, reducing: Reducing | null = null) {
    this.world = world;
    this.judge = judge;
    this.order = order;
    this.limits = limits;
    this.symmetry = reducing?.symmetry ?? null;
    this.ample = reducing?.ample ?? null;
    this.visited = new Visited(world.row.length);
    const changes = new Changes(world);
    this.plans = new Plans(world, changes);
    this.faults = new FaultLists(world, changes);
    this.standpoint = new Standpoint(world, this.visited, this.symmetry);
    this.before = new Int32Array(world.row.length);
    this.parents = new Column();
    this.depths = new Column();
    this.watch = new Watch(judge);
    this.now.length = world.system.instances.length;
    world.reset();
    this.visited.addRow(world.row);
    this.arrive(0, -1, 1, null, this.watch.whole);
  }

  /** The first world that shows each `sometimes`, by property and name. */
  get witnessed(): ReadonlyMap<string, number> {
    return this.watch.witnessed;
  }

  /** Worlds that wait to be expanded. */
  get queue(): number {
    return this.order === 'breadth' ? this.visited.count - this.expanded : this.stack.length;
  }

  /** Bytes that the worlds and what is known of each take. */
  get bytes(): number {
    return this.visited.bytes + this.parents.bytes + this.depths.bytes + this.stack.bytes;
  }

  /** Expands so many worlds more. Returns whether anything is left to do. */
  advance(expansions: number): boolean {
    for (let n = 0; n < expansions; n++) {
      if (this.found !== null || this.queue === 0 || this.visited.count >= this.limits.states) return false;
      const index = this.order === 'breadth' ? this.expanded : this.stack.pop();
      this.expanded++;
      this.expand(index);
      this.onExpanded?.(index);
    }
    return this.found === null && this.queue > 0 && this.visited.count < this.limits.states;
  }

  /** For a checkpoint, together with the rows. */
  get columns(): Columns {
    return { parents: this.parents, depths: this.depths, stack: this.stack };
  }

  get standing(): Standing {
    const { generated, depth, expanded, atLimit, reduced, deadlocks, witnessed } = this;
    return { generated, depth, expanded, atLimit, reduced, deadlocks, witnessed: [...witnessed] };
  }

  /** Stands where a search stood whose rows {@link visited} has taken. */
  stand({ generated, depth, expanded, atLimit, reduced, deadlocks, witnessed }: Standing, { parents, depths, stack }: Columns): void {
    this.parents = parents;
    this.depths = depths;
    this.stack = stack;
    this.generated = generated;
    this.depth = depth;
    this.expanded = expanded;
    this.atLimit = atLimit;
    this.reduced = reduced;
    Object.assign(this.deadlocks, deadlocks);
    this.watch.resume(witnessed);
  }

  /** Expands a world that was expanded before. What it leads to is known, so this counts, and numbers values, but adds none. */
  retrace(index: number): void {
    this.expand(index);
  }

  /** The moves that led to a world, from the start on. */
  pathTo(index: number): readonly Move[] {
    const path: number[] = [];
    for (let at = index; at >= 0; at = this.parents.at(at)) path.push(at);
    path.reverse();
    return path.slice(1).map((to, at) => this.moveBetween(path[at] as number, to));
  }

  private moveBetween(from: number, to: number): Move {
    this.restore(to);
    const wanted = Int32Array.from(this.world.row);
    for (const move of this.movesOf(from)) {
      this.restore(from);
      make(this.world, move);
      if (this.world.row.every((value, slot) => value === wanted[slot])) return move;
    }
    throw new Error(`no move leads from world ${from} to world ${to}`);
  }

  /** Every effective move of a world, in the order in which the search makes them. */
  movesOf(index: number): readonly Move[] {
    this.restore(index);
    const environment = this.plans.environment();
    const offers = this.world.system.instances.flatMap(({ index: instance }) => {
      const plan = this.plans.plan(instance, environment, this.standpoint.codes);
      return plan.parts.flatMap((part, nth) => (this.affords(part) ? [this.plans.moveOf(plan, nth)] : []));
    });
    return [...offers, ...this.faults.now(environment).map(({ move }) => move)];
  }

  /** Puts the world into the state with this number. */
  restore(index: number): void {
    this.visited.packing.fill(this.world.row);
    this.standpoint.goTo(index);
    this.world.threw = null;
  }

  private readonly affords = ({ budget, crashes }: Outcome): boolean => {
    const { row } = this.world;
    return (budget === NONE || (row[budget] as number) > 0) && (crashes === NONE || (row[crashes] as number) > 0);
  };

  private expand(index: number): void {
    const { judge, plans, standpoint, world } = this;
    standpoint.goTo(index);
    this.symmetry?.expanding(index);
    this.current = index;
    this.currentDepth = this.depths.at(index);
    const deeper = this.currentDepth < this.limits.depth;
    const environment = plans.environment();
    const { now } = this;
    for (let instance = 0; instance < now.length; instance++) now[instance] = plans.plan(instance, environment, standpoint.codes);
    const strikes = this.faults.now(environment);
    if (deeper && this.symmetry === null && this.ample === null) this.prepare(strikes);
    if (judge.hasSteps) this.before.set(world.row);
    let effective = 0;
    const alone = this.ample === null ? NONE : this.ample.choose(now, this.affords, strikes.length > 0);
    for (let instance = 0; instance < now.length; instance++) this.countIdle(now[instance] as Plan, instance);
    if (alone !== NONE) {
      this.furthest = -1;
      effective += this.takePlan(now[alone] as Plan, deeper);
      if (this.found !== null) return;
      if (this.ample?.suffices(index, this.furthest)) {
        this.reduced++;
        return;
      }
    }
    for (let instance = 0; instance < now.length; instance++) {
      if (instance !== alone) effective += this.takePlan(now[instance] as Plan, deeper);
      if (this.found !== null) return;
    }
    for (let nth = 0; nth < strikes.length; nth++) {
      effective++;
      if (!deeper) continue;
      this.generated++;
      const strike = strikes[nth] as Strike;
      const change = strike.change(world.row);
      if (change.threw) this.takeWhole(strike.move);
      else this.take(change, strike.move);
      if (this.found !== null) return;
    }
    if (effective === 0) this.noteDeadlock(index);
    else if (!deeper) this.atLimit++;
  }

  /** Prepares the steps that {@link expand} takes, in its order, as far as they can be. */
  private prepare(strikes: readonly Strike[]): void {
    const { now, standpoint, world } = this;
    for (let instance = 0; instance < now.length; instance++) {
      const { parts } = now[instance] as Plan;
      for (let nth = 0; nth < parts.length; nth++) {
        const part = parts[nth] as Outcome;
        if (this.affords(part) && !part.change.threw && !standpoint.prepare(part.change.edits)) return;
      }
    }
    for (let nth = 0; nth < strikes.length; nth++) {
      const change = (strikes[nth] as Strike).change(world.row);
      if (!change.threw && !standpoint.prepare(change.edits)) return;
    }
    standpoint.fetch();
  }

  /** Takes all steps of a plan that can be taken, to where a violation is found. Returns how many change something. */
  private takePlan(plan: Plan, deeper: boolean): number {
    const { parts } = plan;
    let effective = 0;
    for (let nth = 0; nth < parts.length; nth++) {
      const part = parts[nth] as Outcome;
      if (!this.affords(part)) continue;
      effective++;
      if (!deeper) continue;
      this.generated++;
      if (part.change.threw) this.takeWhole(this.plans.moveOf(plan, nth));
      else this.take(part.change, part.move);
      if (this.found === null) continue;
      if (this.found.move === part.move) this.found = { ...this.found, move: this.plans.moveOf(plan, nth) };
      return effective;
    }
    return effective;
  }

  private countIdle({ idle, idleBudgets, timers }: Plan, instance: number): void {
    const { row, system } = this.world;
    this.generated += idle;
    for (let i = 0; i < idleBudgets.length; i++) if ((row[idleBudgets[i] as number] as number) > 0) this.generated++;
    if (timers && row[system.firesSlot[instance] as number] === 0) this.world.cut('fires');
    if (timers && isAtEnd(this.world, instance)) this.world.cut('ticks');
  }

  private take(change: Change, move: Move): void {
    const { standpoint, judge, watch } = this;
    const { edits, steps } = change;
    if (steps.length === 1) (steps[0] as Step).taken++;
    else for (let i = 0; i < steps.length; i++) (steps[i] as Step).taken++;
    const next = standpoint.leadsTo(edits);
    this.furthest = Math.max(this.furthest, next < 0 ? -next - 1 : next);
    if (next < 0 && !judge.hasSteps) return;
    standpoint.show(edits);
    if (next >= 0) {
      if (change.due === null || change.due.stamp !== watch.stamp) change.due = watch.after(edits);
      this.arrive(next, this.current, this.currentDepth + 1, move, change.due);
    }
    if (judge.hasSteps) this.judgeStep(move);
    standpoint.hide(edits);
  }

  /** A role throws: the world itself makes the move. */
  private takeWhole(move: Move): void {
    const { world, standpoint } = this;
    make(world, move);
    this.found ??= { failure: threwFailure(world) as Failure, parent: this.current, move };
    const next = standpoint.addRow();
    if (next >= 0) this.arrive(next, this.current, this.currentDepth + 1, move, this.watch.whole);
    standpoint.hideAll();
    world.threw = null;
  }

  private judgeStep(move: Move): void {
    const part = this.judge.ofStep(this.world, this.before, move);
    if (part !== null) this.found ??= { failure: failureOf(this.judge, this.world, part), parent: this.current, move };
  }

  /** A world was reached for the first time. */
  private arrive(index: number, parent: number, depth: number, move: Move | null, due: Due): void {
    this.parents.push(parent);
    this.depths.push(depth);
    if (depth > this.depth) this.depth = depth;
    if (this.order === 'depth') this.stack.push(index);
    const { row } = this.world;
    const part = this.watch.failed(due, row);
    if (part !== null) this.found ??= { failure: failureOf(this.judge, this.world, part), parent, move };
    this.watch.look(due, row, index);
  }

  private noteDeadlock(index: number): void {
    const { world } = this;
    const waiting = world.system.instances.filter((instance) => world.runs(instance.index) && isWaiting(world, instance));
    if (waiting.length === 0) return;
    this.deadlocks.count++;
    if (this.deadlocks.first >= 0) return;
    this.deadlocks.first = index;
    this.deadlocks.waiting = waiting.map(({ hostName, role }) => `${hostName}: ${role.name}`);
  }
}

const failureOf = (judge: Judge, world: World, part: Part): Failure => ({ part, detail: judge.explain(part, world), settling: false });

/** Whether a role waits for something: it is neither final nor at rest. */
const isWaiting = (world: World, instance: Instance): boolean => {
  const snapshot = instance.role.memory.snapshot(world.local(instance.index));
  return snapshot.status !== 'done' && !snapshot.hasTag('rest');
};
