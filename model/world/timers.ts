import type { Interner } from '../kernel/intern.ts';
import { Table } from '../kernel/table.ts';
import type { Value } from '../kernel/value.ts';
import type { TicksType } from '../protocol/scenario.ts';

/** Timers that a step started, in the order in which they fire. */
interface Started {
  readonly started: readonly string[];
  readonly delays: readonly number[];
}

/** A pending timer: its name; where time passes in units, with how many it still waits. */
type Pending = string | readonly [timer: string, left: number];

const nameOf = (pending: Pending): string => (typeof pending === 'string' ? pending : pending[0]);

/** The untimed world does not say how long; there any timer may fire. */
const leftOf = (pending: Pending): number => (typeof pending === 'string' ? 0 : pending[1]);

/** Sets of pending timers by number: groups that were started together, in the order in which they fire. The empty set is 0. */
export class Timers {
  readonly table: Table;
  private readonly unitMs: number | null;
  private readonly known: (readonly string[])[] = [];

  constructor(interner: Interner, ticks: TicksType | undefined) {
    this.table = new Table(interner);
    this.table.of([]);
    this.unitMs = ticks?.unitMs ?? null;
  }

  /** The groups of a set, by name. */
  groups(timers: number): readonly (readonly string[])[] {
    return this.pending(timers).map((group) => group.map(nameOf));
  }

  /** The timers that may fire now: the first of each group, once it has waited for as long as it should. */
  due(timers: number): readonly string[] {
    let due = this.known[timers];
    if (due === undefined) {
      due = this.pending(timers).flatMap(([first]) => (first === undefined || leftOf(first) > 0 ? [] : [nameOf(first)]));
      this.known[timers] = due;
    }
    return due;
  }

  /** The pending timers after some ended and others started together. */
  after(timers: number, ended: readonly string[], { started, delays }: Started): number {
    if (ended.length === 0 && started.length === 0) return timers;
    const gone = new Set([...ended, ...started]);
    const groups = this.pending(timers).map((group) => group.filter((each) => !gone.has(nameOf(each))));
    const all = [...groups, started.map((timer, at) => this.waiting(timer, delays[at] as number))].filter((group) => group.length > 0);
    return this.of(all.sort(([a], [b]) => (nameOf(a as Pending) < nameOf(b as Pending) ? -1 : 1)));
  }

  /** The same timers a unit of time later. */
  elapsed(timers: number): number {
    const later = (each: Pending): Pending => [nameOf(each), Math.max(0, leftOf(each) - 1)];
    return this.of(this.pending(timers).map((group) => group.map(later)));
  }

  /** A part of a unit counts as a whole one, for a timer never fires early. */
  private waiting(timer: string, delayMs: number): Pending {
    return this.unitMs === null ? timer : [timer, Math.ceil(delayMs / this.unitMs)];
  }

  private pending(timers: number): readonly (readonly Pending[])[] {
    return this.table.value(timers) as readonly (readonly Pending[])[];
  }

  private of(groups: readonly (readonly Pending[])[]): number {
    return this.table.of(groups as Value);
  }
}
