import { clientEquivalents } from '../shared/equivalents.ts';

/** Mutants of mail that nobody can tell from what they were made of. */
export const mailEquivalents = {
  ...clientEquivalents('reader'),
};
