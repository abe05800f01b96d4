import { clientEquivalents, leadingOnEquivalents, reconnectingEquivalents, serverEquivalents } from '../shared/equivalents.ts';

/** Mutants of chat that nobody can tell from what they were made of. */
export const chatEquivalents = {
  ...clientEquivalents('chatter'),
  ...leadingOnEquivalents('chatter'),
  ...reconnectingEquivalents('chatter'),
  ...serverEquivalents('channel'),
};
