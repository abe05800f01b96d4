import * as z from 'zod';
import { message, type MessageType } from '../../model/role/message.ts';
import { requestResponseMessages } from '../request-response/messages.ts';

/** A mail on its way. The null reverse-path is that of a bounce, which nobody is to answer. Source: RFC 5321, 4.5.5. */
export type Mail = {
  readonly id: string;
  readonly from: string | null;
  readonly to: string;
  /** The hosts that have taken it over; real mail counts its Received lines. */
  readonly hops: number;
};

/** Taken over; not now; never. Source: RFC 5321, 4.2. */
export type Code = 250 | 451 | 550;

export type Data = { readonly type: 'Data'; readonly mail: Mail };
export type Reply = { readonly type: 'Reply'; readonly id: string; readonly code: Code };

const mail = z.object({ id: z.string(), from: z.string().nullable(), to: z.string(), hops: z.int().nonnegative() });

export const messages = {
  Data: message({
    doc: 'A whole mail transaction: reverse-path, recipient, and the text up to the final dot.',
    source: 'RFC 5321, 3.3: Mail Transactions',
    fields: z.object({ mail }),
    label: ({ mail }) => `${mail.id} to ${mail.to}`,
  }),
  Reply: message({
    doc: 'What the receiver says after the final dot. The id stands for the place in the session.',
    source: 'RFC 5321, 4.2.5: Reply Codes after DATA',
    fields: z.object({ id: z.string(), code: z.literal([250, 451, 550]) }),
    label: ({ id, code }) => `${code} ${id}`,
  }),
  ...requestResponseMessages,
} satisfies Record<string, MessageType>;
