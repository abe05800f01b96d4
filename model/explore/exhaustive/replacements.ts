import { Pairs } from '../../kernel/pairs.ts';
/** A bound cut something off. */
export const cut = 1 << 28;

/** It is known what has to be asked. */
export const known = 1 << 29;

/** Codes below this are looked up by position. */
const lows = 256;

/** What edits make of the codes of their slots, learned one pair at a time. Few of all the pairs ever occur, so they have numbers. */
export class Replacements {
  /** By number: what turns the code into the one after it, by exclusive or. */
  turns = new Int32Array(1024);
  /** By number: what has to be asked after it, and {@link cut}. */
  flags = new Int32Array(1024);
  private readonly pairs = new Pairs();
  /** By edit, and by the code before it where it is low: the number plus one. */
  private readonly low: Int32Array<ArrayBuffer>[] = [];
  private readonly learn: (edit: number, before: number) => void;
  private stamp = 0;

  /** @param learn is asked for what is not known, and puts it here. */
  constructor(learn: (edit: number, before: number) => void) {
    this.learn = learn;
  }

  /** Forgets what has to be asked, where claims have come to look at more. */
  renew(stamp: number): void {
    if (this.stamp === stamp) return;
    this.stamp = stamp;
    this.flags.fill(0);
  }

  /** From now on it is known what an edit makes of a code. */
  put(edit: number, before: number, turn: number, flags: number): void {
    const number = this.numberOf(edit, before);
    this.turns[number] = turn;
    this.flags[number] = known | flags;
  }

  /** The number of an edit, given by its own number, and the code of its slot before it. */
  of(edit: number, before: number): number {
    const low = this.low[edit];
    let number = (low !== undefined && before < low.length ? (low[before] as number) : 0) - 1;
    if (number < 0) number = this.numberOf(edit, before);
    if (this.flags[number] === 0) this.learn(edit, before);
    return number;
  }

  private numberOf(edit: number, before: number): number {
    const number = this.pairs.of(edit, before);
    if (number >= this.flags.length) {
      this.turns = longer(this.turns);
      this.flags = longer(this.flags);
    }
    if (before >= lows) return number;
    let low: Int32Array<ArrayBuffer> = this.low[edit] ?? new Int32Array(8);
    while (before >= low.length) low = longer(low);
    low[before] = number + 1;
    this.low[edit] = low;
    return number;
  }
}

const longer = (list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const twice = new Int32Array(2 * list.length);
  twice.set(list);
  return twice;
};
