import { assertEvent } from 'xstate';
import { type HostName, othersOf, some } from '../../../model/role/effect.ts';
import type { Call } from '../../request-response/messages.ts';
import type { Hash, Transaction } from '../chain.ts';
import type { BlockchainDomain } from '../domain.ts';
import type { PeerContext } from './context.ts';
import { type Deed, bar, inTurn, isOpen, openHosts, senderOf, strike, withSession } from './sessions.ts';
import { byText, remembering } from './tables.ts';
import { acts, changes, emits, type PeerEffect, type PeerEvent, send, when } from './vocabulary.ts';

/**
 * The transaction pool: pending transactions, kept in a bounded number and sent on once: whole to the square root of the
 * peers that lack one, by hash to the rest. Source: devp2p eth/68, Transaction Exchange.
 */

const lacking = (context: PeerContext, hash: Hash): readonly HostName[] =>
  openHosts(context).filter((host) => context.sessions.get(host)?.transactions.has(hash) !== true);

const informed = (domain: BlockchainDomain, context: PeerContext, hosts: readonly HostName[], hashes: readonly Hash[]): PeerContext =>
  hosts.reduce(
    (next, host) =>
      withSession(next, host, ({ transactions }) => ({ transactions: remembering(transactions, hashes, domain.limits.knownTransactions) })),
    context,
  );

/** Whether a transaction may be pending over the head's state; one whose turn comes later may. */
export const isPending = (domain: BlockchainDomain, context: PeerContext, transaction: Transaction): boolean => {
  const fault = domain.transactionFault(context.kept.state, transaction);
  return fault === null || fault === 'nonce gap';
};

/** Takes transactions into the pool; invalid and known ones, and what does not fit, are left out. */
export const pooling = (domain: BlockchainDomain, context: PeerContext, transactions: readonly Transaction[]): PeerContext => {
  const pool = new Map(context.pool);
  const offered = new Map(context.offered);
  for (const transaction of transactions) {
    const hash = domain.transactionHash(transaction);
    offered.delete(hash);
    if (pool.size < domain.limits.pool && isPending(domain, context, transaction)) pool.set(hash, transaction);
  }
  return { ...context, pool, offered };
};

/** Sends each transaction of the pool to the peers that lack it: whole to some of them, by hash to the others. */
const passingOn = (domain: BlockchainDomain, context: PeerContext): Deed => {
  const effects: PeerEffect[] = [];
  let next = context;
  for (const [hash, transaction] of [...context.pool].sort(([a], [b]) => byText(a, b))) {
    const to = lacking(next, hash);
    if (to.length === 0) continue;
    effects.push({ type: 'send', to: some(domain.wholeTo(to.length), to, hash), message: { type: 'Transactions', transactions: [transaction] } });
    if (to.length > 1) effects.push({ type: 'send', to: othersOf(hash), message: { type: 'NewPooledTransactionHashes', hashes: [hash] } });
    next = informed(domain, next, to, [hash]);
  }
  return { context: next, effects };
};

const answerIn = (context: PeerContext, event: PeerEvent): readonly Transaction[] | null =>
  event.type === 'PooledTransactions' && context.transactionFetch?.id === event.id && context.transactionFetch.from === event.from
    ? event.transactions
    : null;

/** The transaction that a wallet submits, as the server side of the peer reads it. */
export const submittedIn = (call: Call): Transaction | null => {
  const given = call['transaction'] as Transaction | undefined;
  return call.type === 'sendTransaction' && given !== undefined ? given : null;
};

export const poolGuards = (domain: BlockchainDomain) => ({
  submits: when((_, event) => {
    assertEvent(event, 'Request');
    return submittedIn(event.call) !== null;
  }),
  wantsTransactions: when((context) => context.offered.size > 0),
  transactionFetchIsMoot: when((context) => context.transactionFetch === null || !isOpen(context, context.transactionFetch.from)),
  /** Only what was asked for may come as an answer. */
  poolAnswerIsAnother: when((context, event) => {
    const asked = context.transactionFetch?.hashes ?? [];
    return answerIn(context, event)?.some((transaction) => !asked.includes(domain.transactionHash(transaction))) === true;
  }),
  poolAnswers: when((context, event) => answerIn(context, event) !== null),
  bringsNews: when((context, event) => {
    assertEvent(event, 'Transactions');
    return event.transactions.some(
      (transaction) => !context.pool.has(domain.transactionHash(transaction)) && isPending(domain, context, transaction),
    );
  }),
});

