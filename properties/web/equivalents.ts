import { clientEquivalents, serverEquivalents, tellsNobodyEquivalents } from '../shared/equivalents.ts';

/** Mutants of the web that nobody can tell from what they were made of. */
export const webEquivalents = {
  ...clientEquivalents('browser', 'agent'),
  ...serverEquivalents('proxy', 'origin'),
  ...tellsNobodyEquivalents('proxy', 'origin'),
};
