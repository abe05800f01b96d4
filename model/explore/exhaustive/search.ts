import { threwFailure, type Failure } from '../../property/failure.ts';
import type { Judge, Part } from '../../property/judge.ts';
import { make, type Move } from '../../world/move.ts';
import { NONE } from '../../world/system.ts';
import { isAtEnd } from '../../world/ticks.ts';
import type { World } from '../../world/world.ts';
import { Column } from './column.ts';
import { waitingIn } from './deadlocks.ts';
import { Changes, type SlotEdit } from './change.ts';
import { FaultLists, type Strike } from './fault-lists.ts';
import { Judging } from './judging.ts';
import { actAt, askedAt, throwsAt } from './layout.ts';
import { type Plan, Plans } from './plans.ts';
import { Programs } from './programs.ts';
import type { Reducing } from './reduction/reducing.ts';
import { cut, Replacements } from './replacements.ts';
import type { Columns, Deadlocks, Found, Limits, Order, Standing } from './standing.ts';
import { Masks } from './masks.ts';
import { Sleep } from './sleep.ts';
import { Standpoint } from './standpoint.ts';
import { unasked } from './stillness.ts';
import { Visited } from './visited.ts';
import { everything, Watch } from './watch.ts';
import { Ways } from './ways.ts';

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
  depths: Column;
  readonly world: World;
  readonly judge: Judge;
  /** What leads on from worlds. */
  readonly ways: Ways;
  readonly faults: FaultLists;
  readonly standpoint: Standpoint;
  readonly programs: Programs;
  private readonly replacements: Replacements;
  /** Where what each instance can do in the world that is being expanded stands among the programs. */
  private readonly starts: Int32Array;
  /** For tests: whether steps may be passed over that lead to known worlds. */
  mayPass = true;
  private readonly sleep: Sleep;
  private readonly masks = new Masks();
  private readonly order: Order;
  private readonly limits: Limits;
  private readonly symmetry: Reducing['symmetry'];
  private readonly ample: Reducing['ample'];
  /** The largest number of a world that a step led to. */
  private furthest = -1;
  /** Worlds that were found and not expanded; breadth first it is the numbers from {@link expanded} on. */
  private stack = new Column();
  private readonly watch: Watch;
  private readonly judging: Judging;
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
    this.replacements = new Replacements((edit, before) => this.learnReplacement(changes.edits[edit] as SlotEdit, before));
    this.standpoint = new Standpoint(world, this.visited, this.programs, this.replacements);
    this.judging = new Judging(judge, this.watch, this.standpoint, this.programs);
    this.plans = new Plans(world, changes, this.programs, this.standpoint.show);
    this.faults = new FaultLists(world, changes, this.programs, this.standpoint);
    this.ways = new Ways(world, this.plans, this.faults, this.programs, this.standpoint);
    this.parents = new Column();
    this.depths = new Column();
    this.starts = new Int32Array(world.system.instances.length);
    this.sleep = new Sleep(this.programs, this.starts);
    // What is known of a world need not be known of the one that is kept for it.
    if (this.symmetry !== null) this.watch.stillness.despair();
    world.reset();
    this.visited.addRow(world.row);
    this.standpoint.after.set(world.row);
    this.arrive(0, -1, 1);
    this.watch.renew();
    // Where a role threw at its start there is no world of which claims could be asked.
    const failure = threwFailure(world);
    if (failure === null) this.ask(0, -1, everything, null);
    else this.found = { failure, parent: -1, move: null };
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
    return this.visited.bytes + this.parents.bytes + this.depths.bytes + this.masks.bytes + this.stack.bytes;
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
    return path.slice(1).map((to, at) => this.ways.between(path[at] as number, to));
  }

  /** Puts the world into the state with this number. */
  restore(index: number): void {
    this.standpoint.restore(index);
  }

  private learnReplacement(edit: SlotEdit, before: number): void {
    const { visited, watch } = this;
    const held = (visited.codes.values[edit.slot] as number[])[before] as number;
    const { value, isCut } = edit.of(held);
    const turn = before ^ visited.codeOf(edit.slot, value);
    const flags = (isCut ? cut : 0) | watch.touched(edit.slot, held, value);
    this.replacements.put(edit.number, before, turn, flags);
  }

  private expand(index: number): void {
    const { ample, plans, sleep, standpoint, starts, watch, world } = this;
    watch.renew();
    this.replacements.renew(watch.stamp);
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
    if (ample !== null && ample.refused === null) {
      alone = ample.choose(this.plansNow(), this.ways.affords, strikes.length > 0);
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
    this.masks.pass(index);
    sleep.begin(this.passes(), this.masks.at(index));
    for (let instance = 0; instance < starts.length; instance++) {
      if (instance !== alone && !sleep.passes(instance)) standpoint.gather(starts[instance] as number);
      sleep.ends[instance] = standpoint.count;
    }
    for (let nth = 0; nth < strikes.length; nth++) standpoint.gather((strikes[nth] as Strike).program(codes));
    const reached = this.take(taken);
    this.generated += sleep.count(reached);
    if (this.found !== null) return;
    if (standpoint.count === 0 && !sleep.isAny) this.noteDeadlock(index);
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

  /** Whether steps that lead to known worlds can be passed over: nothing else is asked of them, and worlds are expanded in the order of their numbers. */
  private passes(): boolean {
    const { ample, judge, order, symmetry, world } = this;
    if (!this.mayPass || order !== 'breadth' || symmetry !== null || judge.hasSteps || world.system.ticks !== undefined) return false;
    return ample === null || ample.refused !== null;
  }

  /** Takes the steps that were gathered, from one on, up to where a violation is found. Returns that one, or how many there are; -1 where none is taken. */
  private take(from: number): number {
    const { standpoint, programs, watch } = this;
    if (this.currentDepth >= this.limits.depth) return -1;
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
        if (next >= 0) {
          this.arrive(next, this.current, this.currentDepth + 1);
          if (this.sleep.isOn) this.masks.put(next, this.sleep.after(nth, part));
        } else this.furthest = Math.max(this.furthest, -next - 1);
        const isAsked = next >= 0 && watch.minds(due);
        if (isAsked || asked !== 0) {
          standpoint.showAfter(nth);
          if (isAsked) this.ask(next, this.current, due, nth);
          if (asked !== 0) this.askStep(nth, asked);
          if ((asked & unasked) !== 0) programs.askAnew(part);
        }
      }
      if (this.found !== null) return nth;
    }
    return standpoint.count;
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
    const move = this.ways.moveOf(nth, this.starts);
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
    const part = this.judging.failedIn(due);
    if (part !== null) this.find(part, parent, nth);
    this.judging.note(due, index, parent);
  }

  private askStep(nth: number, asked: number): void {
    const part = this.judging.failedOf(this.programs.code[this.standpoint.stepAt(nth) + actAt] as number, asked);
    if (part !== null) this.find(part, this.current, nth);
  }

  private find(part: Part, parent: number, nth: number | null): void {
    const { judge, standpoint, world } = this;
    if (this.found !== null) return;
    let move: Move | null = null;
    if (nth !== null) {
      standpoint.show();
      move = this.ways.moveOf(nth, this.starts);
    }
    world.row.set(standpoint.after);
    standpoint.hide();
    this.found = { failure: { part, detail: judge.explain(part, world), settling: false }, parent, move };
  }

  /** Nothing leads on from the world at which it stands. */
  private noteDeadlock(index: number): void {
    const { deadlocks, standpoint, world } = this;
    standpoint.show();
    const waiting = waitingIn(world);
    if (waiting.length === 0) return;
    deadlocks.count++;
    if (deadlocks.first >= 0) return;
    deadlocks.first = index;
    deadlocks.waiting = waiting;
  }
}
