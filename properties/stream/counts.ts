import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts: EveryWorldCounts = {
  everyPacket: { distinct: 4_957, generated: 16_554, depth: 18 },
  everyCalm: { distinct: 9_357, generated: 25_024, depth: 25, showsNothingOf: ['STREAM-GAPS'] },
  everyBreak: { distinct: 15_563, generated: 46_282, depth: 21 },
  everyRetry: { distinct: 2_263, generated: 5_924, depth: 16 },
};
