/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts = {
  everyJob: { distinct: 50_276, generated: 190_201 },
  everyCut: { distinct: 2_257, generated: 5_846 },
};
