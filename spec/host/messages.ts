import * as z from 'zod';
import { hostName, message, type MessageType } from '../../model/role/message.ts';

export type Echo = { readonly type: 'Echo'; readonly sequence: number };
export type EchoReply = { readonly type: 'EchoReply'; readonly sequence: number };

/** A frame that is for all, on one of the cables between two. */
export type Frame = { readonly type: 'Frame'; readonly source: string; readonly number: number; readonly cable: number };

const fields = z.object({ sequence: z.int().nonnegative() });

export const messages = {
  Echo: message({ doc: 'Asks a host whether it is there.', source: 'RFC 792, Echo Message', fields, label: ({ sequence }) => String(sequence) }),
  EchoReply: message({ doc: 'It is.', source: 'RFC 792, Echo Reply Message', fields, label: ({ sequence }) => String(sequence) }),
  Frame: message({
    doc: 'A frame for all stations of the LAN. It says nothing of where it has been, so nobody sees that it goes round.',
    source: 'IEEE 802.3, 3.2: Elements of the MAC frame',
    fields: z.object({ source: hostName(), number: z.int().positive(), cable: z.int().positive() }),
    label: ({ source, number, cable }) => `${source} ${number}${cable > 1 ? `, cable ${cable}` : ''}`,
  }),
} satisfies Record<string, MessageType>;
