import { assertEvent } from 'xstate';
import { HERE, type HostName, othersOf, some } from '../../../model/role/effect.ts';
import type { Block, Cell, Hash } from '../chain.ts';
import type { BlockchainDomain } from '../domain.ts';
import { cellOver } from '../rules/import.ts';
import { eligibleOmmers } from '../rules/ommers.ts';
import { type ImportOutcome, keptKey, type PeerContext } from './context.ts';
import { findAt, importOver, returned } from './kept-chain.ts';
import { openHosts, withSession } from './sessions.ts';
import { byText, greater, remembering, withoutKey } from './tables.ts';
import { acts, changes, emits, type PeerEffect, type PeerEvent, when } from './vocabulary.ts';

/**
 * Block propagation in two steps: the whole block to the square root of the peers once header and seal are checked, its
 * hash to the rest once it is imported and stored. Source: devp2p eth/68, Block Propagation.
 */

/** The block of an event, who sent it, and what it is said to weigh. */
export const arrivalOf = (event: PeerEvent): { readonly block: Block; readonly from: HostName; readonly claimed: bigint | null } => {
  assertEvent(event, ['NewBlock', 'fetched', 'Found']);
  return { block: event.block, from: event.from, claimed: event.type === 'NewBlock' ? event.totalDifficulty : null };
};

export const parentOf = (domain: BlockchainDomain, context: PeerContext, header: Block['header']): Cell | null =>
  findAt(context.kept, domain.parentHash(header), domain.number(header) - 1);

export const isKnown = (domain: BlockchainDomain, context: PeerContext, header: Block['header']): boolean =>
  findAt(context.kept, domain.hash(header), domain.number(header)) !== null;

/** Open peers that are not known to have a block. */
const lacking = (context: PeerContext, hash: Hash): readonly HostName[] =>
  openHosts(context).filter((host) => context.sessions.get(host)?.blocks.has(hash) !== true);

/** Remembers that hosts have blocks. */
export const knownBy = (domain: BlockchainDomain, context: PeerContext, hosts: readonly HostName[], hashes: readonly Hash[]): PeerContext =>
  hosts.reduce(
    (next, host) => withSession(next, host, ({ blocks }) => ({ blocks: remembering(blocks, hashes, domain.limits.knownBlocks) })),
    context,
  );

export const withCondemned = (domain: BlockchainDomain, context: PeerContext, hash: Hash): PeerContext => ({
  ...context,
  condemned: remembering(context.condemned, [hash], domain.limits.condemned),
  wanted: withoutKey(context.wanted, hash),
});

/** How the pool follows the chain: what was mined leaves it, what was in blocks that were left comes back. */
export const revisedPool = (domain: BlockchainDomain, before: PeerContext, kept: PeerContext['kept']): PeerContext['pool'] => {
  const pool = new Map(before.pool);
  for (const transaction of domain.pendingAgain(returned(before.kept.head, kept.head))) pool.set(domain.transactionHash(transaction), transaction);
  const alive = [...pool].filter(([, transaction]) => {
    const fault = domain.transactionFault(kept.state, transaction);
    return fault === null || fault === 'nonce gap';
  });
  return new Map(alive.sort(([a], [b]) => byText(a, b)).slice(0, domain.limits.pool));
};

/** Takes over what an import made of the chain. */
export const adopting = (domain: BlockchainDomain, context: PeerContext, kept: PeerContext['kept']): PeerContext => ({
  ...context,
  kept,
  pool: kept.head.hash === context.kept.head.hash ? context.pool : revisedPool(domain, context, kept),
  wanted: new Map([...context.wanted].filter(([hash, { number }]) => findAt(kept, hash, number) === null)),
});

const outcomeIs = (context: PeerContext, became: ImportOutcome['became']): boolean => context.outcome?.became === became;

