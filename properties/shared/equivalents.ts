import type { Equivalents } from '../../model/explore/kills/equivalents.ts';

/** Mutants of clients and servers, whatever the service, that nobody can tell from what they were made of. */

const all = (...each: readonly Equivalents[]): Equivalents => Object.assign({}, ...each);

export const clientEquivalents = (...roles: readonly string[]): Equivalents =>
  all(
    ...roles.map((role) => ({
      [`${role}: action end dropped`]:
        'A client that asks nothing reads nothing of its last call, and the next one writes over all of it: only worlds that behave alike are told apart.',
    })),
  );

export const serverEquivalents = (...roles: readonly string[]): Equivalents =>
  all(
    ...roles.map((role) => ({
      [`${role}: action forget dropped`]:
        'What a step has computed is read in that step alone, after it was written there: only worlds that behave alike are told apart.',
    })),
  );
