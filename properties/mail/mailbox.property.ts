import { defineProperty } from '../../model/property/property.ts';
import { mailbox } from '../../spec/mail/mailbox.ts';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import type { Request } from '../../spec/request-response/messages.ts';
import { delivered } from '../shared/delivered.ts';
import { boxedIn, showMta } from './sight.ts';

export const removesWhatWasSeen = defineProperty(mailProtocol, {
  id: 'MAILBOX',
  claim: 'A program removes from a box only the mail that it has seen and meant, whatever another program removes meanwhile.',
  source: 'RFC 9051, 2.3.1: message numbers',
  holdsUnder: ['box', 'desk', 'everyBox'],
  step: {
    removesWhatWasAskedFor: (before, action, after) => {
      const request = delivered(before, action, after) as Request | null;
      if (action.type !== 'Deliver' || action.crashAfter !== undefined || action.toRole !== 'mta' || request?.call?.type !== 'remove') return true;
      const { user, uid } = request.call as { readonly user?: string; readonly uid?: number };
      return after.every(
        'mta',
        ({ host, context: { boxes } }) => host !== action.to || !(boxes.of[user ?? ''] ?? []).some((kept) => kept.uid === uid),
      );
    },
    onlyWhatWasMeant: (before, action, after) => {
      if (action.type !== 'Deliver' || action.message !== 'Request') return true;
      const left = boxedIn(after).map(({ id }) => id);
      const gone = boxedIn(before).filter(({ id }) => !left.includes(id));
      const asking = before.all('reader').find(({ host }) => host === action.from);
      return gone.every(({ id }) => asking?.context.local.seen.some((seen) => seen.id === id) ?? false);
    },
    oneAtATime: (before, action, after) => action.type === 'Crash' || boxedIn(before).length - boxedIn(after).length <= 1,
  },
  sometimes: { bothHaveSeenOne: (world) => world.count('reader', ({ context }) => context.local.seen.length > 0) === 2 },
  shows: { mta: showMta },
  mutants: {
    countsPlaces: {
      doc: 'A mail is named by its place in the box.',
      after: 'Message numbers that shift when another client removes a mail: the wrong one is deleted.',
      domain: { mailbox: mailbox((_, position, wanted) => position === wanted) },
    },
  },
});
