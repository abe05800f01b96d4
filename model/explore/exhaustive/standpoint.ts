import type { World } from '../../world/world.ts';
import type { SlotEdit } from './change.ts';
import type { Reducing } from './reduction/reducing.ts';
import type { Visited } from './visited.ts';

/**
 * The world that is being expanded: as a row, as the codes of its slots, and as packed words. What a step does is tried on
 * the words alone, because most steps lead to worlds that are known; the row follows where somebody wants to look at it.
 */
export class Standpoint {
  private readonly world: World;
  private readonly visited: Visited;
  private readonly symmetry: Reducing['symmetry'];
  private readonly codes: Int32Array;
  /** The row, while the world shows the one after a step. */
  readonly before: Int32Array;
  private words: Int32Array = new Int32Array(0);
  /** Codes after the step that was tried last, by the position of its edits. */
  private after = new Int32Array(16);

  constructor(world: World, visited: Visited, symmetry: Reducing['symmetry'] = null) {
    this.world = world;
    this.visited = visited;
    this.symmetry = symmetry;
    this.codes = new Int32Array(world.row.length);
    this.before = new Int32Array(world.row.length);
  }

  /** Goes to the world with this number; what never changes stands in the row already. */
  goTo(index: number): void {
    const { visited, world } = this;
    visited.restore(index, world.row, this.codes);
    this.before.set(world.row);
    if (this.words.length !== visited.wanted.length) this.words = new Int32Array(visited.wanted.length);
    this.words.set(visited.wanted);
  }

  /** The number of the world after a step if it is new, else minus its number minus one. */
  leadsTo(edits: readonly SlotEdit[]): number {
    const { visited, codes, words } = this;
    const { wanted } = visited;
    const { wordOf, shiftOf, maxOf } = visited.packing;
    if (edits.length > this.after.length) this.after = new Int32Array(2 * edits.length);
    let fits = true;
    for (let word = 0; word < words.length; word++) wanted[word] = words[word] as number;
    for (let i = 0; i < edits.length; i++) {
      const edit = edits[i] as SlotEdit;
      const { slot } = edit;
      const before = codes[slot] as number;
      let after = before < edit.after.length ? (edit.after[before] as number) - 1 : -1;
      if (after < 0) after = this.rare(edit, before);
      this.after[i] = after;
      if (after > (maxOf[slot] as number)) fits = false;
      const word = wordOf[slot] as number;
      wanted[word] = (wanted[word] as number) ^ ((before ^ after) << (shiftOf[slot] as number));
    }
    return fits && this.symmetry === null ? visited.add() : this.addShown(edits);
  }

  /** The world shows the row after the step that was tried last. */
  show(edits: readonly SlotEdit[]): void {
    const { row } = this.world;
    const { values } = this.visited.codes;
    for (let i = 0; i < edits.length; i++) {
      const { slot } = edits[i] as SlotEdit;
      row[slot] = (values[slot] as number[])[this.after[i] as number] as number;
    }
  }

  /** The world shows the row before it again. */
  hide(edits: readonly SlotEdit[]): void {
    const { row } = this.world;
    for (let i = 0; i < edits.length; i++) {
      const { slot } = edits[i] as SlotEdit;
      row[slot] = this.before[slot] as number;
    }
  }

  /** The number of the world that the row shows, as above. */
  addRow(): number {
    const { row } = this.world;
    const next = this.visited.addRow(this.symmetry === null ? row : this.symmetry.of(row));
    this.repack();
    return next;
  }

  /** An edit of a value that it has not met, or one that a bound cuts off. */
  private rare(edit: SlotEdit, before: number): number {
    const { slot } = edit;
    const known = before < edit.after.length ? (edit.after[before] as number) : 0;
    if (known < 0) {
      this.world.cut('inbox');
      return -1 - known;
    }
    const { codes } = this.visited;
    const { value, isCut } = edit.of((codes.values[slot] as number[])[before] as number);
    const after = codes.of(slot, value);
    edit.learn(before, after, isCut);
    if (isCut) this.world.cut('inbox');
    return after;
  }

  /** A value is new to its slot, and needs more bits than there are; or another row is kept for this one. */
  private addShown(edits: readonly SlotEdit[]): number {
    this.show(edits);
    const next = this.addRow();
    this.hide(edits);
    return next;
  }

  private repack(): void {
    const { visited } = this;
    if (this.words.length !== visited.wanted.length) this.words = new Int32Array(visited.wanted.length);
    visited.packing.pack(this.before, this.words);
  }
}
