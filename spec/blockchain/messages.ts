import * as z from 'zod';
import { message, type MessageType } from '../../model/role/message.ts';
import type { Block, Body, Cell, Hash, Header, State, Transaction } from './chain.ts';

/**
 * The messages of devp2p's eth/68, as records. Types and sizes of announced transactions are left out, because every
 * transaction here is a plain transfer. `Request` and `Response`, which wallets use, are those of `spec/request-response`.
 */

export type Status = {
  readonly type: 'Status';
  readonly version: number;
  readonly networkId: number;
  readonly totalDifficulty: bigint;
  readonly head: Hash;
  readonly genesis: Hash;
  readonly forkId: string;
};
export type Announcement = { readonly hash: Hash; readonly number: number };
export type NewBlockHashes = { readonly type: 'NewBlockHashes'; readonly blocks: readonly Announcement[] };
export type NewBlock = { readonly type: 'NewBlock'; readonly block: Block; readonly totalDifficulty: bigint };
export type GetBlockHeaders = {
  readonly type: 'GetBlockHeaders';
  readonly id: number;
  readonly start: Hash | number;
  readonly limit: number;
  readonly skip: number;
  readonly reverse: boolean;
};
export type BlockHeaders = { readonly type: 'BlockHeaders'; readonly id: number; readonly headers: readonly Header[] };
export type GetBlockBodies = { readonly type: 'GetBlockBodies'; readonly id: number; readonly hashes: readonly Hash[] };
export type BlockBodies = { readonly type: 'BlockBodies'; readonly id: number; readonly bodies: readonly Body[] };
export type Transactions = { readonly type: 'Transactions'; readonly transactions: readonly Transaction[] };
export type NewPooledTransactionHashes = { readonly type: 'NewPooledTransactionHashes'; readonly hashes: readonly Hash[] };
export type GetPooledTransactions = { readonly type: 'GetPooledTransactions'; readonly id: number; readonly hashes: readonly Hash[] };
export type PooledTransactions = { readonly type: 'PooledTransactions'; readonly id: number; readonly transactions: readonly Transaction[] };
export type Disconnect = { readonly type: 'Disconnect'; readonly reason: string };

/** What peers say to each other. */
export type EthMessage =
  | Status
  | NewBlockHashes
  | NewBlock
  | GetBlockHeaders
  | BlockHeaders
  | GetBlockBodies
  | BlockBodies
  | Transactions
  | NewPooledTransactionHashes
  | GetPooledTransactions
  | PooledTransactions
  | Disconnect;

/** What a miner asks of the peer on its host, what it is told, and what it tells. */
export type GetWork = { readonly type: 'GetWork' };
export type Work = {
  readonly type: 'Work';
  readonly parent: Cell;
  readonly state: State;
  readonly transactions: readonly Transaction[];
  readonly ommers: readonly Header[];
};
export type Found = { readonly type: 'Found'; readonly block: Block };

const hash = z.string();
const header = z.custom<Header>((value) => value instanceof Uint8Array || (typeof value === 'object' && value !== null));
const transaction = z.object({ from: z.string(), to: z.string(), amount: z.bigint(), nonce: z.int() });
const body = z.object({ transactions: z.array(transaction), ommers: z.array(header) });
const block = z.object({ header, body });
const id = z.int().nonnegative();
const short = (value: string): string => value.replace(/^0x/, '').slice(0, 4);
const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
const shorts = (hashes: readonly string[]): string =>
  hashes.length > 3 ? many(hashes.length, 'hash').replace('hashs', 'hashes') : hashes.map(short).join(' ');

