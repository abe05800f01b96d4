import type { Outcome, Plan } from '../plans.ts';

/** What a search leaves out, as the search itself sees it. */
export interface Reducing {
  readonly symmetry: {
    /** Told of the row that is expanded next, which the world shows. */
    expanding(index: number): void;
    /** The row that is kept for this one. */
    of(row: Int32Array): Int32Array;
  } | null;
  readonly ample: {
    /** Why it must not be used; null as long as nothing speaks against it. */
    readonly refused: string | null;
    /**
     * The instance whose steps are taken alone in the present row, or NONE.
     * @param plans of all instances, in order.
     * @param affords whether a part of a plan can be taken now.
     * @param canStrike a fault can strike now, or what undoes one.
     */
    choose(plans: readonly Plan[], affords: (part: Outcome) => boolean, canStrike: boolean): number;
    /** Whether its steps suffice, which lead from one world to worlds with numbers up to another, or the others are taken too. */
    suffices(index: number, furthest: number): boolean;
  } | null;
}
