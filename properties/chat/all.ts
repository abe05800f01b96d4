import type { Property } from '../../model/property/property.ts';
import { chat } from '../../spec/chat/protocol.ts';
import { answersEach } from '../shared/answers.ts';
import { callsPair } from '../shared/calls.ts';
import { onceOverEachConnection } from '../shared/connections.ts';
import { fifo, oneOrder } from './order.property.ts';
import { kept } from './kept.property.ts';
import { members, reaches } from './reaches.property.ts';

/** The claims about chat. */
export const chatProperties: readonly Property[] = [
  fifo,
  oneOrder,
  reaches,
  kept,
  members,
  callsPair(chat, { id: 'CHAT-CALLS', clients: ['chatter'], servers: ['channel'], prepares: true, holdsUnder: ['breaks', 'crash', 'everyCrash'] }),
  callsPair(chat, { id: 'CHAT-CALLS-AGAIN', clients: ['chatter'], servers: ['channel'], retries: 2, holdsUnder: ['datagrams', 'everyRetry'] }),
  onceOverEachConnection(chat, {
    id: 'CHAT-ONCE-OVER-EACH',
    clients: ['chatter'],
    holdsUnder: ['breaks', 'crash', 'everyCrash'],
    mutants: {
      saysAgainWhileItStands: {
        doc: 'A program sends a line again that the channel does not confirm in time, though the connection stands.',
        after: 'Messengers that repeat what is confirmed late, and a channel that has to sort it out.',
        domain: ({ chatter }) => ({ chatter: { ...chatter, reconnects: false } }),
        under: 'breaks',
      },
    },
  }),
  answersEach(chat, { id: 'CHAT-ANSWERS', server: 'channel', holdsUnder: ['breaks', 'crash', 'datagrams', 'everyCrash'] }),
];
