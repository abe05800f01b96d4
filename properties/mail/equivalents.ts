import { clientEquivalents } from '../shared/equivalents.ts';

/** Mutants of mail that nobody can tell from what they were made of. */
export const mailEquivalents = {
  ...clientEquivalents('reader'),
  'mta: pausing on retryMs, 2: to sending instead of resting':
    'What was offered in vain is in the queue again, and a host that rests while its queue holds something offers it in the same step.',
};
