import type { Patience } from '../request-response/domain.ts';
import type { Service } from '../request-response/service.ts';
import { type Boxes, mailbox } from './mailbox.ts';
import type { Mail } from './messages.ts';

/** What mail hosts are built from. */
export interface MailDomain {
  /** How often a host tries to pass a mail on, before it gives up. Source: RFC 5321, 4.5.4.1 (four to five days). */
  readonly maxAttempts: number;
  /** A mail that was taken over so often goes round in circles. Source: RFC 5321, 6.3. */
  readonly maxHops: number;
  /** How many mails a queue holds; no further one is taken. */
  readonly room: number;
  /** The notice that a mail cannot be delivered; none of a notice. Source: RFC 5321, 4.5.5 and 6.1. */
  readonly bounceOf: (mail: Mail) => Mail | null;
  readonly mailbox: Service<Boxes>;
  /** How often a reader asks. */
  readonly patience: Patience;
  /** Whether its clients wait for a broken connection to come back; otherwise they turn to the next server. */
  readonly reconnects?: boolean;
}

export const usualMail: MailDomain = {
  maxAttempts: 3,
  maxHops: 4,
  room: 4,
  bounceOf: ({ id, from }) => (from === null ? null : { id: `${id}!`, from: null, to: from, hops: 0 }),
  mailbox: mailbox(),
  patience: { answerMs: 1_000, retries: 2 },
};
