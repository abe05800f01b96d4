import type { Facet } from '../../property/facet.ts';
import type { Judge, StepPart } from '../../property/judge.ts';
import type { Move } from '../../world/move.ts';

/** Moves of so many kinds are told apart by what a claim looks at of them; a claim that tells apart more is asked of every step. */
const mostKinds = 16;

/** Of some claim it is not known yet whether it follows from the move alone. */
export const unasked = 1 << 30;

/** From so many worlds on it is known whether a claim is asked of most. */
const enough = 1_000;

/** A kind of moves: those that are alike to a claim. */
interface Kind {
  readonly type: number;
  readonly action: number;
}

/** A slot of a row, or behind two rows the type of a move, and its number. */
interface Look {
  readonly slot: number;
  readonly facet: Facet | null;
}

interface Watched {
  readonly part: StepPart;
  bit: number;
  /** What it looks at of a move. */
  looks: readonly Look[];
  /** By what the claim sees of them. */
  readonly kinds: Map<string, Kind>;
  /** From this world on, it was seen to hold of steps of every kind that change nothing. */
  since: number;
  /** How many of the worlds that arrived it was asked of. */
  asked: number;
}

/** Claims about steps that change nothing of what they look at. Most hold of all such steps, and then are not asked of them. */
export class Stillness {
  /** From this world on, nothing is in doubt. */
  since = 0;
  /** The bits of claims of which something is known. */
  bits = 0;
  /** Some claim looks at more of a move than its type. */
  private looksAtActions = false;
  private readonly all: readonly Watched[];
  private readonly judge: Judge;
  private readonly width: number;
  private readonly worlds: () => number;
  /** A row twice, and then the type and the number of a move, as claims about steps read them. */
  private readonly still: Int32Array;

  /** @param worlds how many worlds were found. */
  constructor(judge: Judge, width: number, worlds: () => number) {
    this.judge = judge;
    this.width = width;
    this.worlds = worlds;
    this.all = judge.steps.map((part) => ({ part, bit: 0, looks: [], kinds: new Map(), since: 0, asked: 0 }));
    this.still = new Int32Array(2 * width + 2);
  }

  /** Works out anew what looks at what. */
  renew(bitOf: (looks: readonly Look[]) => number): void {
    const { width } = this;
    this.bits = 0;
    for (const each of this.all) {
      const { looks } = each.part.memory;
      each.bit = bitOf(looks.filter(({ slot }) => slot < 2 * width).map(({ slot, facet }) => ({ slot: slot % width, facet })));
      if (each.since !== Number.POSITIVE_INFINITY) this.bits |= each.bit;
      this.looksAtActions ||= looks.some(({ slot }) => slot === 2 * width + 1);
      const ofMove = looks.filter(({ slot }) => slot >= 2 * width);
      if (ofMove.length === each.looks.length) continue;
      each.looks = ofMove;
      each.kinds.clear();
    }
  }

  /** The bits of claims whose verdict on a step does not follow from the move alone, and {@link unasked}. */
  askedOf(move: Move): number {
    if (this.all.length === 0) return 0;
    const { judge, still, width } = this;
    still[2 * width] = judge.typeNumber(move);
    if (this.looksAtActions) still[2 * width + 1] = judge.actionNumber(move);
    let bits = 0;
    for (const each of this.all) {
      const verdict = each.part.memory.evaluateFrom(still, 2 * width);
      if (verdict === true) continue;
      bits |= verdict === undefined ? each.bit | unasked : each.bit;
      this.meet(each, move);
    }
    return bits;
  }

  private meet(each: Watched, move: Move): void {
    const { judge, still } = this;
    const seen = ({ slot, facet }: Look): number => facet?.of(still[slot] as number) ?? (still[slot] as number);
    const key = each.looks.map(seen).join();
    if (each.kinds.has(key)) return;
    each.kinds.set(key, { type: judge.typeNumber(move), action: judge.actionNumber(move) });
    this.doubtOf(each, each.kinds.size > mostKinds ? Number.POSITIVE_INFINITY : this.worlds());
  }

  private doubtOf(each: Watched, until: number): void {
    each.since = Math.max(each.since, until);
    this.since = Math.max(this.since, until);
    if (until !== Number.POSITIVE_INFINITY) return;
    this.bits = this.all.reduce((bits, { bit, since }) => (since === Number.POSITIVE_INFINITY ? bits : bits | bit), 0);
  }

  /** Nothing is ever known. */
  despair(): void {
    for (const each of this.all) this.doubtOf(each, Number.POSITIVE_INFINITY);
  }

  /** The bits of claims that are in doubt about steps of this world that change nothing. */
  unsureAt(world: number): number {
    if (world >= this.since) return 0;
    let bits = 0;
    for (const { since, bit } of this.all) if (world < since) bits |= bit;
    return bits;
  }

  /** Looks, in a new world, whether claims with these bits hold of steps that change nothing. @param parent the world before it. */
  arrive(bits: number, row: Int32Array, parent: number): void {
    const { still, width } = this;
    let isThere = false;
    for (const each of this.all) {
      if ((each.bit & bits) === 0 || each.since === Number.POSITIVE_INFINITY) continue;
      if (parent >= each.since) each.asked++;
      if (!isThere) {
        still.set(row);
        still.set(row, width);
        isThere = true;
      }
      for (const { type, action } of each.kinds.values()) {
        still[2 * width] = type;
        still[2 * width + 1] = action;
        if (!this.holds(each.part)) this.doubtOf(each, Number.POSITIVE_INFINITY);
      }
      // What changes with most steps is better asked of the steps that are taken.
      if (each.asked > enough && 4 * each.asked > this.worlds()) this.doubtOf(each, Number.POSITIVE_INFINITY);
    }
  }

  /** A claim need not cope with a step that never happens. */
  private holds({ memory }: StepPart): boolean {
    try {
      return memory.evaluateRow(this.still);
    } catch {
      return false;
    }
  }

  /** The first claim with one of these bits that a step violates. @param both the rows before and after it, its type and number. */
  failed(bits: number, both: Int32Array): StepPart | null {
    for (let i = 0; i < this.all.length; i++) {
      const { part, bit } = this.all[i] as Watched;
      if ((bit & bits) !== 0 && !part.memory.evaluateRow(both)) return part;
    }
    return null;
  }
}
