import type { ValueRecord } from '../../../model/kernel/value.ts';
import type { Delivered, HostName, LinkEvent } from '../../../model/role/effect.ts';
import type { Patience } from '../domain.ts';
import type { ClientSession } from './sessions.ts';
import type { Ask, Call, Credential, Notice, Request, Response, Result } from '../messages.ts';

/** What a client asks for: how its user's commands become calls. What it does without is left out. */
export interface Asking<Local extends ValueRecord> {
  readonly id: string;
  readonly patience: Patience;
  /** What the client remembers between calls; it is stored with every call, and survives a crash. */
  readonly start: (params: unknown) => Local;
  /** By command: the call that it becomes, and what is remembered. */
  readonly commands: Readonly<Record<string, (local: Local, command: ValueRecord) => { readonly call: Call; readonly local: Local }>>;
  /** What is remembered of an answer. */
  readonly learn?: (local: Local, call: Call, result: Result) => Local;
  /** The next call of the same task, given what was just learnt; null ends the task. */
  readonly next?: (local: Local, call: Call, result: Result) => Call | null;
  /** Whether a call may be sent again without knowing what became of it; all may, where this is left out. */
  readonly isRepeatable?: (call: Call) => boolean;
  /** Whether there is one server that can do it, so that nobody else is asked when that is silent. */
  readonly single?: boolean;
  /** Whether its user may take a request back, and whether the server is told of it. */
  readonly cancels?: 'telling' | 'silently';
  /** What is remembered of a notice. */
  readonly heed?: (local: Local, notice: ValueRecord, from: HostName) => Local;
  /** Whether it numbers its requests in sessions. */
  readonly sessions?: boolean;
  /** Whether it waits for a broken connection to come back, and sends its request again; it does not do so while the connection stands. */
  readonly reconnects?: boolean;
  /** The server program on the same host for which it asks others. */
  readonly onBehalfOf?: string;
}

/** A call that was not answered yet. */
export type Pending = { readonly id: number; readonly call: Call };

export type ClientContext<Local> = {
  readonly servers: readonly HostName[];
  readonly credential: Credential | null;
  /** Which of them is asked. */
  readonly server: number;
  readonly pending: Pending | null;
  /** Retransmissions to the present server, and servers tried for this call. */
  readonly attempt: number;
  readonly tried: number;
  readonly nextId: number;
  readonly local: Local;
  /** The call that the answer just heard leads to. */
  readonly next: Call | null;
  readonly session: ClientSession | null;
  /** The id of the request for a session, while that is out. */
  readonly opening: number | null;
  /** Servers to which no connection stands, sorted; where it minds them. */
  readonly cut: readonly HostName[];
  /** What the server beside it wants to know; the first is asked now, where `serving` is true. */
  readonly asks: readonly Ask[];
  readonly serving: boolean;
};

export type Command = { readonly type: string } & ValueRecord;

export type ClientEvent = Delivered<Response | Notice | Ask> | LinkEvent | Command;
export type ClientMessage = Request | { readonly type: 'Cancel'; readonly id: number };
