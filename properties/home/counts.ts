/** What an exhaustive search of the small scenario finds. */
export const everyWorldCounts = { everyFate: { distinct: 30_500, generated: 82_658 } };
