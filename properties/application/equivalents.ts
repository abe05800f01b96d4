import { clientEquivalents, serverEquivalents, tellsNobodyEquivalents } from '../shared/equivalents.ts';

/** Mutants of application servers that nobody can tell from what they were made of. */
export const applicationEquivalents = { ...clientEquivalents('user'), ...serverEquivalents('server'), ...tellsNobodyEquivalents('server') };