export const relayGuards = (domain: BlockchainDomain) => {
  const mayBeHeard = (context: PeerContext, from: HostName): boolean => from === HERE || openHosts(context).includes(from);
  return {
    isStranger: when((context, event) => !mayBeHeard(context, arrivalOf(event).from)),
    knowsBlock: when((context, event) => isKnown(domain, context, arrivalOf(event).block.header)),
    isCondemned: when((context, event) => context.condemned.has(domain.hash(arrivalOf(event).block.header))),
    lacksParent: when((context, event) => parentOf(domain, context, arrivalOf(event).block.header) === null),
    /** The first of the two checks: header and proof of work. */
    breaksHeaderRule: when((context, event) => {
      const { header } = arrivalOf(event).block;
      const parent = parentOf(domain, context, header);
      return parent !== null && (domain.sealFault(header) ?? domain.headerFault(header, parent.header)) !== null;
    }),
    becameHead: when((context) => outcomeIs(context, 'head')),
    becameSide: when((context) => outcomeIs(context, 'side')),
    /** Core Geth's check before it passes a block on; a wrong body says nothing about the header that came with it. */
    carriesAnotherBody: when((_, event) => {
      const { header, body } = arrivalOf(event).block;
      return !domain.bodyMatches(header, body);
    }),
  };
};

export const relayActions = (domain: BlockchainDomain) => ({
  /**
   * The sender of a whole block has at least its parent: so much of the claim is taken, as Core Geth does, for it may have
   * passed the block on before importing it.
   */
  noteHolder: changes((context, event) => {
    assertEvent(event, 'NewBlock');
    const { header } = event.block;
    const atLeast = event.totalDifficulty - domain.difficulty(header);
    const noted = knownBy(domain, context, [event.from], [domain.hash(header)]);
    return withSession(noted, event.from, ({ totalDifficulty }) => ({ totalDifficulty: greater(atLeast, totalDifficulty) }));
  }),
  noteAhead: changes((context, event) => withSession(context, arrivalOf(event).from, () => ({ ahead: true }))),
  condemn: changes((context, event) => withCondemned(domain, context, domain.hash(arrivalOf(event).block.header))),
  /** What is wrong is remembered under the block's hash, if the hash commits to it. Its sender may not have executed it yet. */
  blame: changes((context, event) => {
    const fault = context.outcome?.fault ?? null;
    return fault !== null && domain.condemns(fault) ? withCondemned(domain, context, domain.hash(arrivalOf(event).block.header)) : {};
  }),
  blameBody: changes((context, event) => (domain.condemns('body') ? withCondemned(domain, context, domain.hash(arrivalOf(event).block.header)) : {})),
  passOnWhole: emits((context, event): readonly PeerEffect[] => {
    const { block } = arrivalOf(event);
    const hash = domain.hash(block.header);
    const parent = parentOf(domain, context, block.header);
    const to = lacking(context, hash);
    if (parent === null) return [];
    const { totalDifficulty } = cellOver(domain, parent, block);
    return [{ type: 'send', to: some(domain.wholeTo(to.length), to, hash), message: { type: 'NewBlock', block, totalDifficulty } }];
  }),
  importBlock: changes((context, event) => {
    const { block, from, claimed } = arrivalOf(event);
    const parent = parentOf(domain, context, block.header);
    if (parent === null) return {};
    const { kept, became, fault } = importOver(domain, context.kept, parent, [block], claimed);
    return { ...adopting(domain, context, kept), outcome: { became, fault, from, block } };
  }),
  clearOutcome: changes(() => ({ outcome: null })),
  store: emits((context) => [{ type: 'persist', key: keptKey, value: context.kept }]),
  announceToRest: acts((context, event) => {
    const { header } = arrivalOf(event).block;
    const hash = domain.hash(header);
    const to = lacking(context, hash);
    const effects: readonly PeerEffect[] = [
      { type: 'send', to: othersOf(hash), message: { type: 'NewBlockHashes', blocks: [{ hash, number: domain.number(header) }] } },
    ];
    return { context: knownBy(domain, context, to, [hash]), effects: to.length === 0 ? [] : effects };
  }),
  tellMiner: emits((context) => (context.mining ? [{ type: 'tell', role: 'miner', message: workFor(domain, context) }] : [])),
  noteMiner: changes(() => ({ mining: true })),
});

/** What a miner on this host builds on: the head, the pool by sender and nonce, and ommers that may be included. */
const workFor = (domain: BlockchainDomain, { kept, pool }: PeerContext) => {
  const near = [...kept.side.values()].sort((a, b) => b.number - a.number || byText(a.hash, b.hash));
  const ommers = eligibleOmmers(
    domain,
    near.map((cell) => cell.header),
    kept.head,
  );
  const transactions = [...pool.values()].sort(
    (a, b) => byText(a.from, b.from) || a.nonce - b.nonce || byText(domain.transactionHash(a), domain.transactionHash(b)),
  );
  return { type: 'Work' as const, parent: kept.head, state: kept.state, transactions, ommers };
};
