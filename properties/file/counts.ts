import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenarios finds: two users, one message lost, one doubled, and with sessions one crash;
 * two users and a lock; two users who work on copies; one user over a connection that breaks.
 */
export const everyWorldCounts: EveryWorldCounts = {
  everyRemoval: { distinct: 667_027, generated: 2_996_139, depth: 21 },
  everySlot: { distinct: 386_605, generated: 1_707_875, depth: 20 },
  everyLoss: { distinct: 369_891, generated: 1_733_763, depth: 23 },
  everyLease: { distinct: 144_700, generated: 496_807, depth: 40 },
  everyReboot: { distinct: 249_118, generated: 994_926, depth: 39 },
  everyRenewal: { distinct: 121_806, generated: 419_731, depth: 36 },
  everyCopy: { distinct: 22_278, generated: 26_303, depth: 16 },
  everyRetry: { distinct: 737, generated: 1_294, depth: 12 },
  everySession: { distinct: 11_273, generated: 17_169, depth: 22 },
  everyAnswer: { distinct: 29, generated: 64, depth: 8 },
  everyExclusive: { distinct: 4_141, generated: 11_757, depth: 14 },
  everySave: { distinct: 184_520, generated: 489_595, depth: 27 },
  everyEditor: { distinct: 8_154, generated: 25_434, depth: 19 },
};
