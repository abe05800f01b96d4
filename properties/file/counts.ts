/** What an exhaustive search of the small scenarios finds: two users, one message lost, one doubled, and with sessions one crash;
 * two users and a lock; two users who work on copies. */
export const everyWorldCounts = {
  everyRemoval: { claims: ['NFS3-ONCE'], distinct: 667_027, generated: 2_996_139, depth: 21 },
  everyLoss: { claims: ['NFS4-EXACTLY-ONCE'], distinct: 369_891, generated: 1_733_763, depth: 23 },
  everySlot: { claims: ['NFS4-EXACTLY-ONCE', 'NFS4-SESSIONS-SURVIVE'], distinct: 386_605, generated: 1_707_875, depth: 20 },
  everyCopy: { claims: ['CLOSE-TO-OPEN'], distinct: 22_278, generated: 26_303, depth: 16 },
  everyLease: { claims: ['LOCK-FENCED', 'LEASE-HELD-BY-ONE'], distinct: 144_700, generated: 496_807, depth: 40 },
  everyReboot: { claims: ['LEASE-HELD-BY-ONE'], distinct: 249_118, generated: 994_926, depth: 39 },
  everyRenewal: { claims: ['LEASE-HELD-BY-ONE'], distinct: 121_806, generated: 419_731, depth: 36 },
};
