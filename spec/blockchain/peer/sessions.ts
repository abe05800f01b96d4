import { assertEvent } from 'xstate';
import type { HostName } from '../../../model/role/effect.ts';
import type { Hash } from '../chain.ts';
import type { BlockchainDomain } from '../domain.ts';
import type { Status } from '../messages.ts';
import type { Kept, PeerContext, Session } from './context.ts';
import { byText, sortedKeys, withEntry, withMember, withoutKey, withoutMember } from './tables.ts';
import { acts, changes, emits, type PeerEffect, type PeerEvent, send, when } from './vocabulary.ts';

/**
 * Sessions with neighbours: greeted with a Status, open once theirs has come, over when the link breaks, when it was slow too
 * often (parted: greeted again later), or when it sent something invalid (barred until the link is made anew).
 */

const protocolVersion = 68;

/** What a peer says of itself. */
export const statusOf = (domain: BlockchainDomain, kept: Kept): Status => ({
  type: 'Status',
  version: protocolVersion,
  networkId: domain.networkId,
  totalDifficulty: domain.claims(kept.head),
  head: kept.head.hash,
  genesis: domain.genesis.hash,
  forkId: domain.forkId,
});

const greeting = (told: Hash): Session => ({ open: false, told, totalDifficulty: 0n, ahead: false, blocks: new Set(), transactions: new Set() });

/** Whether messages of a host are heard. */
export const isOpen = (context: PeerContext, host: HostName): boolean => context.sessions.get(host)?.open === true;

/** Hosts with an open session, by name. */
export const openHosts = (context: PeerContext): readonly HostName[] => sortedKeys(context.sessions).filter((host) => isOpen(context, host));

/** Changes a session, if there is one. */
export const withSession = (context: PeerContext, host: HostName, change: (session: Session) => Partial<Session>): PeerContext => {
  const session = context.sessions.get(host);
  return session === undefined ? context : { ...context, sessions: withEntry(context.sessions, host, { ...session, ...change(session) }) };
};

/** Forgets what a host announced and offered. */
const withoutAnnouncer = (context: PeerContext, host: HostName): PeerContext => ({
  ...context,
  wanted: new Map(
    [...context.wanted].flatMap(([hash, { number, announcers }]): [Hash, PeerContext['wanted'] extends ReadonlyMap<Hash, infer W> ? W : never][] => {
      const left = announcers.filter((one) => one !== host);
      return left.length === 0 ? [] : [[hash, { number, announcers: left }]];
    }),
  ),
  offered: new Map(
    [...context.offered].flatMap(([hash, hosts]): [Hash, readonly HostName[]][] => {
      const left = hosts.filter((one) => one !== host);
      return left.length === 0 ? [] : [[hash, left]];
    }),
  ),
});

/** Ends the session with a host. */
const withoutSession = (context: PeerContext, host: HostName): PeerContext =>
  withoutAnnouncer({ ...context, sessions: withoutKey(context.sessions, host) }, host);

/** What a step makes of a context, and says. */
export type Deed = { readonly context: PeerContext; readonly effects: readonly PeerEffect[] };

/** It sent something invalid: nothing more is heard of it. */
export const bar = (context: PeerContext, host: HostName): Deed =>
  context.sessions.has(host)
    ? {
        context: { ...withoutSession(context, host), barred: withMember(context.barred, host) },
        effects: [send(host, { type: 'Disconnect', reason: 'breach of protocol' })],
      }
    : { context, effects: [] };

/** It did not answer, or not as it had promised. After so many times its session ends, and it is greeted anew later. */
export const strike = (domain: BlockchainDomain, context: PeerContext, host: HostName): Deed => {
  if (!context.sessions.has(host)) return { context, effects: [] };
  const count = (context.strikes.get(host) ?? 0) + 1;
  const struck = { ...context, strikes: withEntry(context.strikes, host, Math.min(count, domain.limits.strikes)) };
  if (count < domain.limits.strikes) return { context: struck, effects: [] };
  return {
    context: { ...withoutSession(struck, host), parted: withMember(context.parted, host) },
    effects: [send(host, { type: 'Disconnect', reason: 'useless peer' })],
  };
};

