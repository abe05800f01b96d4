import type { Judge, StepPart } from '../../../property/judge.ts';
import type { ActionType } from '../../../world/action.ts';

/** What a step that is taken alone may be. */
const quiet: readonly ActionType[] = ['Deliver', 'Fire', 'Command', 'Choose'];

const nameOf = ({ property, name }: StepPart): string => `${property.type.id} (${name})`;

/**
 * Claims about two states, as far as a step that they do not see is concerned. Where such a step comes in another place, or
 * among others that they do not see either, the steps that they do see are the same ones and come in the same order. So
 * nothing new shows if a claim holds of every step that changes nothing that it looks at: it is invariant under stuttering.
 */
export class Stuttering {
  private readonly judge: Judge;
  private readonly width: number;
  /** A row twice, then the type of a move, and its number. */
  private readonly still: Int32Array;
  private readonly types: readonly number[];

  constructor(judge: Judge, width: number) {
    this.judge = judge;
    this.width = width;
    this.still = new Int32Array(2 * width + 2);
    this.types = quiet.map((type) => judge.numberOfType(type));
  }

  /** Why some claim may see the order of steps that change nothing, as far as this world shows; null where none does. */
  doubt(row: Int32Array): string | null {
    const { judge, still, width } = this;
    if (judge.steps.length === 0) return null;
    still.set(row);
    still.set(row, width);
    for (const part of judge.steps) {
      for (const type of this.types) {
        still[2 * width] = type;
        if (!this.holds(part)) return `${nameOf(part)} is about two states, and does not hold of every step that changes nothing it looks at`;
      }
      const looksAtMore = part.memory.looks.some(({ slot }) => slot > 2 * width);
      if (looksAtMore) return `${nameOf(part)} is about two states and looks at which step leads from one to the other`;
    }
    return null;
  }

  /** A claim need not cope with a step that never happens. */
  private holds({ memory }: StepPart): boolean {
    try {
      return memory.evaluateRow(this.still);
    } catch {
      return false;
    }
  }
}
