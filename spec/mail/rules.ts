import type { Rule } from '../../model/role/rule.ts';

/** The rules of a mail host. */
export const rules = {
  write: { rule: 'MAIL-1', source: 'RFC 6409, section 3: Message Submission', says: 'What a user has written is in the queue of his host.' },
  take: {
    rule: 'MAIL-2',
    source: 'RFC 5321, 4.2.5 and 6.1',
    says: 'A mail is stored, and then 250 is said: from here on this host is responsible for it.',
  },
  defer: { rule: 'MAIL-3', source: 'RFC 5321, 4.2.1: transient negative completion', says: 'Without room in the queue: not now.' },
  refuse: {
    rule: 'MAIL-4',
    source: 'RFC 5321, 4.2.1: permanent negative completion; 6.3: loop detection',
    says: 'Nobody of that name, no way there, or too many hosts on its way: never.',
  },
  send: { rule: 'MAIL-5', source: 'RFC 5321, 4.5.4.1: Sending Strategy', says: 'The first mail of the queue is offered to the next host.' },
  taken: { rule: 'MAIL-6', source: 'RFC 5321, 4.2.5', says: 'After 250 it is the other host that owns the mail; it leaves the queue.' },
  cut: {
    rule: 'MAIL-7',
    source: 'RFC 1047; RFC 5321, 4.5.3.2.6: DATA Termination, 10 minutes',
    says: 'Without a reply the mail stays in the queue, although the other host may have taken it over: rather twice than never.',
  },
  again: { rule: 'MAIL-8', source: 'RFC 5321, 4.5.4.1', says: 'What was not taken over is offered again later, behind the others.' },
  bounce: {
    rule: 'MAIL-9',
    source: 'RFC 5321, 4.5.5 and 6.1',
    says: 'What is refused for good, or was tried often enough, is sent back as a notice with a null reverse-path; a notice is dropped.',
  },
  noWay: {
    rule: 'MAIL-11',
    source: 'RFC 5321, 5.1: no host to be found for the domain; 4.5.5 and 6.1',
    says: 'Mail for which there is no way on does not wait for one: it is sent back at once as a notice, and a notice is dropped.',
  },
  serve: { rule: 'MAIL-10', source: 'RFC 9051, 6.4', says: 'The owner of a box lists it, and removes mails by their numbers.' },
} as const satisfies Record<string, Rule>;
