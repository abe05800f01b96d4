import { clientEquivalents, serverEquivalents } from '../shared/equivalents.ts';

const notifiesNobody = 'A counter has nobody to notify, so that there is nothing to tell.';

/** Mutants of clients and servers that nobody can tell from what they were made of. */
export const requestResponseEquivalents = {
  ...clientEquivalents('client', 'otherClient', 'agent'),
  ...serverEquivalents('server', 'gateway'),
  'server: action tell dropped': notifiesNobody,
  'gateway: action tell dropped': notifiesNobody,
};
