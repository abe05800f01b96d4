import { NONE } from '../../world/system.ts';
import type { World } from '../../world/world.ts';
import { actAt, budgetAt, budgetsAt, countsAt, crashesAt, dueAt, endAt, firesAt, fixedAt, fixedEndAt, idleAt, nextAt, partsAt } from './layout.ts';
import { Packing } from './packing.ts';
import type { Programs } from './programs.ts';
import { cut, flagsAt, type Replacements, turnAt } from './replacements.ts';
import { hashOf, type Visited } from './visited.ts';

/**
 * The world that is being expanded, as packed words and as the codes of its slots. What a step does is tried on the words alone,
 * because most steps lead to worlds that are known; rows are made where somebody wants to look at them.
 *
 * Steps are gathered from programs, and prepared before they are taken: then the places of the table in which they are looked up can
 * be loaded from memory side by side, where one after the other each would wait for the one before.
 */
export class Standpoint {
  /** By slot: the number of its value among those that the slot has taken. */
  readonly codes: Int32Array;
  /** Steps that were gathered. */
  count = 0;
  /** The row before a step, the row after it, the type of the move, and its number; as claims about steps read them. */
  readonly both: Int32Array;
  /** The second part of it. */
  readonly after: Int32Array;
  private readonly world: World;
  private readonly visited: Visited;
  private readonly programs: Programs;
  private readonly replacements: Replacements;
  private words = new Int32Array(0);
  /** How they are packed; at first none that a world has. */
  private packing: Packing;
  private index = 0;
  /** The row of the world shows it. */
  private isShown = false;
  /** {@link both} shows it. */
  private isBefore = false;
  /** Of each step that was gathered: where its part stands; once it is prepared its words, their hash, what has to be asked, and where it was found. */
  private steps = new Int32Array(64);
  private ahead = new Int32Array(256);
  private hashes = new Int32Array(64);
  private dues = new Int32Array(64);
  private found = new Int32Array(64);

  constructor(world: World, visited: Visited, programs: Programs, replacements: Replacements) {
    this.world = world;
    this.visited = visited;
    this.packing = new Packing(visited.codes, new Uint8Array(world.row.length));
    this.programs = programs;
    this.replacements = replacements;
    const width = world.row.length;
    this.codes = new Int32Array(width);
    this.both = new Int32Array(2 * width + 2);
    this.after = this.both.subarray(width, 2 * width);
  }

  /** Goes to the world with this number. */
  goTo(index: number): void {
    this.index = index;
    this.read();
    this.packing.unpackCodes(this.words, 0, this.codes);
    this.isShown = false;
    this.isBefore = false;
    this.count = 0;
  }

  private read(): void {
    const { packing } = this.visited;
    if (this.words.length !== packing.words) this.words = new Int32Array(packing.words);
    this.visited.wordsOf(this.index, this.words);
    if (this.packing !== packing) {
      packing.fill(this.after);
      packing.fill(this.both);
    }
    this.packing = packing;
  }

  /** What a slot holds. */
  valueOf(slot: number): number {
    return (this.visited.codes.values[slot] as number[])[this.codes[slot] as number] as number;
  }

  /** The world shows the row. */
  readonly show = (): void => {
    if (this.isShown) return;
    const { row } = this.world;
    for (let slot = 0; slot < row.length; slot++) row[slot] = this.valueOf(slot);
    this.isShown = true;
  };

  /** Goes to a world, and the row of the world shows it. */
  restore(index: number): void {
    this.goTo(index);
    this.show();
    this.world.threw = null;
  }

  /** Somebody has changed the row of the world. */
  hide(): void {
    this.isShown = false;
  }

  /** How many steps of a rule change nothing. */
  idleOf(program: number): number {
    const { code } = this.programs;
    let idle = code[program + idleAt] as number;
    if (code[program + countsAt] === 0) return idle;
    for (let at = program + budgetsAt; at < (code[program + partsAt] as number); at++) if (this.valueOf(code[at] as number) > 0) idle++;
    const fires = code[program + firesAt] as number;
    if (fires !== NONE && this.valueOf(fires) === 0) this.world.cut('fires');
    return idle;
  }

  /** Adds the steps of a program that can be taken. */
  gather(program: number): void {
    const { programs } = this;
    programs.renew(program, this.codes);
    const { code } = programs;
    const end = code[program + endAt] as number;
    for (let part = code[program + partsAt] as number; part < end; part = code[part + nextAt] as number) {
      const budget = code[part + budgetAt] as number;
      if (budget !== NONE && this.valueOf(budget) === 0) continue;
      const crashes = code[part + crashesAt] as number;
      if (crashes !== NONE && this.valueOf(crashes) === 0) continue;
      if (this.count === this.steps.length) this.makeRoom();
      this.steps[this.count++] = part;
    }
  }

