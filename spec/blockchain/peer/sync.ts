import type { HostName } from '../../../model/role/effect.ts';
import type { Body, Cell, Hash, Header } from '../chain.ts';
import type { BlockchainDomain } from '../domain.ts';
import type { BodyRequest, PeerContext, Sync } from './context.ts';
import { findAt, importOver } from './kept-chain.ts';
import { adopting, knownBy, withCondemned } from './relay.ts';
import { bar, inTurn, isOpen, openHosts, strike, withSession } from './sessions.ts';
import { byText, withMember, withoutKey } from './tables.ts';
import { acts, changes, emits, type PeerEffect, type PeerEvent, send, when } from './vocabulary.ts';

/**
 * The download from a peer with more total difficulty: the last common block, then headers, each checked when it comes, then
 * their bodies from all who have them, then execution; batch by batch, so that little unexecuted is ever kept. Sources:
 * devp2p eth/68, Chain Synchronization; Core Geth, eth/downloader/downloader.go.
 */

/** Peers that have more than this one, the most reliable first, then those that claim most. */
const sources = (context: PeerContext): readonly HostName[] => {
  const claimed = (host: HostName): bigint => context.sessions.get(host)?.totalDifficulty ?? 0n;
  const strikes = (host: HostName): number => context.strikes.get(host) ?? 0;
  return openHosts(context)
    .filter((host) => claimed(host) > context.kept.head.totalDifficulty || context.sessions.get(host)?.ahead === true)
    .sort((a, b) => strikes(a) - strikes(b) || (claimed(a) < claimed(b) ? 1 : claimed(a) > claimed(b) ? -1 : byText(a, b)));
};

const withSync = (context: PeerContext, change: (sync: Sync) => Partial<Sync>): PeerContext =>
  context.sync === null ? context : { ...context, sync: { ...context.sync, ...change(context.sync) } };

const headersIn = (context: PeerContext, event: PeerEvent): readonly Header[] | null =>
  event.type === 'BlockHeaders' && context.sync !== null && context.sync.id === event.id && context.sync.source === event.from ? event.headers : null;

const bodiesIn = (
  context: PeerContext,
  event: PeerEvent,
): { readonly from: HostName; readonly asked: readonly Hash[]; readonly bodies: readonly Body[] } | null => {
  if (event.type !== 'BlockBodies') return null;
  const request = context.sync?.requests.get(event.from);
  return request !== undefined && request.id === event.id ? { from: event.from, asked: request.hashes, bodies: event.bodies } : null;
};

/** Pairs bodies with the headers that they were asked for: in order, with gaps. Null where a body belongs to none. */
const paired = (domain: BlockchainDomain, sync: Sync, asked: readonly Hash[], bodies: readonly Body[]): ReadonlyMap<Hash, Body> | null => {
  const headers = new Map(sync.headers.map((header) => [domain.hash(header), header]));
  const pairs = new Map<Hash, Body>();
  let at = 0;
  for (const body of bodies) {
    let hash = asked[at++];
    for (let header = headers.get(hash ?? ''); hash !== undefined && header !== undefined && !domain.bodyMatches(header, body); ) {
      hash = asked[at++];
      header = headers.get(hash ?? '');
    }
    if (hash === undefined) return null;
    pairs.set(hash, body);
  }
  return pairs;
};

const missing = (domain: BlockchainDomain, sync: Sync): readonly Hash[] => {
  const asked = new Set([...sync.requests.values()].flatMap(({ hashes }) => hashes));
  return sync.headers.map(domain.hash).filter((hash) => !sync.bodies.has(hash) && !asked.has(hash));
};

/** Who may serve bodies now: whoever claims as much as the source, has not failed in this batch, and is not busy. */
const servers = (context: PeerContext, sync: Sync): readonly HostName[] => {
  const needed = context.sessions.get(sync.source)?.totalDifficulty ?? 0n;
  return openHosts(context).filter(
    (host) =>
      !sync.lacking.has(host) && !sync.requests.has(host) && (host === sync.source || (context.sessions.get(host)?.totalDifficulty ?? 0n) >= needed),
  );
};

