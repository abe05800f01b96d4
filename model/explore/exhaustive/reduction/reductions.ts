import * as z from 'zod';

/** Which reductions a search uses; of those that are refused, why. A checkpoint holds it. */
export const reductionsSchema = z.strictObject({
  /** Null where it is used; so of the other. */
  symmetryRefused: z.string().max(1_000).nullable(),
  partialOrderRefused: z.string().max(1_000).nullable(),
  /** What the partial order relies on: what claims look at, and who sends to whom. */
  observed: z.array(z.string().max(1_000)),
  facts: z.array(z.string().max(10_000)),
  /** How often the search has begun, because more has shown. */
  beginnings: z.int().min(1),
});

export type Reductions = z.infer<typeof reductionsSchema>;

/** What became of a reduction. */
export interface ReductionReport {
  readonly name: 'symmetry' | 'partial order';
  readonly used: boolean;
  /** Why it is not used, in a sentence. */
  readonly refused: string | null;
  /** Hosts that each world may call by each other's names. */
  readonly groups?: readonly (readonly string[])[];
  /** How many worlds those that were kept stand for, where that is known. */
  readonly standsFor?: number | null;
  /** In how many worlds the steps of one role sufficed. */
  readonly alone?: number;
}
