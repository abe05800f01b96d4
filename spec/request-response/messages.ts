import * as z from 'zod';
import type { HostName } from '../../model/role/effect.ts';
import { hostName, message, type MessageType } from '../../model/role/message.ts';
import type { Value, ValueRecord } from '../../model/kernel/value.ts';

/** What a client asks a service to do: an operation by name, and its arguments. */
export type Call = ValueRecord & { readonly type: string };

/** What a service answers; an error is an answer too. */
export type Result = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: string };

/** Who a client says that it is, and what only that one should know. */
export type Credential = { readonly user: string; readonly secret: string };

/** The place of a request in its session. */
export type Stamp = { readonly session: string; readonly slot: number; readonly number: number };

export type Request = {
  readonly type: 'Request';
  readonly id: number;
  readonly call: Call;
  readonly credential?: Credential;
  readonly stamp?: Stamp;
};
export type Response = { readonly type: 'Response'; readonly id: number; readonly result: Result };
export type Cancel = { readonly type: 'Cancel'; readonly id: number };
export type Notice = { readonly type: 'Notice'; readonly notice: ValueRecord };

/** What a role on a host asks the client program beside it, and what that has learnt. */
export type Ask = { readonly type: 'Ask'; readonly onBehalfOf: Origin; readonly call: Call };
export type Learnt = { readonly type: 'Learnt'; readonly onBehalfOf: Origin; readonly result: Result };

/** The request for which something is asked. */
export type Origin = { readonly client: HostName; readonly id: number };

const value = z.custom<Value>((given) => given !== undefined);
const id = z.int().nonnegative();
const onBehalfOf = z.object({ client: hostName(), id });
const call = z.looseObject({ type: z.string() });
const result = z.union([z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), error: z.string() })]);

/** The messages of every service. */
export const requestResponseMessages = {
  Request: message({
    doc: 'A client asks a server to do something. The id is the same in every retransmission.',
    source: 'RFC 9110, 3.3: Connections, Clients, and Servers; RFC 5531, section 9: xid',
    fields: z.object({
      id,
      call,
      credential: z.object({ user: z.string(), secret: z.string() }).optional(),
      stamp: z.object({ session: z.string(), slot: id, number: id }).optional(),
    }),
    label: ({ id, call, stamp }) => `${id}: ${call.type}${stamp === undefined ? '' : ` (slot ${stamp.slot}, number ${stamp.number})`}`,
  }),
  Response: message({
    doc: 'The server answers the request with this id, with a value or an error.',
    source: 'RFC 9110, 3.4: Messages; RFC 5531, section 9: xid',
    fields: z.object({ id, result }),
    label: ({ id, result }) => `${id}: ${result.ok ? 'done' : result.error}`,
  }),
} satisfies Record<string, MessageType>;

/** A client takes a request back. */
export const cancelMessage = {
  Cancel: message({
    doc: 'A client no longer wants the answer to the request with this id.',
    source: 'RFC 9113, 5.4.2 and 7: RST_STREAM with CANCEL',
    fields: z.object({ id }),
    label: ({ id }) => String(id),
  }),
} satisfies Record<string, MessageType>;

/** A server tells a subscriber what it did not just ask for; each service says in its own words what that is. */
export const noticeMessage = (of: { readonly doc: string; readonly source: string; readonly label: (notice: ValueRecord) => string }) =>
  ({
    Notice: message({
      doc: of.doc,
      source: of.source,
      fields: z.object({ notice: z.record(z.string(), value) }),
      label: ({ notice }) => of.label(notice),
    }),
  }) satisfies Record<string, MessageType>;

/** A server that is a client: what passes between the two programs of one host. */
export const tierMessages = {
  Ask: message({
    doc: 'A server has its own client program ask for what it lacks.',
    source: 'RFC 9110, 3.7: Intermediaries',
    fields: z.object({ onBehalfOf, call }),
  }),
  Learnt: message({
    doc: 'The client program has been answered, or has given up.',
    source: 'RFC 9110, 3.7: Intermediaries',
    fields: z.object({ onBehalfOf, result }),
  }),
} satisfies Record<string, MessageType>;
