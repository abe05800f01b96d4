import * as z from 'zod';
import type { HostName } from '../../../model/role/effect.ts';
import { hostName } from '../../../model/role/message.ts';
import type { Block, Body, Cell, Fault, Hash, Header, State, Transaction, Undo } from '../chain.ts';

/** How each block of the chain is undone, from the head down to genesis. No block is left out, so a reorganisation may go to any depth. */
export type Trail = { readonly undo: Undo; readonly below: Trail | null };

/** The chain that a peer keeps, with the state after its head, and valid blocks beside it. */
export type Kept = {
  readonly head: Cell;
  readonly state: State;
  readonly trail: Trail | null;
  readonly side: ReadonlyMap<Hash, Cell>;
};

/** What is known of a neighbour, from its Status to the end of the session. */
export type Session = {
  /** Its Status has come: from now on every message is heard. */
  readonly open: boolean;
  /** The head that this peer told it in its own Status. */
  readonly told: Hash;
  /** What it says that it holds. */
  readonly totalDifficulty: bigint;
  /** It announced a block whose parent is missing here: it has more than it said. */
  readonly ahead: boolean;
  /** Blocks and transactions that it has, as far as is known here. */
  readonly blocks: ReadonlySet<Hash>;
  readonly transactions: ReadonlySet<Hash>;
};

/** A block that was announced and is not here yet, and who announced it, in that order. */
export type Wanted = { readonly number: number; readonly announcers: readonly HostName[] };

/** The announced block that is being fetched. */
export type Fetch = { readonly id: number; readonly hash: Hash; readonly from: HostName; readonly header: Header | null };

/** The transactions that are being fetched. */
export type TransactionFetch = { readonly id: number; readonly from: HostName; readonly hashes: readonly Hash[] };

/** A part of the bodies, asked of one peer. */
export type BodyRequest = { readonly id: number; readonly hashes: readonly Hash[] };

/** A download from a peer with more total difficulty. */
export type Sync = {
  /** Whose chain it is. */
  readonly source: HostName;
  readonly id: number;
  /** The number from which a common ancestor is looked for, downwards; then that of the first header to ask for. */
  readonly from: number;
  /** The last block of that chain that is known here; null while it is looked for. */
  readonly ancestor: Cell | null;
  /** Headers that were checked, and wait for their bodies. */
  readonly headers: readonly Header[];
  readonly bodies: ReadonlyMap<Hash, Body>;
  readonly requests: ReadonlyMap<HostName, BodyRequest>;
  /** Peers that did not serve all that they were asked of this batch. */
  readonly lacking: ReadonlySet<HostName>;
  /** The head when the download began. */
  readonly head: Hash;
  /** The download has brought a block that was not known. */
  readonly progress: boolean;
};

/** What the last import came to. */
export type ImportOutcome = {
  readonly became: 'head' | 'side' | 'refused';
  readonly fault: Fault | null;
  /** Who sent the block, and the block. */
  readonly from: HostName;
  readonly block: Block | null;
};

export type PeerContext = {
  readonly kept: Kept;
  readonly condemned: ReadonlySet<Hash>;
  readonly sessions: ReadonlyMap<HostName, Session>;
  /** Time-outs and broken promises of a neighbour, since its link was made. */
  readonly strikes: ReadonlyMap<HostName, number>;
  /** Neighbours whose session was given up for being slow: they are greeted again. */
  readonly parted: ReadonlySet<HostName>;
  /** Neighbours that sent something invalid: nothing is heard of them until their link is made anew. */
  readonly barred: ReadonlySet<HostName>;
  readonly pool: ReadonlyMap<Hash, Transaction>;
  readonly wanted: ReadonlyMap<Hash, Wanted>;
  readonly fetch: Fetch | null;
  readonly offered: ReadonlyMap<Hash, readonly HostName[]>;
  readonly transactionFetch: TransactionFetch | null;
  readonly sync: Sync | null;
  readonly outcome: ImportOutcome | null;
  /** A miner on this host asked for work. */
  readonly mining: boolean;
  /** Neighbours are greeted again and again, because nothing tells when a link was made. */
  readonly hello: boolean;
  readonly nextId: number;
};

const from = z.object({ from: hostName() }).nullable();

/** The context of a peer, as far as host names stand there. */
export const peerSchema = z.object({
  sessions: z.map(hostName(), z.unknown()),
  strikes: z.map(hostName(), z.int()),
  parted: z.set(hostName()),
  barred: z.set(hostName()),
  wanted: z.map(z.string(), z.object({ announcers: z.array(hostName()) })),
  fetch: from,
  offered: z.map(z.string(), z.array(hostName())),
  transactionFetch: from,
  sync: z.object({ source: hostName(), requests: z.map(hostName(), z.unknown()), lacking: z.set(hostName()) }).nullable(),
  outcome: from,
});

/** What is stored, and what a peer begins with after a crash. */
export const keptKey = 'chain';
