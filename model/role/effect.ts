import type { Value } from '../kernel/value.ts';

/** The name of a host, as the scenario gives it. */
export type HostName = string;

/** A message is a plain record with a type. */
export interface Message {
  readonly type: string;
}

/** A message as its receiver sees it: with the host that sent it. A message that was told by a role on the same host comes from {@link HERE}. */
export type Delivered<M extends Message> = M extends Message ? M & { readonly from: HostName } : never;

/** The sender of a message that another role on the same host told. */
export const HERE: HostName = '@here';

/** What a role hears of its connections: on connection links, neighbours are learned from these and from nothing else. */
export type LinkEvent = { readonly type: 'connected'; readonly from: HostName } | { readonly type: 'disconnected'; readonly from: HostName };

/**
 * Some of a set of hosts, chosen by the environment: the exhaustive search takes every choice, a random run draws one,
 * and a trace records it. `label` lets a later effect of the same step speak of those who were not chosen.
 */
export interface Some {
  readonly some: number;
  readonly of: readonly HostName[];
  readonly label?: string;
}

/** Those of a labelled {@link Some} of the same step who were not chosen. */
export interface Others {
  readonly othersOf: string;
}

/** To whom a message goes: hosts by name, the one host of the scenario that has a role, or a choice. */
export type Recipients = HostName | readonly HostName[] | { readonly role: string } | Some | Others;

/** `k` of these hosts, chosen by the environment. */
export const some = (k: number, of: readonly HostName[], label?: string): Some => (label === undefined ? { some: k, of } : { some: k, of, label });

/** Those who were not chosen by the {@link Some} of this label, in the same step. */
export const othersOf = (label: string): Others => ({ othersOf: label });

/** How an operation ended. After an indefinite outcome (a time-out) it may or may not have taken effect. */
export type Outcome = { readonly definite: true; readonly value: Value } | { readonly definite: false; readonly reason: string };

/** The only output of a role. Effects are data: the engine, or the adapter of a live process, performs them in order. */
export type Effect<M extends Message = Message> =
  /** Sends to other hosts. A message goes to the role of the receiving host that accepts its type. */
  | { readonly type: 'send'; readonly to: Recipients; readonly message: M }
  /** Answers the sender of the message that is being handled; valid in no other step. */
  | { readonly type: 'reply'; readonly message: M }
  /** Sends to every neighbour: on connection links those that are connected, on datagram links all that the topology links. */
  | { readonly type: 'broadcast'; readonly message: M; readonly except?: readonly HostName[] }
  /** Tells another role on the same host; first in first out, lost only in a crash. */
  | { readonly type: 'tell'; readonly role: string; readonly message: Message }
  /** Stores a value under a key, atomically; it survives a crash (with `storage: 'sync'`, once `sync` has followed). */
  | { readonly type: 'persist'; readonly key: string; readonly value: Value }
  | { readonly type: 'sync' }
  /** A client's operation begins, and ends: what a history of operations is made of. */
  | { readonly type: 'invoke'; readonly operation: string; readonly id: Value; readonly input: Value }
  | { readonly type: 'return'; readonly operation: string; readonly id: Value; readonly outcome: Outcome };

/** What a role is given when it starts, and again after a restart. */
export interface RoleInput<Params = Value> {
  /** What it has persisted before, by key; empty at the first start. */
  readonly stored: Readonly<Record<string, Value>>;
  /** The parameters that the scenario gives to this role on this host. */
  readonly params: Params;
}
