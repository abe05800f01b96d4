/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts = {
  everyPacket: { distinct: 4_957, generated: 16_554 },
  everyCalm: { distinct: 9_357, generated: 25_024 },
  everyRetry: { distinct: 1_499, generated: 4_246 },
};