/** Spreads the missing bodies over those who may serve them. */
const asking = (domain: BlockchainDomain, context: PeerContext): { readonly context: PeerContext; readonly effects: readonly PeerEffect[] } => {
  const { sync } = context;
  if (sync === null) return { context, effects: [] };
  const hashes = missing(domain, sync);
  const hosts = servers(context, sync);
  const share = Math.min(domain.limits.bodiesServed, Math.ceil(hashes.length / Math.max(1, hosts.length)));
  const requests = new Map(sync.requests);
  const effects: PeerEffect[] = [];
  let { nextId } = context;
  for (const [at, host] of hosts.entries()) {
    const part = hashes.slice(at * share, (at + 1) * share);
    if (part.length === 0) break;
    const request: BodyRequest = { id: nextId++, hashes: part };
    requests.set(host, request);
    effects.push(send(host, { type: 'GetBlockBodies', id: request.id, hashes: part }));
  }
  return { context: { ...context, nextId, sync: { ...sync, requests } }, effects };
};

export const syncGuards = (domain: BlockchainDomain) => {
  const known = (context: PeerContext, header: Header): Cell | null => findAt(context.kept, domain.hash(header), domain.number(header));
  /** Whether headers follow one another over a block, each by every rule that does not need its body. */
  const follow = (above: Header, headers: readonly Header[]): boolean => {
    let parent = above;
    return headers.every((header) => {
      const sound = (domain.sealFault(header) ?? domain.headerFault(header, parent)) === null;
      parent = header;
      return sound;
    });
  };
  const startsElsewhere = (context: PeerContext, headers: readonly Header[]): boolean =>
    headers[0] !== undefined && domain.parentHash(headers[0]) !== context.sync?.ancestor?.hash;
  return {
    someoneHasMore: when((context) => sources(context).length > 0),
    sourceIsGone: when((context) => context.sync === null || !isOpen(context, context.sync.source)),
    ancestorIsFound: when((context, event) => headersIn(context, event)?.some((header) => known(context, header) !== null) === true),
    ancestorIsLower: when((context, event) => headersIn(context, event) !== null && (context.sync?.from ?? 0) > 0),
    hasNoAncestor: when((context, event) => headersIn(context, event) !== null),
    headersEnd: when((context, event) => headersIn(context, event)?.length === 0),
    headersStartElsewhere: when((context, event) => {
      const headers = headersIn(context, event);
      return headers !== null && startsElsewhere(context, headers);
    }),
    headersAreInvalid: when((context, event) => {
      const headers = headersIn(context, event);
      const above = context.sync?.ancestor;
      return headers !== null && above != null && (headers.length > domain.limits.headerBatch || !follow(above.header, headers));
    }),
    headersAreSound: when((context, event) => headersIn(context, event) !== null),
    bodiesAreOthers: when((context, event) => {
      const answer = bodiesIn(context, event);
      return answer !== null && context.sync !== null && paired(domain, context.sync, answer.asked, answer.bodies) === null;
    }),
    bodiesMatch: when((context, event) => bodiesIn(context, event) !== null),
    hasAllBodies: when(({ sync }) => sync?.headers.every((header) => sync.bodies.has(domain.hash(header))) === true),
    nobodyServes: when((context) => context.sync !== null && context.sync.requests.size === 0 && servers(context, context.sync).length === 0),
    hasMovedHead: when(({ sync, kept }) => sync !== null && sync.head !== kept.head.hash),
    batchWasRefused: when((context) => context.outcome?.fault != null),
    batchWasFull: when((context) => context.sync?.headers.length === domain.limits.headerBatch),
    /** The download brought something, or the source has no more than this peer after all. */
    promiseWasKept: when((context) => {
      if (context.sync === null || context.sync.progress) return true;
      const session = context.sessions.get(context.sync.source);
      return session === undefined || session.totalDifficulty <= context.kept.head.totalDifficulty;
    }),
  };
};

