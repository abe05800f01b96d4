import { defineProperty } from '../../model/property/property.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';

/** Claims that fail when all have committed: some fifteen steps from the start, and with six participants after tens of thousands of worlds; for tests. */
export const late = {
  always: defineProperty(twoPhaseCommit, {
    id: 'NEVER-ALL',
    claim: 'No world shows that all have committed.',
    holdsUnder: ['six'],
    always: { notAll: (world) => !world.every('participant', ({ matches }) => matches('committed')) },
  }),
  step: defineProperty(twoPhaseCommit, {
    id: 'NEVER-THE-LAST',
    claim: 'No step is the one after which all have committed.',
    holdsUnder: ['six'],
    step: {
      notTheLast: (before, _, after) =>
        before.every('participant', ({ matches }) => matches('committed')) || !after.every('participant', ({ matches }) => matches('committed')),
    },
  }),
};
