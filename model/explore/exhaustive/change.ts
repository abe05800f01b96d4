import { full } from '../../network/inbox.ts';
import type { Step } from '../../role/remember.ts';
import type { Edit, Tape } from '../../world/edit.ts';
import { make, type Move } from '../../world/move.ts';
import type { World } from '../../world/world.ts';

/** What a step does to one slot. */
export class SlotEdit {
  readonly slot: number;
  /** Different for different edits of a search, from 0. */
  readonly number: number;
  private readonly edits: readonly Edit[];

  constructor(slot: number, number: number, edits: readonly Edit[]) {
    this.slot = slot;
    this.number = number;
    this.edits = edits;
  }

  /** The value after it, and whether a bound cut something off. */
  of(before: number): { readonly value: number; readonly isCut: boolean } {
    let [value, isCut] = [before, false];
    for (const edit of this.edits) {
      const after = edit.of(value);
      if (after === full) isCut = true;
      if (after >= 0) value = after;
    }
    return { value, isCut };
  }
}

/** What a step does to a row: one edit for each slot that it may change. */
export interface Change {
  readonly edits: readonly SlotEdit[];
  /** The steps of roles that it holds. */
  readonly steps: readonly Step[];
  /** One of them throws. */
  readonly threw: boolean;
  /** Slots that decide what it is, beyond lives, statuses, links, and what the step was offered for. */
  readonly consulted: readonly number[];
}

/** Something that can happen, of which it is known what it does to a row. */
export interface Act {
  readonly change: Change;
  /** It as a move, of the world in which it was learned. */
  readonly move: Move;
}

/** Learns what a move does by letting the world make it once, and puts the world back. */
export class Changes {
  /** By number. */
  readonly edits: SlotEdit[] = [];
  private readonly world: World;
  private readonly bySlot: readonly Map<string, SlotEdit>[];
  private readonly before: Int32Array;

  constructor(world: World) {
    this.world = world;
    this.bySlot = Array.from(world.row, () => new Map<string, SlotEdit>());
    this.before = new Int32Array(world.row.length);
  }

  /** What a move does that is possible in the present row, or would be if its budgets were not spent. */
  of(move: Move): Change {
    const { world, before } = this;
    const edits = new Map<number, Edit[]>();
    const steps: Step[] = [];
    const consulted = new Set<number>();
    const tape: Tape = {
      edited: (slot, edit) => {
        const known = edits.get(slot);
        if (known === undefined) edits.set(slot, [edit]);
        else known.push(edit);
      },
      stepped: (step) => steps.push(step),
      consulted: (slot) => consulted.add(slot),
    };
    before.set(world.row);
    world.tape = tape;
    make(world, move);
    world.tape = null;
    world.row.set(before);
    world.threw = null;
    return {
      edits: [...edits].map(([slot, list]) => this.slotEdit(slot, list)),
      steps,
      threw: steps.some((step) => step.threw !== null),
      consulted: [...consulted],
    };
  }

  private slotEdit(slot: number, edits: readonly Edit[]): SlotEdit {
    const key = edits.map(({ number }) => number).join();
    const known = this.bySlot[slot] as Map<string, SlotEdit>;
    let edit = known.get(key);
    if (edit === undefined) {
      edit = new SlotEdit(slot, this.edits.length, edits);
      this.edits.push(edit);
      known.set(key, edit);
    }
    return edit;
  }
}
