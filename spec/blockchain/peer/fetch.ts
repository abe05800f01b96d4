import { assertEvent } from 'xstate';
import type { HostName } from '../../../model/role/effect.ts';
import type { Hash, Header } from '../chain.ts';
import type { BlockchainDomain } from '../domain.ts';
import type { PeerContext, Wanted } from './context.ts';
import { findAt } from './kept-chain.ts';
import { knownBy, withCondemned } from './relay.ts';
import { bar, isOpen, strike, withSession } from './sessions.ts';
import { withEntry, withoutKey } from './tables.ts';
import { acts, changes, emits, type PeerEvent, send, vocabulary, when } from './vocabulary.ts';

/**
 * The fetcher: a block of which only the hash was announced is waited for a moment, then asked of those who announced it,
 * one after the other, header first. Source: Core Geth, eth/fetcher/block_fetcher.go.
 */

/** The announced block that is fetched next: the lowest, for later ones stand on it. */
const nextWanted = (context: PeerContext): readonly [Hash, Wanted] | null => {
  const byHeight = [...context.wanted].sort(([a, { number: n }], [b, { number: m }]) => n - m || (a < b ? -1 : 1));
  return byHeight[0] ?? null;
};

const announcedBy = (context: PeerContext, host: HostName): number =>
  [...context.wanted.values()].filter(({ announcers }) => announcers.includes(host)).length;

/** Whether an announced block is near enough to the head to be fetched by itself. */
const isNear = (domain: BlockchainDomain, context: PeerContext, number: number): boolean => {
  const head = context.kept.head.number;
  return number >= head - domain.limits.announcedBelow && number <= head + domain.limits.announcedAbove;
};

const withAnnouncement = (domain: BlockchainDomain, context: PeerContext, from: HostName, hash: Hash, number: number): PeerContext => {
  const noted = knownBy(domain, context, [from], [hash]);
  if (context.condemned.has(hash) || findAt(context.kept, hash, number) !== null) return noted;
  if (number > context.kept.head.number + domain.limits.announcedAbove) return withSession(noted, from, () => ({ ahead: true }));
  if (!isNear(domain, context, number) || announcedBy(context, from) >= domain.limits.announcedByPeer) return noted;
  const announcers = context.wanted.get(hash)?.announcers ?? [];
  if (announcers.includes(from)) return noted;
  return {
    ...noted,
    wanted: withEntry(noted.wanted, hash, { number: context.wanted.get(hash)?.number ?? number, announcers: [...announcers, from] }),
  };
};

/**
 * The announcer that was asked does not have the block after all, or does not answer: the next is asked. It may have been
 * slow only, so a download from it remains to be tried.
 */
const withoutAsked = (context: PeerContext): PeerContext => {
  const { fetch } = context;
  const entry = fetch === null ? undefined : context.wanted.get(fetch.hash);
  if (fetch === null || entry === undefined) return { ...context, fetch: null };
  const announcers = entry.announcers.filter((host) => host !== fetch.from);
  const wanted = announcers.length === 0 ? withoutKey(context.wanted, fetch.hash) : withEntry(context.wanted, fetch.hash, { ...entry, announcers });
  return { ...withSession(context, fetch.from, () => ({ ahead: true })), fetch: null, wanted };
};

const headersIn = (context: PeerContext, event: PeerEvent): readonly Header[] | null =>
  event.type === 'BlockHeaders' && context.fetch?.id === event.id && context.fetch.from === event.from && context.fetch.header === null
    ? event.headers
    : null;

