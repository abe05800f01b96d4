import type { Cell, Chain, Fault, Header, Transaction } from './chain.ts';

/** What a peer allows itself and others. Source of the numbers: Core Geth's eth protocol manager, fetcher and downloader. */
export type Limits = {
  /** Headers, bodies and transactions that one answer carries. */
  readonly headersServed: number;
  readonly bodiesServed: number;
  readonly transactionsServed: number;
  /** Headers that are asked for at once: what may wait unexecuted. */
  readonly headerBatch: number;
  /** Announced blocks further from the head than this are dropped. */
  readonly announcedBelow: number;
  readonly announcedAbove: number;
  /** Announced block hashes that are remembered for one peer. */
  readonly announcedByPeer: number;
  /** Blocks and transactions that a peer is known to have. */
  readonly knownBlocks: number;
  readonly knownTransactions: number;
  /** Transactions kept in the pool. */
  readonly pool: number;
  /** Valid blocks kept beside the chain, and how far below the head. */
  readonly side: number;
  readonly sideDepth: number;
  /** Hashes remembered as invalid. */
  readonly condemned: number;
  /** Time-outs after which a session is given up. */
  readonly strikes: number;
  /** A block that was announced is waited for, before it is asked for. */
  readonly arriveMs: number;
  /** An announcer answers in this time. */
  readonly fetchMs: number;
  /** A peer that serves a download answers in this time. */
  readonly serveMs: number;
  /** Downloads are tried anew after this time, whatever was announced. */
  readonly forceSyncMs: number;
};

/** The limits of Core Geth, and of a network of a few hosts. */
export const coreGethLimits: Limits = {
  headersServed: 1024,
  bodiesServed: 1024,
  transactionsServed: 256,
  headerBatch: 192,
  announcedBelow: 7,
  announcedAbove: 32,
  announcedByPeer: 256,
  knownBlocks: 1024,
  knownTransactions: 32_768,
  pool: 4096,
  side: 256,
  sideDepth: 1024,
  condemned: 128,
  strikes: 3,
  arriveMs: 500,
  fetchMs: 5_000,
  serveMs: 6_000,
  forceSyncMs: 10_000,
};

/** Small enough that every limit is met in a short run. */
export const smallLimits: Limits = {
  ...coreGethLimits,
  headersServed: 4,
  bodiesServed: 4,
  transactionsServed: 4,
  headerBatch: 3,
  announcedBelow: 7,
  announcedAbove: 8,
  announcedByPeer: 4,
  knownBlocks: 16,
  knownTransactions: 16,
  pool: 6,
  side: 12,
  sideDepth: 16,
  condemned: 6,
};

/** A peer that keeps next to nothing beside its chain, so that branches are left that are longer than what is kept. */
export const shortLimits: Limits = { ...smallLimits, side: 2, sideDepth: 2 };

/**
 * What the roles are built from: a chain, and the choices that clients of the network make differently. A mutant replaces
 * any one of these functions.
 */
export interface BlockchainDomain extends Chain {
  readonly networkId: number;
  /** The fork id of EIP-2124, which keeps peers of other rules out. */
  readonly forkId: string;
  readonly limits: Limits;
  /** Fork choice: whether a peer leaves its head for this block. */
  readonly prefers: (candidate: Cell, head: Cell) => boolean;
  /** The total difficulty of a block over its parent; what others claim it to be is not believed. */
  readonly totalDifficulty: (parent: Cell, header: Header, claimed: bigint | null) => bigint;
  /** What a peer says that its chain weighs. */
  readonly claims: (head: Cell) => bigint;
  /** How many of the peers that lack a block or transaction are sent the whole of it. */
  readonly wholeTo: (lacking: number) => number;
  /** Which transactions of blocks that were left are pending again. */
  readonly pendingAgain: (left: readonly Transaction[]) => readonly Transaction[];
  /** Whether a fault is the header's own, so that the block's hash may be remembered as bad. */
  readonly condemns: (fault: Fault) => boolean;
}

/** The choices of Core Geth over a chain. On a tie of total difficulty, the block that was seen first stays, as in Besu. */
export const over = (chain: Chain, limits: Limits = smallLimits): BlockchainDomain => ({
  ...chain,
  networkId: 1,
  forkId: 'fc64ec04',
  limits,
  prefers: (candidate, head) => candidate.totalDifficulty > head.totalDifficulty,
  totalDifficulty: (parent, header) => parent.totalDifficulty + chain.difficulty(header),
  claims: (head) => head.totalDifficulty,
  wholeTo: (lacking) => Math.floor(Math.sqrt(lacking)),
  pendingAgain: (left) => left,
  // A header is not guilty of the body that came with it: anyone can send a wrong body with a good header (CVE-2012-2459).
  condemns: (fault) => fault !== 'body',
});
