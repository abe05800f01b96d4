import { clientEquivalents, serverEquivalents, tellsNobodyEquivalents } from '../shared/equivalents.ts';

const takenUpAnyhow = 'A processor that is freed takes up what waits, in the same step: and what has just come waits.';

/** Mutants of clients and servers that nobody can tell from what they were made of. */
export const requestResponseEquivalents = {
  ...clientEquivalents('client', 'otherClient', 'agent'),
  ...serverEquivalents('server', 'gateway'),
  ...tellsNobodyEquivalents('server', 'gateway'),
  'server: waiting on Request, 3: to freed instead of working': takenUpAnyhow,
  'server: waiting on Request, 4: to freed instead of working': takenUpAnyhow,
  'gateway: waiting on Request, 4: to freed instead of working': takenUpAnyhow,
};