  /** The part of a step that was gathered. */
  stepAt(nth: number): number {
    return this.steps[nth] as number;
  }

  /** Prepares the steps from this one on. */
  prepare(from: number): void {
    this.lay(from);
    this.visited.seek(this.ahead, this.hashes, from, this.count, this.found);
  }

  /** Lays out what the steps from this one on lead to. */
  private lay(from: number): void {
    const { visited } = this;
    do {
      // A value that is new to its slot may need more bits than there were; then all begins anew.
      if (this.packing !== visited.packing) this.read();
      while (this.count * this.words.length > this.ahead.length) this.ahead = longer(this.ahead);
      this.layAhead(from);
    } while (this.packing !== visited.packing);
  }

  private layAhead(from: number): void {
    const { ahead, codes, count, dues, hashes, replacements, steps, words } = this;
    const { code } = this.programs;
    const { wordOf, shiftOf } = this.packing;
    const width = words.length;
    for (let nth = from, base = from * width; nth < count; nth++, base += width) {
      const part = steps[nth] as number;
      for (let word = 0; word < width; word++) ahead[base + word] = words[word] as number;
      let due = code[part + dueAt] as number;
      let at = part + fixedAt;
      for (const end = code[part + fixedEndAt] as number; at < end; at += 2) {
        const slot = code[at] as number;
        const word = base + (wordOf[slot] as number);
        ahead[word] = (ahead[word] as number) ^ ((code[at + 1] as number) << (shiftOf[slot] as number));
      }
      for (const end = code[part + nextAt] as number; at < end; at += 2) {
        const slot = code[at] as number;
        const known = replacements.of(code[at + 1] as number, codes[slot] as number);
        const word = base + (wordOf[slot] as number);
        ahead[word] = (ahead[word] as number) ^ ((replacements.table[known + turnAt] as number) << (shiftOf[slot] as number));
        due |= replacements.table[known + flagsAt] as number;
      }
      dues[nth] = due;
      hashes[nth] = hashOf(ahead, base, width);
    }
  }

  /** The number of the world after a step that was prepared, if it is new; else minus its number minus one. */
  leadsTo(nth: number): number {
    if (((this.dues[nth] as number) & cut) !== 0) this.countCuts(nth);
    const found = this.found[nth] as number;
    return found !== 0 ? found : this.visited.add(this.ahead, nth * this.words.length, this.hashes[nth] as number);
  }

  /** What has to be asked of the world after a step that was prepared. */
  dueAfter(nth: number): number {
    return this.dues[nth] as number;
  }

  /** {@link after} shows the world after a step that was prepared. */
  showAfter(nth: number): void {
    this.packing.unpack(this.ahead, nth * this.words.length, this.after);
  }

  /** {@link both} shows the world before all steps. */
  showBefore(): void {
    if (this.isBefore) return;
    this.packing.unpack(this.words, 0, this.both);
    this.isBefore = true;
  }

  /** {@link after} shows the world after a step, by its changes alone. */
  makeAfter(nth: number): void {
    this.show();
    this.after.set(this.world.row);
    const { change } = this.actOf(nth);
    for (const edit of change.edits) {
      const { value, isCut } = edit.of(this.after[edit.slot] as number);
      this.after[edit.slot] = value;
      if (isCut) this.world.cut('inbox');
    }
  }

  /** What a step does. */
  actOf(nth: number): Programs['acts'][number] {
    const { acts, code } = this.programs;
    return acts[code[(this.steps[nth] as number) + actAt] as number] as Programs['acts'][number];
  }

  private countCuts(nth: number): void {
    const { replacements } = this;
    const { code } = this.programs;
    const part = this.steps[nth] as number;
    for (let at = code[part + fixedEndAt] as number; at < (code[part + nextAt] as number); at += 2) {
      const known = replacements.of(code[at + 1] as number, this.codes[code[at] as number] as number);
      if (((replacements.table[known + flagsAt] as number) & cut) !== 0) this.world.cut('inbox');
    }
  }

  private makeRoom(): void {
    this.steps = longer(this.steps);
    this.hashes = longer(this.hashes);
    this.dues = longer(this.dues);
    this.found = longer(this.found);
  }
}

const longer = (list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const twice = new Int32Array(2 * list.length);
  twice.set(list);
  return twice;
};
