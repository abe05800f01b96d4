import { NONE } from '../../world/system.ts';
import type { Act } from './change.ts';
import { actAt, askedAt, budgetsAt, dueAt, endAt, fixedAt, fixedEndAt, nextAt, partsAt, stampAt, touchesAt } from './layout.ts';
import { Passed } from './passed.ts';
import type { Visited } from './visited.ts';
import type { Watch } from './watch.ts';

/** One thing that a plan can do, and slots that have to be above zero, or {@link NONE}. */
export interface Part extends Act {
  readonly budget: number;
  readonly crashes: number;
}

/** What a program is made of. */
export interface Source {
  readonly parts: readonly Part[];
  /** Steps of a rule that change nothing, and the budgets that such steps need. */
  readonly idle: number;
  readonly idleBudgets: readonly number[];
  /** The budget of timers, where one is pending; or {@link NONE}. */
  readonly fires: number;
  /** Slots whose codes are the same wherever the program runs. */
  readonly own: readonly number[];
  /** More slots on which it depends which steps there are. */
  readonly shared: readonly number[];
}

/**
 * Plans and faults as programs: lists of integers that stand one after the other in memory, so that expanding a world is reading
 * them from left to right. What a step does to slots on which its plan depends is the same wherever the plan is met, so it stands
 * in the program as an exclusive or; all else it asks of edits.
 */
export class Programs {
  /** All programs. */
  code = new Int32Array(1 << 12);
  /** By number. */
  readonly acts: Act[] = [];
  /** How often each act was taken, since it was last told. */
  taken = new Int32Array(64);
  private length = 1;
  private readonly passed = new Passed();
  private readonly numbers = new Map<Act, number>();
  private readonly visited: Visited;
  private readonly watch: Watch;

  constructor(visited: Visited, watch: Watch) {
    this.visited = visited;
    this.watch = watch;
  }

  /** Lays a program out for a world with these codes. Returns where it stands; never at 0. */
  laid({ parts, idle, idleBudgets, fires, own, shared }: Source, codes: Int32Array): number {
    const start = this.length;
    const body = parts.map((part) => this.partOf(part, own, codes));
    const firstPart = start + budgetsAt + idleBudgets.length;
    const end = body.reduce((at, { length }) => at + length, firstPart);
    this.makeRoom(end);
    // No stamp is below zero, so what has to be asked is worked out when it runs.
    const counts = fires !== NONE || idleBudgets.length > 0 ? 1 : 0;
    const minds = body.reduce((bits, part) => bits | (part[touchesAt] as number), bitsOf([...own, ...shared, fires, ...idleBudgets]));
    const isFree = parts.every(({ budget, crashes }) => budget === NONE && crashes === NONE);
    this.code.set([-1, end, idle, counts, firstPart, fires, minds, isFree ? parts.length : NONE, 0, ...idleBudgets], start);
    let at = firstPart;
    for (const part of body) {
      const [next, fixedEnd] = [at + part.length, at + (part[fixedEndAt] as number)];
      this.code.set(part, at);
      this.code[at + nextAt] = next;
      this.code[at + fixedEndAt] = fixedEnd;
      at = next;
    }
    this.length = end;
    return start;
  }

  /** A part whose places count from its start. */
  private partOf(part: Part, own: readonly number[], codes: Int32Array): number[] {
    const { budget, crashes, change } = part;
    const fixed: number[] = [];
    const open: number[] = [];
    for (const edit of change.edits) {
      if (own.includes(edit.slot)) {
        const before = codes[edit.slot] as number;
        const { value, isCut } = edit.of(this.visited.codes.values[edit.slot]?.[before] as number);
        if (isCut) open.push(edit.slot, edit.number);
        else fixed.push(edit.slot, before ^ this.visited.codeOf(edit.slot, value));
      } else open.push(edit.slot, edit.number);
    }
    const touches = bitsOf([...own, budget, crashes, ...change.consulted, ...change.edits.map(({ slot }) => slot)]);
    return [0, budget, crashes, this.numberOf(part), 0, 0, change.threw ? 1 : 0, touches, fixedAt + fixed.length, ...fixed, ...open];
  }

  private numberOf(act: Act): number {
    let number = this.numbers.get(act);
    if (number === undefined) {
      number = this.acts.push(act) - 1;
      this.numbers.set(act, number);
      if (number >= this.taken.length) this.taken = longer(this.taken, 2 * number);
    }
    return number;
  }

  private makeRoom(length: number): void {
    if (length > this.code.length) this.code = longer(this.code, 2 * length);
  }

  /** Works out anew what has to be asked after each part, where claims have come to look at more since. */
  renew(start: number, codes: Int32Array): void {
    const { code, watch } = this;
    const { values } = this.visited.codes;
    if (code[start + stampAt] === watch.stamp) return;
    code[start + stampAt] = watch.stamp;
    for (let part = code[start + partsAt] as number; part < (code[start + endAt] as number); part = code[part + nextAt] as number) {
      let due = 0;
      for (let at = part + fixedAt; at < (code[part + fixedEndAt] as number); at += 2) {
        const slot = code[at] as number;
        const before = codes[slot] as number;
        const of = values[slot] as number[];
        due |= watch.touched(slot, of[before] as number, of[before ^ (code[at + 1] as number)] as number);
      }
      code[part + dueAt] = due;
      this.askAnew(part);
    }
  }

  /** Works out what has to be asked of a step itself. */
  askAnew(part: number): void {
    const { code } = this;
    code[part + askedAt] = this.watch.askedOf((this.acts[code[part + actAt] as number] as Act).move);
  }

  /** Counts the steps of a program as if they were taken. */
  pass(start: number): void {
    this.passed.pass(this.code, start);
  }

  /** Tells the steps that were taken, and begins to count anew. */
  tell(): void {
    this.passed.tell(this.code, this.taken);
    for (let number = 0; number < this.acts.length; number++) {
      const times = this.taken[number] as number;
      if (times === 0) continue;
      for (const step of (this.acts[number] as Act).change.steps) step.taken += times;
      this.taken[number] = 0;
    }
  }
}

/** A bit for each slot; where there are more slots than bits, some share one. */
const bitsOf = (slots: readonly number[]): number => slots.reduce((bits, slot) => (slot === NONE ? bits : bits | (1 << (slot % 32))), 0);

const longer = (list: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> => {
  const long = new Int32Array(length);
  long.set(list);
  return long;
};
