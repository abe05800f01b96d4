import type { Rule } from '../../../model/role/rule.ts';

/** The rules of a server. */
export const rules = {
  execute: {
    rule: 'SERVER-1',
    source: 'RFC 9110, 3.3; RFC 1813, 4.5',
    says: 'A request is executed; the new state is stored with the answer, and then the answer is sent.',
  },
  again: {
    rule: 'SERVER-2',
    source: 'RFC 1813, 4.5: duplicate request cache',
    says: 'A request that was executed before is answered as before, and not executed again.',
  },
  safe: {
    rule: 'SERVER-3',
    source: 'RFC 9110, 9.2.1: Safe Methods',
    says: 'A request that changes nothing is answered from the present state; nothing of it is stored or remembered.',
  },
  refuse: {
    rule: 'SERVER-4',
    source: 'RFC 8881, 2.10.6.1: Slot Identifiers and Reply Cache',
    says: 'A request that its session does not allow now is refused, and not executed.',
  },
  open: {
    rule: 'SERVER-15',
    source: 'RFC 8881, 18.36: CREATE_SESSION',
    says: 'A client opens a session, in whose slots it then numbers its requests.',
  },
  deny: {
    rule: 'SERVER-5',
    source: 'RFC 9110, 15.5.2 and 15.5.4: 401 and 403',
    says: 'Whoever does not prove to be a user who was granted it learns nothing, and changes nothing; who was revoked while a request waited is denied when its turn comes.',
  },
  grant: { rule: 'SERVER-6', source: 'RFC 2904, section 2: authorization', says: 'The administrator lets a user act, and takes it back.' },
  busy: { rule: 'SERVER-7', source: 'RFC 9110, 15.6.4: 503', says: 'When its queue is full a server answers that it is busy.' },
  enqueue: { rule: 'SERVER-8', source: 'Kurose and Ross, Computer Networking, 1.4: queueing', says: 'A request waits until the processor is free.' },
  queued: { rule: 'SERVER-9', source: 'RFC 1813, 4.5: requests in progress', says: 'A request that waits already does not wait twice.' },
  work: { rule: 'SERVER-10', source: 'Kurose and Ross, Computer Networking, 1.4', says: 'The processor does one request after the other.' },
  cancel: { rule: 'SERVER-11', source: 'RFC 9113, 7: CANCEL', says: 'A request that is taken back before it was begun is not executed.' },
  ask: {
    rule: 'SERVER-12',
    source: 'RFC 9110, 3.7: Intermediaries',
    says: 'What a server lacks it asks for, through the client program on its own host.',
  },
  goOn: { rule: 'SERVER-13', source: 'RFC 9110, 3.7', says: 'With the answer from behind, a request is carried out and answered.' },
  tellAgain: {
    rule: 'SERVER-14',
    source: 'RFC 8030, 6.2: Acknowledgement of Message Delivery',
    says: 'What subscribers have not acknowledged is told again: from time to time, and when they connect.',
  },
  elapse: {
    rule: 'SERVER-16',
    source: 'RFC 8881, 8.3: Lease Renewal',
    says: 'While something is granted for a time, the server counts the units of its clock, and what has none left is taken back.',
  },
} as const satisfies Record<string, Rule>;
