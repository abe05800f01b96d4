import { clientEquivalents, reconnectingEquivalents, serverEquivalents } from '../shared/equivalents.ts';

/** Mutants of streams that nobody can tell from what they were made of. */
export const streamEquivalents = {
  ...clientEquivalents('listener', 'studio'),
  ...reconnectingEquivalents('listener', 'studio'),
  ...serverEquivalents('station'),
};