export const poolActions = (domain: BlockchainDomain) => ({
  /** A new session begins with the hashes of the whole pool. */
  offerPool: acts((context, event) => {
    const host = senderOf(event);
    const hashes = [...context.pool.keys()].sort(byText);
    if (hashes.length === 0) return { context, effects: [] };
    return { context: informed(domain, context, [host], hashes), effects: [send(host, { type: 'NewPooledTransactionHashes', hashes })] };
  }),
  noteSender: changes((context, event) => {
    assertEvent(event, ['Transactions', 'PooledTransactions', 'NewPooledTransactionHashes']);
    const hashes = event.type === 'NewPooledTransactionHashes' ? event.hashes : event.transactions.map(domain.transactionHash);
    return informed(domain, context, [event.from], hashes);
  }),
  takeTransactions: changes((context, event) => {
    assertEvent(event, ['Transactions', 'PooledTransactions']);
    return pooling(domain, context, event.transactions);
  }),
  /** A transaction goes to every peer once: when it is new here, and when a block that held it was left. */
  passOnTransactions: acts((context) => passingOn(domain, context)),
  noteOffered: changes((context, event) => {
    assertEvent(event, 'NewPooledTransactionHashes');
    const room = domain.limits.pool - context.offered.size;
    const news = event.hashes.filter((hash) => !context.pool.has(hash) && context.offered.get(hash)?.includes(event.from) !== true);
    const known = news.filter((hash) => context.offered.has(hash));
    const fresh = news.filter((hash) => !context.offered.has(hash)).slice(0, Math.max(0, room));
    const offered = new Map(context.offered);
    for (const hash of [...known, ...fresh]) offered.set(hash, [...(offered.get(hash) ?? []), event.from]);
    return { offered };
  }),
  /** Who asks for a transaction that is not here does not have it: it is told again if the transaction comes back. */
  noteUnserved: changes((context, event) => {
    assertEvent(event, 'GetPooledTransactions');
    const gone = event.hashes.filter((hash) => !context.pool.has(hash));
    return withSession(context, event.from, ({ transactions }) => ({
      transactions: new Set([...transactions].filter((hash) => !gone.includes(hash))),
    }));
  }),
  chooseOffer: changes((context) => {
    const first = [...context.offered].sort(([a], [b]) => byText(a, b))[0];
    const from = first?.[1][0];
    if (from === undefined) return { transactionFetch: null };
    const hashes = [...context.offered].flatMap(([hash, hosts]) => (hosts[0] === from ? [hash] : [])).sort(byText);
    return { transactionFetch: { id: context.nextId, from, hashes: hashes.slice(0, domain.limits.transactionsServed) }, nextId: context.nextId + 1 };
  }),
  askTransactions: emits(({ transactionFetch: fetch }) =>
    fetch === null ? [] : [send(fetch.from, { type: 'GetPooledTransactions', id: fetch.id, hashes: fetch.hashes })],
  ),
  /** What this peer did not get from one host is asked of the next that offered it. */
  dropOffer: changes((context) => {
    const { transactionFetch: fetch } = context;
    if (fetch === null) return {};
    const offered = new Map(
      [...context.offered].flatMap(([hash, hosts]): [Hash, readonly HostName[]][] => {
        const left = fetch.hashes.includes(hash) ? hosts.filter((host) => host !== fetch.from) : hosts;
        return left.length === 0 ? [] : [[hash, left]];
      }),
    );
    return { offered, transactionFetch: null };
  }),
  /** Who did not answer may answer later: it is asked again after the others, until it has failed too often. */
  postponeOffer: changes((context) => {
    const { transactionFetch: fetch } = context;
    if (fetch === null) return {};
    const later = (hosts: readonly HostName[]): readonly HostName[] =>
      hosts.includes(fetch.from) ? [...hosts.filter((host) => host !== fetch.from), fetch.from] : hosts;
    return { offered: new Map([...context.offered].map(([hash, hosts]) => [hash, later(hosts)])), transactionFetch: null };
  }),
  strikeOfferer: acts((context) =>
    context.transactionFetch === null ? { context, effects: [] } : strike(domain, context, context.transactionFetch.from),
  ),
  barOfferer: acts((context) => inTurn(context, context.transactionFetch === null ? [] : [context.transactionFetch.from], bar)),
});
