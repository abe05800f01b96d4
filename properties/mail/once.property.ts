import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { deposit } from '../../spec/mail/mailbox.ts';
import type { Data, Reply } from '../../spec/mail/messages.ts';
import type { MailContext } from '../../spec/mail/mta.ts';
import { mailProtocol } from '../../spec/mail/protocol.ts';
import { actsInstead } from '../shared/instead.ts';
import { aboutOf, boxedIn, showMta, unanswered, type World } from './sight.ts';

const copiesOf = (world: World): Readonly<Record<string, number>> => {
  const copies: Record<string, number> = {};
  for (const { id } of boxedIn(world)) copies[id] = (copies[id] ?? 0) + 1;
  return copies;
};

export const once = defineProperty(mailProtocol, {
  id: 'MAIL-ONCE',
  claim: 'While no session is cut, a mail is delivered once.',
  source: 'RFC 1047: Duplicate Messages and SMTP',
  holdsUnder: ['calm', 'everyCalm'],
  failsUnder: { relay: 'A session is cut between the final dot and the 250: both hosts have the mail, and it is sent again.' },
  always: { oneCopy: (world) => Object.values(copiesOf(world)).every((copies) => copies === 1) },
  sometimes: { oneIsDelivered: (world) => boxedIn(world).length > 0 },
  shows: { mta: showMta },
  mutants: {
    runsTheQueueTwice: {
      doc: 'A mail that was taken over stays in the queue.',
      after: 'Two queue runners over one spool without a lock.',
      roles: { mta: { actions: { dequeue: nothing } } },
    },
  },
});

export const duplicates = defineProperty(mailProtocol, {
  id: 'MAIL-DUPLICATES',
  claim: 'A mail is delivered at most once more than its sessions were cut.',
  source: 'RFC 1047',
  holdsUnder: ['relay', 'nobody', 'crowded', 'everyCut', 'everyDelivery'],
  monitors: { unanswered },
  always: {
    asManyAsCuts: (world) => {
      const counted = world.monitor('unanswered') as Readonly<Record<string, number>>;
      return Object.entries(copiesOf(world)).every(([id, copies]) => copies <= 1 + (counted[aboutOf(id)] ?? 0));
    },
  },
  sometimes: { oneArrivesTwice: (world) => Object.values(copiesOf(world)).some((copies) => copies > 1) },
  shows: { mta: showMta },
  mutants: {
    depositsTwice: {
      doc: 'A mail that comes into a box comes into it twice.',
      after: 'A delivery program that is run again because its exit code was lost.',
      roles: {
        mta: {
          actions: {
            accept: actsInstead<MailContext, Data>((context, { mail }) => ({
              context: { ...context, boxes: context.users[0] === 'ufar' ? deposit(context.boxes, 'ufar', mail) : context.boxes },
              effects: [{ type: 'reply', message: { type: 'Reply', id: mail.id, code: 250 } as Reply }],
            })),
          },
        },
      },
    },
  },
});
