/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts = {
  everyJob: { distinct: 50_276, generated: 190_201 },
  everyCut: { distinct: 1_759, generated: 4_471 },
};
