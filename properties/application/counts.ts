/** What an exhaustive search of the small scenarios finds. */
export const everyWorldCounts = {
  everyRun: { distinct: 19_280, generated: 59_573 },
  everyAnswer: { distinct: 113, generated: 253 },
  everyBreak: { distinct: 341, generated: 676 },
};