export const syncActions = (domain: BlockchainDomain) => ({
  chooseSource: changes((context) => {
    const source = sources(context)[0];
    if (source === undefined) return { sync: null };
    const { head } = context.kept;
    const begun: Sync = {
      source,
      id: context.nextId,
      from: head.number,
      ancestor: null,
      headers: [],
      bodies: new Map(),
      requests: new Map(),
      lacking: new Set(),
      head: head.hash,
      progress: false,
    };
    return { sync: begun, nextId: context.nextId + 1 };
  }),
  askAncestor: emits(({ sync }) =>
    sync === null
      ? []
      : [send(sync.source, { type: 'GetBlockHeaders', id: sync.id, start: sync.from, limit: domain.limits.headerBatch, skip: 0, reverse: true })],
  ),
  lookLower: changes((context) => ({
    ...withSync(context, ({ from }) => ({ id: context.nextId, from: Math.max(0, from - domain.limits.headerBatch) })),
    nextId: context.nextId + 1,
  })),
  keepAncestor: changes((context, event) => {
    const cells = (headersIn(context, event) ?? []).map((header) => findAt(context.kept, domain.hash(header), domain.number(header)));
    const ancestor = cells.find((cell) => cell !== null) ?? null;
    return { ...withSync(context, () => ({ ancestor })) };
  }),
  askHeaders: acts((context) => {
    const { sync, nextId } = context;
    if (sync?.ancestor == null) return { context, effects: [] };
    const asked: Sync = {
      ...sync,
      id: nextId,
      from: sync.ancestor.number + 1,
      headers: [],
      bodies: new Map(),
      requests: new Map(),
      lacking: new Set(),
    };
    const { headerBatch } = domain.limits;
    // What the source announced until now is asked for; what it announces from now on is not.
    const noted = withSession(context, sync.source, () => ({ ahead: false }));
    return {
      context: { ...noted, nextId: nextId + 1, sync: asked },
      effects: [send(sync.source, { type: 'GetBlockHeaders', id: nextId, start: asked.from, limit: headerBatch, skip: 0, reverse: false })],
    };
  }),
  keepHeaders: changes((context, event) => ({
    ...withSync(context, () => ({ id: -1, headers: headersIn(context, event) ?? [] })),
  })),
  askBodies: acts((context) => asking(domain, context)),
  keepBodies: changes((context, event) => {
    const answer = bodiesIn(context, event);
    if (answer === null) return {};
    return withSync(context, (sync) => {
      const pairs = paired(domain, sync, answer.asked, answer.bodies) ?? new Map<Hash, Body>();
      return {
        bodies: new Map([...sync.bodies, ...pairs]),
        requests: withoutKey(sync.requests, answer.from),
        lacking: pairs.size < answer.asked.length ? withMember(sync.lacking, answer.from) : sync.lacking,
      };
    });
  }),
  /** Whoever did not answer is not asked again for this batch. */
  strikeSilent: acts((context) => {
    const { sync } = context;
    if (sync === null) return { context, effects: [] };
    const silent = [...sync.requests.keys()].sort(byText);
    const struck = inTurn(context, silent, (next, host) => strike(domain, next, host));
    return { ...struck, context: withSync(struck.context, ({ lacking }) => ({ requests: new Map(), lacking: new Set([...lacking, ...silent]) })) };
  }),
  /** It remains to be tried again, until it has failed too often. */
  strikeSource: acts((context) => {
    if (context.sync === null) return { context, effects: [] };
    const { source } = context.sync;
    return strike(
      domain,
      withSession(context, source, () => ({ ahead: true })),
      source,
    );
  }),
  barSource: acts((context) => (context.sync === null ? { context, effects: [] } : bar(context, context.sync.source))),
  barBodyServer: acts((context, event) => {
    const answer = bodiesIn(context, event);
    if (answer === null) return { context, effects: [] };
    return bar(
      withSync(context, ({ requests, lacking }) => ({ requests: withoutKey(requests, answer.from), lacking: withMember(lacking, answer.from) })),
      answer.from,
    );
  }),
  importBatch: changes((context) => {
    const { sync } = context;
    if (sync?.ancestor == null) return {};
    const blocks = sync.headers.flatMap((header) => {
      const body = sync.bodies.get(domain.hash(header));
      return body === undefined ? [] : [{ header, body }];
    });
    const claimed = context.sessions.get(sync.source)?.totalDifficulty ?? null;
    const { kept, became, fault, cells, refused } = importOver(domain, context.kept, sync.ancestor, blocks, claimed);
    const last = cells.at(-1) ?? sync.ancestor;
    const adopted = withSync(adopting(domain, context, kept), ({ progress }) => ({
      ancestor: last,
      progress: progress || cells.some((cell) => findAt(context.kept, cell.hash, cell.number) === null),
    }));
    const noted = knownBy(domain, adopted, [sync.source], cells.length === 0 ? [] : [last.hash]);
    return { ...noted, outcome: { became, fault, from: sync.source, block: refused } };
  }),
  condemnRefused: changes((context) =>
    context.outcome?.block == null ? {} : withCondemned(domain, context, domain.hash(context.outcome.block.header)),
  ),
  /** A download ends with the hash of the new head to those who may not have it. */
  announceHead: acts((context) => {
    const { hash, number } = context.kept.head;
    const to = openHosts(context).filter((host) => context.sessions.get(host)?.blocks.has(hash) !== true);
    const effects: readonly PeerEffect[] =
      to.length === 0 ? [] : [{ type: 'send', to, message: { type: 'NewBlockHashes', blocks: [{ hash, number }] } }];
    return { context: knownBy(domain, context, to, [hash]), effects };
  }),
  endSync: changes(() => ({ sync: null })),
});
