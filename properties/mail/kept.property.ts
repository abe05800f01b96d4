import { sameValue } from '../../model/property/consistency/values.ts';
import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import type { MailContext, MailStore } from '../../spec/mail/mta.ts';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { acting } from '../shared/acting.ts';
import { actsInstead } from '../shared/instead.ts';
import { bounceFor, boxedIn, fates, fatesIn, isBounce, queuedIn, showMta } from './sight.ts';

/** What a host holds. */
const parts = ['queue', 'boxes', 'written'] as const;

export const kept = defineProperty(mailProtocol, {
  id: 'MAIL-KEPT',
  claim:
    'A mail that a host has taken over is in the queue of one host at least, until it is delivered or comes back; none is lost, because each host stores what it holds before it says anything.',
  source: 'RFC 5321, 6.1: Reliable Delivery and Replies by Email',
  holdsUnder: ['relay', 'lossy', 'nobody', 'astray', 'gone', 'crowded', 'box', 'everyMail', 'everyCut', 'everyAstray'],
  monitors: { fates },
  always: {
    inOneQueueAtLeast: (world) => {
      const { owned, delivered, bounced } = fatesIn(world);
      const queued = new Set(queuedIn(world).map(({ id }) => id));
      const boxed = new Set(boxedIn(world).map(({ id }) => id));
      return owned.every((id) => isBounce(id) || queued.has(id) || boxed.has(id) || delivered.includes(id) || bounced.includes(bounceFor(id)));
    },
  },
  step: {
    storedAtOnce: (before, action, after) => {
      const by = acting(action);
      if (by?.role !== 'mta') return true;
      const [was, is] = [before.at('mta', by.host), after.at('mta', by.host)];
      if (was?.running !== true || is?.running !== true) return true;
      const kept = is.stored['mail'] as MailStore | undefined;
      return parts.every((part) => sameValue(is.context[part], was.context[part]) || (kept !== undefined && sameValue(is.context[part], kept[part])));
    },
  },
  sometimes: { oneIsDelivered: (world) => boxedIn(world).length > 0 },
  shows: { mta: showMta },
  mutants: {
    saysTakenTooEarly: {
      doc: 'A host says 250 before the mail is stored.',
      after: 'Mail that was acknowledged from memory, and was gone after the power was.',
      roles: { mta: { actions: { store: nothing } } },
    },
    dequeuesUnanswered: {
      doc: 'A queue entry is deleted when the session ends, whether 250 was heard or not.',
      after: 'A queue runner that unlinks the file after the final dot.',
      roles: { mta: { actions: { requeue: actsInstead<MailContext>((context) => ({ context: { ...context, queue: context.queue.slice(1) } })) } } },
    },
    takesNotNowForYes: {
      doc: 'Any reply after the final dot is taken for 250.',
      after: 'Clients that read the reply and not its code.',
      roles: { mta: { guards: { isTaken: () => true } } },
      under: 'crowded',
    },
    bouncesNothing: {
      doc: 'What cannot be delivered is dropped without a word.',
      after: 'Relays that are set to discard bounces.',
      domain: { bounceOf: () => null },
      under: 'nobody',
    },
  },
});
