import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts: EveryWorldCounts = {
  everyJob: { distinct: 50_276, generated: 190_201, depth: 23 },
  everyEnd: { distinct: 91_736, generated: 267_297, depth: 32 },
  everyCut: { distinct: 2_392, generated: 6_074, depth: 29, showsNothingOf: ['PRINT-ENDS'] },
  everyOperation: { distinct: 16_207, generated: 46_439, depth: 20 },
  everyRetry: { distinct: 11_406, generated: 39_613, depth: 24 },
  everyCrash: { distinct: 8_746, generated: 28_918, depth: 20, showsNothingOf: ['PRINT-ONCE'] },
};
