import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenarios finds: two users, one message lost, one doubled, one host that crashes. */
export const everyWorldCounts: EveryWorldCounts = {
  everyFault: { distinct: 448_536, generated: 2_084_491, depth: 20 },
  everyTransfer: { distinct: 3_933, generated: 13_399, depth: 12 },
  everyAnswer: { distinct: 29, generated: 64, depth: 8 },
  everyCall: { distinct: 32_516, generated: 103_256, depth: 18 },
};
