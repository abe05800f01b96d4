import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts: EveryWorldCounts = {
  everyPush: { distinct: 14_560, generated: 65_173, depth: 20 },
  everyAnswer: { distinct: 58, generated: 156, depth: 9 },
  everyTunnel: { distinct: 2_486, generated: 13_736, depth: 12 },
  everyCrash: { distinct: 36_238, generated: 151_728, depth: 20 },
  everyBreak: { distinct: 19_851, generated: 61_241, depth: 24 },
};