export const fetchGuards = (domain: BlockchainDomain) => {
  /** The header that was asked for, if the answer holds it and nothing else. */
  const fetched = (context: PeerContext, event: PeerEvent): Header | null => {
    const [header, more] = headersIn(context, event) ?? [];
    return header !== undefined && more === undefined && domain.hash(header) === context.fetch?.hash ? header : null;
  };
  const parentIn = (context: PeerContext, header: Header) => findAt(context.kept, domain.parentHash(header), domain.number(header) - 1);
  const isSound = (context: PeerContext, header: Header): boolean => {
    const parent = parentIn(context, header);
    return parent !== null && (domain.sealFault(header) ?? domain.headerFault(header, parent.header)) === null;
  };
  const bodyIn = (context: PeerContext, event: PeerEvent) =>
    event.type === 'BlockBodies' && context.fetch?.id === event.id && context.fetch.from === event.from && context.fetch.header !== null
      ? { header: context.fetch.header, bodies: event.bodies }
      : null;
  return {
    wantsBlock: when((context) => context.wanted.size > 0),
    wantsNoBlock: when((context) => context.wanted.size === 0),
    /** The block came another way, or its announcers are gone. */
    fetchIsMoot: when((context) => context.fetch === null || !context.wanted.has(context.fetch.hash) || !isOpen(context, context.fetch.from)),
    headerIsMissing: when((context, event) => headersIn(context, event)?.length === 0),
    headerIsAnother: when((context, event) => headersIn(context, event) !== null && fetched(context, event) === null),
    headerLacksParent: when((context, event) => {
      const header = fetched(context, event);
      return header !== null && parentIn(context, header) === null;
    }),
    headerIsInvalid: when((context, event) => {
      const header = fetched(context, event);
      return header !== null && !isSound(context, header);
    }),
    headerIsSound: when((context, event) => {
      const header = fetched(context, event);
      return header !== null && isSound(context, header);
    }),
    bodyIsMissing: when((context, event) => bodyIn(context, event)?.bodies.length === 0),
    bodyIsAnother: when((context, event) => {
      const answer = bodyIn(context, event);
      return answer !== null && (answer.bodies.length !== 1 || !answer.bodies.every((body) => domain.bodyMatches(answer.header, body)));
    }),
    bodyMatches: when((context, event) => {
      const answer = bodyIn(context, event);
      return answer !== null && answer.bodies.length === 1 && answer.bodies.every((body) => domain.bodyMatches(answer.header, body));
    }),
  };
};

export const fetchActions = (domain: BlockchainDomain) => ({
  noteAnnounced: changes((context, event) => {
    assertEvent(event, 'NewBlockHashes');
    return event.blocks.reduce((next, { hash, number }) => withAnnouncement(domain, next, event.from, hash, number), context);
  }),
  chooseAnnouncer: changes((context) => {
    const next = nextWanted(context);
    if (next === null) return { fetch: null };
    const [hash, { announcers }] = next;
    const from = announcers[0];
    return from === undefined ? { fetch: null } : { fetch: { id: context.nextId, hash, from, header: null }, nextId: context.nextId + 1 };
  }),
  askHeader: emits(({ fetch }) =>
    fetch === null ? [] : [send(fetch.from, { type: 'GetBlockHeaders', id: fetch.id, start: fetch.hash, limit: 1, skip: 0, reverse: false })],
  ),
  keepHeader: changes((context, event) => {
    assertEvent(event, 'BlockHeaders');
    const header = event.headers[0];
    return header === undefined || context.fetch === null
      ? {}
      : { fetch: { ...context.fetch, id: context.nextId, header }, nextId: context.nextId + 1 };
  }),
  askBody: emits(({ fetch }) => (fetch === null ? [] : [send(fetch.from, { type: 'GetBlockBodies', id: fetch.id, hashes: [fetch.hash] })])),
  /** The block is complete: it goes the way of a block that came whole. */
  completeBlock: vocabulary.raise(({ context, event }) => {
    assertEvent(event, 'BlockBodies');
    const { fetch } = context;
    const body = event.bodies[0];
    if (fetch === null || fetch.header === null || body === undefined) throw new Error('a block is complete only with header and body');
    return { type: 'fetched' as const, block: { header: fetch.header, body }, from: fetch.from };
  }),
  /** Its download is left to the synchronisation, which finds out where the chains part, with whoever has announced it. */
  leaveToSync: changes((context) => {
    const { fetch } = context;
    if (fetch === null) return {};
    const announcers = context.wanted.get(fetch.hash)?.announcers ?? [];
    const noted = announcers.reduce((next, host) => withSession(next, host, () => ({ ahead: true })), context);
    return { ...noted, wanted: withoutKey(context.wanted, fetch.hash), fetch: null };
  }),
  condemnFetched: changes((context) => (context.fetch === null ? {} : withCondemned(domain, context, context.fetch.hash))),
  /** The next announcer is asked; the block itself is not given up. */
  dropAnnouncer: changes(withoutAsked),
  forgetFetch: changes((context) => (context.fetch === null ? {} : { wanted: withoutKey(context.wanted, context.fetch.hash), fetch: null })),
  strikeAnnouncer: acts((context) => (context.fetch === null ? { context, effects: [] } : strike(domain, context, context.fetch.from))),
  barAnnouncer: acts((context) => (context.fetch === null ? { context, effects: [] } : bar(context, context.fetch.from))),
});