/** Several deeds, one after the other. */
export const inTurn = (context: PeerContext, hosts: readonly HostName[], deed: (context: PeerContext, host: HostName) => Deed): Deed =>
  hosts.reduce<Deed>(
    (done, host) => {
      const next = deed(done.context, host);
      return { context: next.context, effects: [...done.effects, ...next.effects] };
    },
    { context, effects: [] },
  );

/** The sender of a message; undefined for what a region tells another. */
export const senderOf = (event: PeerEvent): HostName => ('from' in event ? event.from : '');

export const sessionGuards = (domain: BlockchainDomain) => ({
  inSession: when((context, event) => isOpen(context, senderOf(event))),
  isUnheard: when((context, event) => !isOpen(context, senderOf(event))),
  isBarred: when((context, event) => context.barred.has(senderOf(event))),
  hasSession: when((context) => openHosts(context).length > 0),
  hasNoSession: when((context) => openHosts(context).length === 0),
  isIncompatible: when((_, event) => {
    assertEvent(event, 'Status');
    return (
      event.version !== protocolVersion ||
      event.networkId !== domain.networkId ||
      event.genesis !== domain.genesis.hash ||
      event.forkId !== domain.forkId
    );
  }),
  wasNotGreeted: when((context, event) => !context.sessions.has(senderOf(event))),
});

export const sessionActions = (domain: BlockchainDomain) => ({
  /** A link was made: what was held against the host is forgotten. */
  welcome: changes((context, event) => {
    const host = senderOf(event);
    return {
      sessions: withEntry(context.sessions, host, greeting(context.kept.head.hash)),
      barred: withoutMember(context.barred, host),
      parted: withoutMember(context.parted, host),
      strikes: withoutKey(context.strikes, host),
    };
  }),
  sayStatus: emits((context, event) => [send(senderOf(event), statusOf(domain, context.kept))]),
  openSession: changes((context, event) => {
    assertEvent(event, 'Status');
    const told = context.sessions.get(event.from)?.told ?? context.kept.head.hash;
    const session: Session = { ...greeting(told), open: true, totalDifficulty: event.totalDifficulty, blocks: new Set([event.head]) };
    return { sessions: withEntry(context.sessions, event.from, session), parted: withoutMember(context.parted, event.from) };
  }),
  /** What was imported since this peer's own Status is announced now, for the session was not open then. */
  announceSince: acts((context, event) => {
    const host = senderOf(event);
    const { hash, number } = context.kept.head;
    if (context.sessions.get(host)?.told === hash) return { context, effects: [] };
    return {
      context: withSession(context, host, ({ blocks }) => ({ blocks: withMember(blocks, hash) })),
      effects: [send(host, { type: 'NewBlockHashes', blocks: [{ hash, number }] })],
    };
  }),
  closeSession: changes((context, event) => withoutSession(context, senderOf(event))),
  forgetNeighbour: changes((context, event) => {
    const host = senderOf(event);
    const left = withoutSession(context, host);
    return { ...left, barred: withoutMember(left.barred, host), parted: withoutMember(left.parted, host), strikes: withoutKey(left.strikes, host) };
  }),
  refuseSession: acts((context, event) => {
    const host = senderOf(event);
    return bar({ ...context, sessions: withEntry(context.sessions, host, greeting('')) }, host);
  }),
  barSender: acts((context, event) => bar(context, senderOf(event))),
  sayHello: emits((context) => (context.hello ? [{ type: 'broadcast', message: statusOf(domain, context.kept) }] : [])),
  greetAgain: emits((context) => [...context.parted].sort(byText).map((host) => send(host, statusOf(domain, context.kept)))),
});
