import type { Service } from '../service.ts';
import { changes, when } from './vocabulary.ts';

/** What a server has granted for a time, and takes back by its own clock. */

export const lasting = (service: Service) => {
  const rule = service.lasting ?? { counts: () => false, elapse: (state) => state };
  return {
    guards: {
      hasToCount: when(({ state }) => rule.counts(state)),
      hasNothingToCount: when(({ state }) => !rule.counts(state)),
    },
    actions: { elapse: changes(({ state }) => ({ state: rule.elapse(state) })) },
  };
};
