import type { EveryWorldCounts } from '../shared/every-world.ts';

/** What an exhaustive search of the small scenarios finds: a mail each of two hosts, a relay, and a mail until it ends. */
export const everyWorldCounts: EveryWorldCounts = {
  everyMail: { distinct: 15_417, generated: 48_139, depth: 15 },
  everyCut: { distinct: 23_824, generated: 85_882, depth: 21 },
  everyDelivery: { distinct: 1_937, generated: 5_207, depth: 18, showsNothingOf: ['MAIL-DELIVERED'] },
  everyCalm: { distinct: 102, generated: 195, depth: 11 },
  everyOffer: { distinct: 4_860, generated: 10_793, depth: 18 },
  everyCircle: { distinct: 4_637, generated: 12_927, depth: 28 },
  everyAstray: { distinct: 19_595, generated: 70_554, depth: 22, showsNothingOf: ['MAIL-KEPT'] },
  everyBox: { distinct: 54_993, generated: 153_499, depth: 22 },
};
