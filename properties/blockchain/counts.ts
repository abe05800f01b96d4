/**
 * What an exhaustive search of the scenarios of rising size finds, with all claims of safety: distinct worlds, steps, and depth.
 * A test searches the first two again. The others take most of a minute, so `npm run bench -- every` compares them.
 */
export const everyWorldCounts = {
  everyRelay: { distinct: 1_269, generated: 3_919, depth: 33 },
  everyJoin: { distinct: 1_283, generated: 3_962, depth: 34 },
  everyCrash: { distinct: 27_046, generated: 86_076, depth: 46 },
  everySplit: { distinct: 49_227, generated: 141_710, depth: 44 },
  everyLine: { distinct: 298_957, generated: 1_037_706, depth: 63 },
  everyLineOfMiners: { distinct: 2_497_640, generated: 10_049_379, depth: 67 },
} as const;
