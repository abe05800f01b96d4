import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts: EveryWorldCounts = {
  everyLine: { distinct: 31_632, generated: 89_835, depth: 31 },
  everyTalk: { distinct: 1_572, generated: 3_635, depth: 25, showsNothingOf: ['CHAT-MEMBERS'] },
  everyRetry: { distinct: 590, generated: 975, depth: 20 },
  everyCrash: { distinct: 607, generated: 991, depth: 22 },
};
