import { clientEquivalents, serverEquivalents, tellsNobodyEquivalents } from '../shared/equivalents.ts';

/** Mutants of files that nobody can tell from what they were made of. */
export const fileEquivalents = {
  ...clientEquivalents('user'),
  ...serverEquivalents('server'),
  ...tellsNobodyEquivalents('server'),
  'server: counting on unitMs, 1: to waiting instead of counting':
    'A server that waits with something to count goes on to count at once, and the unit that begins then is the next one either way.',
  'holder: action forget dropped':
    'A holder without a lock reads neither its number nor what it has asked: its next request writes over the one, and the next grant over the other.',
};
