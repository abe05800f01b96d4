import { assertEvent } from 'xstate';
import type { Call, Result } from '../../request-response/messages.ts';
import type { Cell, Hash, Header } from '../chain.ts';
import type { BlockchainDomain } from '../domain.ts';
import type { GetBlockHeaders } from '../messages.ts';
import type { Kept, PeerContext } from './context.ts';
import { ancestorAt, find } from './kept-chain.ts';
import { isPending, pooling, submittedIn } from './pool.ts';
import { changes, emits } from './vocabulary.ts';

/** The server side: headers, bodies and transactions for other peers; balances, receipts and the head for wallets. */

/** The blocks of the canonical chain that a request names; rising, falling, `skip` apart; fewer where the chain ends. */
const headersFor = (domain: BlockchainDomain, kept: Kept, request: GetBlockHeaders): readonly Header[] => {
  const { start, skip, reverse } = request;
  const limit = Math.min(request.limit, domain.limits.headersServed);
  const first = typeof start === 'number' ? ancestorAt(kept.head, start) : find(kept, start);
  if (first === null || limit < 1) return [];
  const stride = Math.max(0, skip) + 1;
  const headers: Header[] = [];
  if (reverse) {
    for (let at: Cell | null = first; at !== null && headers.length < limit; at = ancestorAt(at, at.number - stride)) headers.push(at.header);
    return headers;
  }
  // A block beside the chain has no successors to rise to.
  if (ancestorAt(kept.head, first.number)?.hash !== first.hash) return [first.header];
  const steps = Math.min(limit - 1, Math.floor((kept.head.number - first.number) / stride));
  let at = ancestorAt(kept.head, first.number + steps * stride);
  while (at !== null && at.number >= first.number) {
    headers.push(at.header);
    at = ancestorAt(at, at.number - stride);
  }
  return headers.reverse();
};

/** The block of the chain that holds a transaction. */
const includedIn = (domain: BlockchainDomain, kept: Kept, hash: Hash): Cell | null => {
  for (let at: Cell | null = kept.head; at !== null; at = at.parent)
    if (at.body.transactions.some((transaction) => domain.transactionHash(transaction) === hash)) return at;
  return null;
};

/** The operations of the JSON-RPC that wallets use, under plain names. */
const operations: Readonly<Record<string, (domain: BlockchainDomain, context: PeerContext, call: Call) => Result>> = {
  getHead: (_, { kept }) => ({ ok: true, value: { hash: kept.head.hash, number: kept.head.number, totalDifficulty: kept.head.totalDifficulty } }),
  getBalance: (domain, { kept }, call) => ({ ok: true, value: domain.account(kept.state, String(call['address'])).balance }),
  getTransactionReceipt: (domain, { kept }, call) => {
    const cell = includedIn(domain, kept, String(call['hash']));
    return { ok: true, value: cell === null ? null : { blockHash: cell.hash, blockNumber: cell.number } };
  },
  sendTransaction: (domain, context, call) => {
    const transaction = submittedIn(call);
    if (transaction === null) return { ok: false, error: 'no transaction' };
    const hash = domain.transactionHash(transaction);
    if (context.pool.has(hash) || includedIn(domain, context.kept, hash) !== null) return { ok: true, value: hash };
    return {
      ok: false,
      error: isPending(domain, context, transaction) ? 'the pool is full' : (domain.transactionFault(context.kept.state, transaction) ?? ''),
    };
  },
};

const resultOf = (domain: BlockchainDomain, context: PeerContext, call: Call): Result =>
  operations[call.type]?.(domain, context, call) ?? { ok: false, error: `no operation ${call.type}` };

export const serveActions = (domain: BlockchainDomain) => ({
  serveHeaders: emits((context, event) => {
    assertEvent(event, 'GetBlockHeaders');
    return [{ type: 'reply', message: { type: 'BlockHeaders', id: event.id, headers: headersFor(domain, context.kept, event) } }];
  }),
  serveBodies: emits((context, event) => {
    assertEvent(event, 'GetBlockBodies');
    const cells = event.hashes.slice(0, domain.limits.bodiesServed).flatMap((hash) => find(context.kept, hash) ?? []);
    return [{ type: 'reply', message: { type: 'BlockBodies', id: event.id, bodies: cells.map((cell) => cell.body) } }];
  }),
  servePooled: emits((context, event) => {
    assertEvent(event, 'GetPooledTransactions');
    const transactions = event.hashes.slice(0, domain.limits.transactionsServed).flatMap((hash) => context.pool.get(hash) ?? []);
    return [{ type: 'reply', message: { type: 'PooledTransactions', id: event.id, transactions } }];
  }),
  /** A submitted transaction goes into the pool and on to the other peers before it is answered. */
  poolSubmitted: changes((context, event) => {
    assertEvent(event, 'Request');
    const transaction = submittedIn(event.call);
    return transaction === null ? {} : pooling(domain, context, [transaction]);
  }),
  answerWallet: emits((context, event) => {
    assertEvent(event, 'Request');
    return [{ type: 'reply', message: { type: 'Response', id: event.id, result: resultOf(domain, context, event.call) } }];
  }),
});
