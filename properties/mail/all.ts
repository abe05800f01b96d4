import type { Property } from '../../model/property/property.ts';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { callsPair } from '../shared/calls.ts';
import { oneReply } from './replies.property.ts';
import { delivered, noLoop } from './ends.property.ts';
import { kept } from './kept.property.ts';
import { offersPair } from './offers.property.ts';
import { removesWhatWasSeen } from './mailbox.property.ts';
import { duplicates, once } from './once.property.ts';

/** The claims about mail. */
export const mailProperties: readonly Property[] = [
  kept,
  duplicates,
  once,
  delivered,
  noLoop,
  removesWhatWasSeen,
  oneReply,
  offersPair,
  callsPair(mailProtocol, { id: 'MAIL-CALLS', clients: ['reader'], servers: ['mta'], retries: 2, holdsUnder: ['box', 'desk', 'everyBox'] }),
];
