/** Parts of a chart that a role has only where it has what they are about. */

const isThere = (feature: unknown): boolean => feature !== undefined && feature !== false;

/** Entries of a record. */
export const given = <T extends object>(feature: unknown, part: T): T | Record<never, never> => (isThere(feature) ? part : {});

/** Transitions, for a role whose transitions are these. */
export const whereOf =
  <Step>() =>
  (feature: unknown, steps: readonly Step[]): readonly Step[] =>
    isThere(feature) ? steps : [];
