import { threwFailure, type Failure } from '../../property/failure.ts';
import type { Judge, Part } from '../../property/judge.ts';
import { make, type Move } from '../../world/move.ts';
import { type Instance, NONE } from '../../world/system.ts';
import { isAtEnd } from '../../world/ticks.ts';
import type { World } from '../../world/world.ts';
import { Column } from './column.ts';
import { Changes } from './change.ts';
import { FaultLists, type Strike } from './fault-lists.ts';
import { actAt, askedAt, endAt, nextAt, partsAt, throwsAt } from './layout.ts';
import { type Outcome, type Plan, Plans } from './plans.ts';
import { Programs } from './programs.ts';
import type { Reducing } from './reduction/reducing.ts';
import { Replacements } from './replacements.ts';
import { Standpoint } from './standpoint.ts';
import { unasked } from './stillness.ts';
import { Visited } from './visited.ts';
import { everything, Watch } from './watch.ts';

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
  private readonly programs: Programs;
  private readonly replacements: Replacements;
  /** Where what each instance can do in the world that is being expanded stands among the programs. */
  private readonly starts: Int32Array;
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
  /** Claims about steps of the present world that have to be asked whatever the step changes. */
  private unsure = 0;

  constructor(world: World, judge: Judge, order: Order, limits: Limits, reducing: Reducing | null = null) {
    this.world = world;
    this.judge = judge;
    this.order = order;
    this.limits = limits;
    this.symmetry = reducing?.symmetry ?? null;
    this.ample = reducing?.ample ?? null;
    this.visited = new Visited(world.row.length);
    this.watch = new Watch(judge, world.row.length, () => this.visited.count);
    const changes = new Changes(world);
    this.programs = new Programs(this.visited, this.watch);
    this.replacements = new Replacements(changes, this.visited, this.watch);
    this.standpoint = new Standpoint(world, this.visited, this.programs, this.replacements);
    this.plans = new Plans(world, changes, this.programs, this.standpoint.show);
    this.faults = new FaultLists(world, changes, this.programs, this.standpoint);
    this.parents = new Column();
    this.depths = new Column();
    this.starts = new Int32Array(world.system.instances.length);
    // What is known of a world need not be known of the one that is kept for it.
    if (this.symmetry !== null) this.watch.stillness.despair();
    world.reset();
    this.visited.addRow(world.row);
    this.standpoint.after.set(world.row);
    this.arrive(0, -1, 1);
    this.watch.renew();
    this.ask(0, -1, everything, null);
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
      if (!this.isOpen()) break;
      const index = this.order === 'breadth' ? this.expanded : this.stack.pop();
      this.expanded++;
      this.expand(index);
      this.onExpanded?.(index);
    }
    this.programs.tell();
    return this.isOpen();
  }

  private isOpen(): boolean {
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
    this.programs.tell();
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
    const { plans, standpoint, world } = this;
    this.restore(index);
    const environment = plans.environment(standpoint.codes);
    const offers = world.system.instances.flatMap(({ index: instance }) => {
      const plan = plans.planAt(plans.startOf(instance, environment, standpoint.codes));
      return plan.parts.flatMap((part, nth) => (this.affords(part) ? [plans.moveOf(plan, nth)] : []));
    });
    return [...offers, ...this.faults.now(environment).map(({ move }) => move)];
  }

  /** Puts the world into the state with this number. */
  restore(index: number): void {
    this.standpoint.goTo(index);
    this.standpoint.show();
    this.world.threw = null;
  }

  private readonly affords = ({ budget, crashes }: Outcome): boolean => {
    const { standpoint } = this;
    return (budget === NONE || standpoint.valueOf(budget) > 0) && (crashes === NONE || standpoint.valueOf(crashes) > 0);
  };

  private expand(index: number): void {
    const { ample, plans, standpoint, starts, watch, world } = this;
    watch.renew();
    this.replacements.renew();
    standpoint.goTo(index);
    if (this.symmetry !== null) {
      standpoint.show();
      this.symmetry.expanding(index);
    }
    this.current = index;
    this.currentDepth = this.depths.at(index);
    const { codes } = standpoint;
    const environment = plans.environment(codes);
    for (let instance = 0; instance < starts.length; instance++) {
      const start = plans.startOf(instance, environment, codes);
      starts[instance] = start;
      this.generated += standpoint.idleOf(start);
    }
    if (world.system.ticks !== undefined) this.mindClocks();
    const strikes = this.faults.now(environment);
    let alone = NONE;
    if (ample !== null) {
      alone = ample.choose(this.plansNow(), this.affords, strikes.length > 0);
      if (alone !== NONE) {
        standpoint.gather(starts[alone] as number);
        this.furthest = -1;
        this.take(0);
        if (this.found !== null) return;
        if (ample.suffices(index, this.furthest)) {
          this.reduced++;
          return;
        }
      }
    }
    const taken = standpoint.count;
    for (let instance = 0; instance < starts.length; instance++) if (instance !== alone) standpoint.gather(starts[instance] as number);
    for (let nth = 0; nth < strikes.length; nth++) standpoint.gather((strikes[nth] as Strike).program(codes));
    this.take(taken);
    if (this.found !== null) return;
    if (standpoint.count === 0) this.noteDeadlock(index);
    else if (this.currentDepth >= this.limits.depth) this.atLimit++;
  }

  /** Where timers are pending when a clock has come to its end, a bound cuts something off. */
  private mindClocks(): void {
    const { standpoint, world } = this;
    standpoint.show();
    for (const { index } of world.system.instances) if (world.runs(index) && isAtEnd(world, index)) world.cut('ticks');
  }

  private plansNow(): readonly Plan[] {
    this.standpoint.show();
    return Array.from(this.starts, (start) => this.plans.planAt(start));
  }

  /** Takes the steps that were gathered, from one on, up to where a violation is found. */
  private take(from: number): void {
    const { standpoint, programs, watch } = this;
    if (this.currentDepth >= this.limits.depth) return;
    this.unsure = watch.unsureAt(this.current);
    if (this.symmetry === null) standpoint.prepare(from);
    for (let nth = from; nth < standpoint.count; nth++) {
      const { code, taken } = programs;
      const part = standpoint.stepAt(nth);
      const act = code[part + actAt] as number;
      taken[act] = (taken[act] as number) + 1;
      this.generated++;
      if ((code[part + throwsAt] as number) !== 0) this.takeWhole(nth);
      else if (this.symmetry !== null) this.takeKept(nth, this.symmetry);
      else {
        const next = standpoint.leadsTo(nth);
        const due = standpoint.dueAfter(nth) | this.unsure;
        const asked = (code[part + askedAt] as number) & (due | unasked);
        if (next >= 0) this.arrive(next, this.current, this.currentDepth + 1);
        else this.furthest = Math.max(this.furthest, -next - 1);
        const isAsked = next >= 0 && watch.minds(due);
        if (isAsked || asked !== 0) {
          standpoint.showAfter(nth);
          if (isAsked) this.ask(next, this.current, due, nth);
          if (asked !== 0) this.askStep(nth, asked);
          if ((asked & unasked) !== 0) programs.askAnew(part);
        }
      }
      if (this.found !== null) return;
    }
  }

  /** The row after a step is not the one that is kept for it. */
  private takeKept(nth: number, symmetry: NonNullable<Reducing['symmetry']>): void {
    const { standpoint, visited } = this;
    standpoint.makeAfter(nth);
    const next = visited.addRow(symmetry.of(standpoint.after));
    if (next >= 0) {
      this.arrive(next, this.current, this.currentDepth + 1);
      this.ask(next, this.current, everything, nth);
    }
    if (this.judge.hasSteps) this.askStep(nth, everything);
  }

  /** A role throws: the world itself makes the move. */
  private takeWhole(nth: number): void {
    const { world, standpoint, visited } = this;
    standpoint.show();
    const move = this.moveOf(nth);
    make(world, move);
    this.found = { failure: threwFailure(world) as Failure, parent: this.current, move };
    standpoint.after.set(world.row);
    const next = visited.addRow(this.symmetry === null ? world.row : this.symmetry.of(world.row));
    if (next >= 0) this.arrive(next, this.current, this.currentDepth + 1);
    world.threw = null;
    standpoint.hide();
  }

  /** A world was reached for the first time. */
  private arrive(index: number, parent: number, depth: number): void {
    this.parents.push(parent);
    this.depths.push(depth);
    this.furthest = Math.max(this.furthest, index);
    if (depth > this.depth) this.depth = depth;
    if (this.order === 'depth') this.stack.push(index);
  }

  /** Asks of a new world what may be different in it. @param nth the step that leads to it, or null. */
  private ask(index: number, parent: number, due: number, nth: number | null): void {
    const { standpoint, watch } = this;
    const part = watch.failed(due, standpoint.after);
    if (part !== null) this.find(part, parent, nth);
    watch.look(due, standpoint.after, index);
    if (this.judge.hasSteps) watch.stillness.arrive(due, standpoint.after, parent);
  }

  private askStep(nth: number, asked: number): void {
    const { judge, standpoint, watch } = this;
    const { both } = standpoint;
    const { move } = standpoint.actOf(nth);
    standpoint.showBefore();
    both[both.length - 2] = judge.typeNumber(move);
    both[both.length - 1] = judge.actionNumber(move);
    const part = watch.stillness.failed(asked, both);
    if (part !== null) this.find(part, this.current, nth);
  }

  private find(part: Part, parent: number, nth: number | null): void {
    const { judge, standpoint, world } = this;
    if (this.found !== null) return;
    let move: Move | null = null;
    if (nth !== null) {
      standpoint.show();
      move = this.moveOf(nth);
    }
    world.row.set(standpoint.after);
    standpoint.hide();
    this.found = { failure: { part, detail: judge.explain(part, world), settling: false }, parent, move };
  }

  /** A step of the present world as a move. */
  private moveOf(nth: number): Move {
    const { code } = this.programs;
    const at = this.standpoint.stepAt(nth);
    const instance = this.starts.findIndex((start) => start <= at && at < (code[start + endAt] as number));
    if (instance < 0) return this.standpoint.actOf(nth).move;
    let part = 0;
    for (let from = code[(this.starts[instance] as number) + partsAt] as number; from < at; from = code[from + nextAt] as number) part++;
    return this.plans.moveOf(this.plans.planAt(this.starts[instance] as number), part);
  }

  private noteDeadlock(index: number): void {
    const { world } = this;
    this.standpoint.show();
    const waiting = world.system.instances.filter((instance) => world.runs(instance.index) && isWaiting(world, instance));
    if (waiting.length === 0) return;
    this.deadlocks.count++;
    if (this.deadlocks.first >= 0) return;
    this.deadlocks.first = index;
    this.deadlocks.waiting = waiting.map(({ hostName, role }) => `${hostName}: ${role.name}`);
  }
}

/** Whether a role waits for something: it is neither final nor at rest. */
const isWaiting = (world: World, instance: Instance): boolean => {
  const snapshot = instance.role.memory.snapshot(world.local(instance.index));
  return snapshot.status !== 'done' && !snapshot.hasTag('rest');
};
