import { clientEquivalents, serverEquivalents } from '../shared/equivalents.ts';

const notifiesNobody = 'A database has nobody to notify, so that there is nothing to tell.';

/** Mutants of the database that nobody can tell from what they were made of. */
export const databaseEquivalents = { ...clientEquivalents('user'), ...serverEquivalents('server'), 'server: action tell dropped': notifiesNobody };
