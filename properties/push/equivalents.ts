import { clientEquivalents, serverEquivalents } from '../shared/equivalents.ts';

/** Mutants of push that nobody can tell from what they were made of. */
export const pushEquivalents = { ...clientEquivalents('device', 'application', 'clock'), ...serverEquivalents('service') };
