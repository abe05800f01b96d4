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

export const tellsNobodyEquivalents = (...roles: readonly string[]): Equivalents =>
  all(...roles.map((role) => ({ [`${role}: action tell dropped`]: 'The service has nobody to notify, so that there is nothing to tell.' })));

export const reconnectingEquivalents = (...roles: readonly string[]): Equivalents =>
  all(
    ...roles.map((role) => ({
      [`${role}: cut on connected, 1: to waiting instead of choosing`]:
        'What has come back is the connection to the server that is asked, so that there is nothing to choose any more: the request goes out over it.',
    })),
  );

export const leadingOnEquivalents = (...roles: readonly string[]): Equivalents =>
  all(
    ...roles.map((role) => ({
      [`${role}: waiting on Response, 1: to waiting instead of choosing`]:
        'An answer comes only over a connection that stands, for all that its reader has heard, so that there is nothing to choose: the next request goes out over it.',
    })),
  );
