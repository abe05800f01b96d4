/** What an exhaustive search of the small scenarios finds: two users, one message lost, one doubled, and with sessions one crash. */
export const everyWorldCounts = {
  everyRemoval: { claims: ['NFS3-ONCE'], distinct: 667_027, generated: 2_996_139, depth: 21 },
  everyLoss: { claims: ['NFS4-EXACTLY-ONCE'], distinct: 369_891, generated: 1_733_763, depth: 23 },
  everySlot: { claims: ['NFS4-EXACTLY-ONCE'], distinct: 386_605, generated: 1_707_875, depth: 20 },
};
