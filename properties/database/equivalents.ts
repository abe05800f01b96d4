import { clientEquivalents, serverEquivalents, tellsNobodyEquivalents } from '../shared/equivalents.ts';

/** Mutants of the database that nobody can tell from what they were made of. */
export const databaseEquivalents = { ...clientEquivalents('user'), ...serverEquivalents('server'), ...tellsNobodyEquivalents('server') };
