import { defineProperty } from '../../model/property/property.ts';
import { type Situation, type Standing, transactionCommit } from '../../spec/reference/transaction-commit.ts';

const among = (standings: readonly Standing[], one: Standing): boolean => standings.includes(one);

export const commitConsistent = defineProperty(transactionCommit, {
  id: 'TC-CONSISTENT',
  claim: 'No resource manager commits while another aborts.',
  source: 'Gray and Lamport 2006, TCConsistent',
  holdsUnder: ['three', 'four', 'five', 'six'],
  always: {
    agreement: (world) => world.every('managers', ({ context: { standings } }) => !(among(standings, 'committed') && among(standings, 'aborted'))),
  },
  sometimes: {
    allCommit: (world) => world.every('managers', ({ context: { standings } }) => standings.every((one) => one === 'committed')),
    allAbort: (world) => world.every('managers', ({ context: { standings } }) => standings.every((one) => one === 'aborted')),
  },
  shows: { managers: ({ context: { standings } }) => standings.join(', ') },
  mutants: {
    commitsAlone: {
      doc: 'A resource manager that is prepared commits without the others.',
      roles: { managers: { guards: { canCommit: ({ context, event }: Situation) => context.standings[event.manager] === 'prepared' } } },
    },
  },
});

export const transactionCommitProperties = [commitConsistent];
