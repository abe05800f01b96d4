import * as z from 'zod';
import { message, type MessageType } from '../../model/role/message.ts';
import type { Value, ValueRecord } from '../../model/kernel/value.ts';

/** What a client asks a service to do: an operation by name, and its arguments. */
export type Call = ValueRecord & { readonly type: string };

/** What a service answers; an error is an answer too. */
export type Result = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: string };

export type Request = { readonly type: 'Request'; readonly id: number; readonly call: Call };
export type Response = { readonly type: 'Response'; readonly id: number; readonly result: Result };

const value = z.custom<Value>((given) => given !== undefined);

/** The messages of every service. */
export const requestResponseMessages = {
  Request: message({
    doc: 'A client asks a server to do something. The id is the same in every retransmission.',
    source: 'RFC 9110, 3.3: Connections, Clients, and Servers; RFC 5531, section 9: xid',
    fields: z.object({ id: z.int().nonnegative(), call: z.looseObject({ type: z.string() }) }),
    label: ({ id, call }) => `${id}: ${call.type}`,
  }),
  Response: message({
    doc: 'The server answers the request with this id, with a value or an error.',
    source: 'RFC 9110, 3.4: Messages; RFC 5531, section 9: xid',
    fields: z.object({
      id: z.int().nonnegative(),
      result: z.union([z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), error: z.string() })]),
    }),
    label: ({ id, result }) => `${id}: ${result.ok ? 'done' : result.error}`,
  }),
} satisfies Record<string, MessageType>;
