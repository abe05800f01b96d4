import { clientEquivalents, serverEquivalents } from '../shared/equivalents.ts';

const notifiesNobody = 'A counter has nobody to notify, so that there is nothing to tell.';
const takenUpAnyhow = 'A processor that is freed takes up what waits, in the same step: and what has just come waits.';

/** Mutants of clients and servers that nobody can tell from what they were made of. */
export const requestResponseEquivalents = {
  ...clientEquivalents('client', 'otherClient', 'agent'),
  ...serverEquivalents('server', 'gateway'),
  'server: action tell dropped': notifiesNobody,
  'gateway: action tell dropped': notifiesNobody,
  'server: waiting on Request, 3: to freed instead of working': takenUpAnyhow,
  'gateway: waiting on Request, 4: to freed instead of working': takenUpAnyhow,
};
