import type { World } from '../../world/world.ts';
import type { SlotEdit } from './change.ts';
import type { Reducing } from './reduction/reducing.ts';
import type { Visited } from './visited.ts';

/**
 * The world that is being expanded: as a row, as the codes of its slots, and as packed words. What a step does is tried on
 * the words alone, because most steps lead to worlds that are known; the row follows where somebody wants to look at it.
 *
 * Steps are prepared before they are taken: then the places of the table in which they are looked up can be fetched from
 * memory side by side, where one after the other each would wait for the one before.
 */
export class Standpoint {
  private readonly world: World;
  private readonly visited: Visited;
  private readonly symmetry: Reducing['symmetry'];
  /** By slot: the number of its value among those that the slot has taken. */
  readonly codes: Int32Array;
  private words = new Int32Array(0);
  /** Of each step that is prepared: its words, their hash, and how often a bound cut something off. */
  private ahead = new Int32Array(256);
  private hashes = new Int32Array(64);
  private cuts = new Int32Array(64);
  private prepared = 0;
  private taken = 0;

  constructor(world: World, visited: Visited, symmetry: Reducing['symmetry']) {
    this.world = world;
    this.visited = visited;
    this.symmetry = symmetry;
    this.codes = new Int32Array(world.row.length);
  }

  /** Goes to the world with this number; what never changes stands in the row already. */
  goTo(index: number): void {
    const { visited, world } = this;
    const { words } = visited.packing;
    if (this.words.length !== words) this.words = new Int32Array(words);
    visited.restore(index, world.row, this.codes, this.words);
    this.prepared = 0;
    this.taken = 0;
  }

  /** Prepares the step after those that are. False where a value needs more bits than there are; then no more can be. */
  prepare(edits: readonly SlotEdit[]): boolean {
    const { visited, codes, words, prepared } = this;
    const { wordOf, shiftOf, maxOf } = visited.packing;
    if (prepared === this.hashes.length) this.makeRoom();
    const at = prepared * words.length;
    if (at + words.length > this.ahead.length) this.ahead = longer(this.ahead);
    const { ahead } = this;
    this.cuts[prepared] = 0;
    for (let word = 0; word < words.length; word++) ahead[at + word] = words[word] as number;
    for (let i = 0; i < edits.length; i++) {
      const edit = edits[i] as SlotEdit;
      const { slot, after: known } = edit;
      const before = codes[slot] as number;
      let after = before < known.length ? (known[before] as number) - 1 : -1;
      if (after < 0) after = this.rare(edit, before);
      if (after > (maxOf[slot] as number)) return false;
      const word = at + (wordOf[slot] as number);
      ahead[word] = (ahead[word] as number) ^ ((before ^ after) << (shiftOf[slot] as number));
    }
    this.hashes[prepared] = visited.hashAt(ahead, at);
    this.prepared++;
    return true;
  }

  /** To be called when all are prepared. */
  fetch(): void {
    this.visited.fetch(this.hashes, this.prepared);
  }

  /** The number of the world after the next step, which is prepared or not, if it is new; else minus its number minus one. */
  leadsTo(edits: readonly SlotEdit[]): number {
    if (this.taken === this.prepared) {
      this.prepared = 0;
      this.taken = 0;
      if (this.symmetry !== null || !this.prepare(edits)) return this.addShown(edits);
    }
    const at = this.taken++;
    if (this.cuts[at] !== 0) this.cutNow(at);
    return this.visited.add(this.ahead, at * this.words.length, this.hashes[at] as number);
  }

  /** The world shows the row after a step that was looked up. */
  show(edits: readonly SlotEdit[]): void {
    const { codes } = this;
    const { row } = this.world;
    const { values } = this.visited.codes;
    for (let i = 0; i < edits.length; i++) {
      const { slot, after } = edits[i] as SlotEdit;
      row[slot] = (values[slot] as number[])[Math.abs(after[codes[slot] as number] as number) - 1] as number;
    }
  }

  /** The world shows the row before it again. */
  hide(edits: readonly SlotEdit[]): void {
    const { codes } = this;
    const { row } = this.world;
    const { values } = this.visited.codes;
    for (let i = 0; i < edits.length; i++) {
      const { slot } = edits[i] as SlotEdit;
      row[slot] = (values[slot] as number[])[codes[slot] as number] as number;
    }
  }

  /** The world shows the row before the step again, whatever the step was. */
  hideAll(): void {
    const { codes } = this;
    const { row } = this.world;
    const { values } = this.visited.codes;
    for (let slot = 0; slot < row.length; slot++) row[slot] = (values[slot] as number[])[codes[slot] as number] as number;
  }

  /** The number of the world that the row shows, as above. */
  addRow(): number {
    const { symmetry, visited, world } = this;
    const next = visited.addRow(symmetry === null ? world.row : symmetry.of(world.row));
    const { words } = visited.packing;
    if (this.words.length !== words) this.words = new Int32Array(words);
    visited.packing.packCodes(this.codes, this.words);
    return next;
  }

  /** An edit of a value that it has not met, or one that a bound cuts off. */
  private rare(edit: SlotEdit, before: number): number {
    const { slot } = edit;
    const { codes } = this.visited;
    if (before >= edit.after.length || edit.after[before] === 0) {
      const { value, isCut } = edit.of((codes.values[slot] as number[])[before] as number);
      edit.learn(before, codes.of(slot, value), isCut);
    }
    const known = edit.after[before] as number;
    if (known < 0) this.cuts[this.prepared] = (this.cuts[this.prepared] as number) + 1;
    return Math.abs(known) - 1;
  }

  /** A value is new to its slot, and needs more bits than there are; or another row is kept for this one. */
  private addShown(edits: readonly SlotEdit[]): number {
    this.cuts[0] = 0;
    for (const edit of edits) this.rare(edit, this.codes[edit.slot] as number);
    this.cutNow(0);
    this.show(edits);
    const next = this.addRow();
    this.hide(edits);
    return next;
  }

  private cutNow(at: number): void {
    for (let cut = this.cuts[at] as number; cut > 0; cut--) this.world.cut('inbox');
  }

  private makeRoom(): void {
    this.hashes = longer(this.hashes);
    this.cuts = longer(this.cuts);
  }
}

const longer = (list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const twice = new Int32Array(2 * list.length);
  twice.set(list);
  return twice;
};
