import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts: EveryWorldCounts = {
  everyFate: { distinct: 30_500, generated: 82_658, depth: 19, showsNothingOf: ['HOST-MANY'] },
  everyUpgrade: { distinct: 1_977, generated: 3_998, depth: 24 },
};
