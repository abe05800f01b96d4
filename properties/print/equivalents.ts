import { clientEquivalents, leadingOnEquivalents, reconnectingEquivalents, serverEquivalents } from '../shared/equivalents.ts';

/** Mutants of printing that nobody can tell from what they were made of. */
export const printEquivalents = {
  ...clientEquivalents('user', 'device'),
  ...leadingOnEquivalents('device'),
  ...reconnectingEquivalents('user', 'device'),
  ...serverEquivalents('printer'),
};
