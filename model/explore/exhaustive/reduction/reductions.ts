import * as z from 'zod';

/** Which reductions a search uses; of those that are refused, why. A checkpoint holds it. */
export const reductionsSchema = z.strictObject({
  /** Null where it is used. */
  symmetryRefused: z.string().max(1_000).nullable(),
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
}