export const messages = {
  Status: message({
    doc: 'What a peer is and holds: the first message of a session.',
    source: 'devp2p eth/68, Status (0x00)',
    fields: z.object({ version: z.int(), networkId: z.int(), totalDifficulty: z.bigint(), head: hash, genesis: hash, forkId: z.string() }),
    label: ({ head, totalDifficulty }) => `${short(head)}, difficulty ${totalDifficulty}`,
  }),
  NewBlockHashes: message({
    doc: 'Blocks that the sender has imported; whoever lacks one may ask for it.',
    source: 'devp2p eth/68, NewBlockHashes (0x01)',
    fields: z.object({ blocks: z.array(z.object({ hash, number: z.int().nonnegative() })) }),
    label: ({ blocks }) => blocks.map((one) => `${one.number} (${short(one.hash)})`).join(', '),
  }),
  NewBlock: message({
    doc: 'A whole block, with the total difficulty up to and including it.',
    source: 'devp2p eth/68, NewBlock (0x07)',
    fields: z.object({ block, totalDifficulty: z.bigint() }),
    label: ({ totalDifficulty }) => `difficulty ${totalDifficulty}`,
  }),
  GetBlockHeaders: message({
    doc: 'Asks for headers, from a number or hash on, rising or falling, `skip` apart.',
    source: 'devp2p eth/68, GetBlockHeaders (0x03); EIP-2481',
    fields: z.object({ id, start: z.union([hash, z.int().nonnegative()]), limit: z.int(), skip: z.int(), reverse: z.boolean() }),
    label: ({ start, limit, reverse }) => `${limit} ${reverse ? 'down' : 'up'} from ${typeof start === 'number' ? start : short(start)}`,
  }),
  BlockHeaders: message({
    doc: 'The headers that were asked for; none where none were found.',
    source: 'devp2p eth/68, BlockHeaders (0x04); EIP-2481',
    fields: z.object({ id, headers: z.array(header) }),
    label: ({ headers }) => many(headers.length, 'header'),
  }),
  GetBlockBodies: message({
    doc: 'Asks for the bodies of blocks.',
    source: 'devp2p eth/68, GetBlockBodies (0x05); EIP-2481',
    fields: z.object({ id, hashes: z.array(hash) }),
    label: ({ hashes }) => shorts(hashes),
  }),
  BlockBodies: message({
    doc: 'The bodies that were asked for, in order; those that are not available are left out.',
    source: 'devp2p eth/68, BlockBodies (0x06); EIP-2481',
    fields: z.object({ id, bodies: z.array(body) }),
    label: ({ bodies }) => (bodies.length === 1 ? '1 body' : `${bodies.length} bodies`),
  }),
  Transactions: message({
    doc: 'Transactions that the receiver should keep and send on.',
    source: 'devp2p eth/68, Transactions (0x02)',
    fields: z.object({ transactions: z.array(transaction) }),
    label: ({ transactions }) => many(transactions.length, 'transaction'),
  }),
  NewPooledTransactionHashes: message({
    doc: 'Transactions in the pool of the sender; whoever lacks one may ask for it.',
    source: 'devp2p eth/68, NewPooledTransactionHashes (0x08)',
    fields: z.object({ hashes: z.array(hash) }),
    label: ({ hashes }) => shorts(hashes),
  }),
  GetPooledTransactions: message({
    doc: 'Asks for transactions by hash.',
    source: 'devp2p eth/68, GetPooledTransactions (0x09); EIP-2481',
    fields: z.object({ id, hashes: z.array(hash) }),
    label: ({ hashes }) => shorts(hashes),
  }),
  PooledTransactions: message({
    doc: 'The transactions that were asked for, in order; gaps are allowed.',
    source: 'devp2p eth/68, PooledTransactions (0x0a); EIP-2481',
    fields: z.object({ id, transactions: z.array(transaction) }),
    label: ({ transactions }) => many(transactions.length, 'transaction'),
  }),
  Disconnect: message({
    doc: 'The session is over.',
    source: 'devp2p RLPx, Disconnect (0x01)',
    fields: z.object({ reason: z.string() }),
    label: ({ reason }) => reason,
  }),
  GetWork: message({ doc: 'A miner asks the peer on its host what to build on.', source: 'Ethereum JSON-RPC, eth_getWork' }),
  Work: message({
    doc: 'The head to build on, with its state, the pool and the ommers that may be included.',
    source: 'Ethereum JSON-RPC, eth_getWork',
    fields: z.object({ parent: z.custom<Cell>(), state: z.custom<State>(), transactions: z.array(transaction), ommers: z.array(header) }),
    label: ({ parent, transactions }) => `on ${parent.number} (${short(parent.hash)}), ${many(transactions.length, 'transaction')}`,
  }),
  Found: message({
    doc: 'A miner has found a block.',
    source: 'Ethereum JSON-RPC, eth_submitWork',
    fields: z.object({ block }),
  }),
} satisfies Record<string, MessageType>;
