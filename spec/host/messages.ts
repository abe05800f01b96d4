import * as z from 'zod';
import { message, type MessageType } from '../../model/role/message.ts';

export type Echo = { readonly type: 'Echo'; readonly sequence: number };
export type EchoReply = { readonly type: 'EchoReply'; readonly sequence: number };

const fields = z.object({ sequence: z.int().nonnegative() });

export const messages = {
  Echo: message({ doc: 'Asks a host whether it is there.', source: 'RFC 792, Echo Message', fields, label: ({ sequence }) => String(sequence) }),
  EchoReply: message({ doc: 'It is.', source: 'RFC 792, Echo Reply Message', fields, label: ({ sequence }) => String(sequence) }),
} satisfies Record<string, MessageType>;
