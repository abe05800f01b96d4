import { setup } from 'xstate';
import type { Delivered, Effect, HostName, LinkEvent } from '../../../model/role/effect.ts';
import type { RoleInput } from '../../../model/role/effect.ts';
import type { Rule } from '../../../model/role/rule.ts';
import type { Request, Response } from '../../request-response/messages.ts';
import type { Block } from '../chain.ts';
import type { EthMessage, Found, GetWork, Work } from '../messages.ts';
import type { PeerContext } from './context.ts';

/** What one region of the peer tells another within a step. */
export type Internal =
  /** A fetched block is complete. */
  | { readonly type: 'fetched'; readonly block: Block; readonly from: HostName }
  /** Some neighbour has more than this peer: a download may begin. */
  | { readonly type: 'behind' }
  /** The chain has a new head. */
  | { readonly type: 'headMoved' };

export type PeerEvent = Delivered<EthMessage | Request | GetWork | Found> | LinkEvent | Internal;
export type PeerEffect = Effect<EthMessage | Response | Work>;

/** The words in which a peer's rules are written. */
export const vocabulary = setup({
  types: {
    context: {} as PeerContext,
    events: {} as PeerEvent,
    emitted: {} as PeerEffect,
    input: {} as RoleInput,
    meta: {} as Rule,
    tags: {} as 'rest',
  },
});

/** An action that changes the context. */
export const changes = (to: (context: PeerContext, event: PeerEvent) => Partial<PeerContext>) =>
  vocabulary.assign(({ context, event }) => to(context, event));

/** An action that emits effects, in order. */
export const emits = (what: (context: PeerContext, event: PeerEvent) => readonly PeerEffect[]) =>
  vocabulary.enqueueActions(({ context, event, enqueue }) => {
    for (const effect of what(context, event)) enqueue.emit(effect);
  });

/** A guard. */
export const when =
  (holds: (context: PeerContext, event: PeerEvent) => boolean) =>
  ({ context, event }: { readonly context: PeerContext; readonly event: PeerEvent }): boolean =>
    holds(context, event);

export const send = (to: HostName, message: EthMessage): PeerEffect => ({ type: 'send', to, message });

/** An action that changes the context and emits effects. */
export const acts = (does: (context: PeerContext, event: PeerEvent) => { readonly context: PeerContext; readonly effects: readonly PeerEffect[] }) =>
  vocabulary.enqueueActions(({ context, event, enqueue }) => {
    const { context: next, effects } = does(context, event);
    enqueue.assign(next);
    for (const effect of effects) enqueue.emit(effect);
  });
