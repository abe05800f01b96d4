import { defineProperty } from '../../model/property/property.ts';
import { twoPhaseCommit } from '../../spec/reference/two-phase-commit.ts';

export const consistent = defineProperty(twoPhaseCommit, {
  id: '2PC-CONSISTENT',
  claim: 'No participant commits while another aborts.',
  source: 'Gray and Lamport 2006, TCConsistent',
  holdsUnder: ['three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  always: {
    agreement: (world) =>
      !(world.some('participant', ({ matches }) => matches('committed')) && world.some('participant', ({ matches }) => matches('aborted'))),
  },
  sometimes: {
    commits: (world) => world.every('participant', ({ matches }) => matches('committed')),
    aborts: (world) => world.every('participant', ({ matches }) => matches('aborted')),
  },
  mutants: {
    commitsEarly: {
      doc: 'The manager commits before every participant is prepared.',
      after: 'A coordinator that does not wait for all votes.',
      roles: { manager: { guards: { allPrepared: () => true } } },
    },
  },
});

export const twoPhaseCommitProperties = [consistent];
