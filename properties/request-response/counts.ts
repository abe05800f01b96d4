import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenario finds: one call over a network that loses and repeats what it likes. */
export const everyWorldCounts: EveryWorldCounts = {
  everyLoss: { distinct: 60, generated: 147, depth: 8 },
};
