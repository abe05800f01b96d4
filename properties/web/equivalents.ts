import { clientEquivalents, serverEquivalents } from '../shared/equivalents.ts';

const notifiesNobody = 'HTTP has no notices: a server has nobody to notify, so that there is nothing to tell.';

/** Mutants of the web that nobody can tell from what they were made of. */
export const webEquivalents = {
  ...clientEquivalents('browser', 'agent'),
  ...serverEquivalents('proxy', 'origin'),
  'proxy: action tell dropped': notifiesNobody,
  'origin: action tell dropped': notifiesNobody,
};
