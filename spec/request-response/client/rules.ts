import type { Rule } from '../../../model/role/rule.ts';

/** The rules of a client. */
export const rules = {
  ask: {
    rule: 'CLIENT-1',
    source: 'RFC 9110, 3.3',
    says: 'A request has an id that no earlier request of this client has, not even before a crash.',
  },
  answer: { rule: 'CLIENT-2', source: 'RFC 5531, section 9', says: 'The response with the id of the request ends it; any other is not heard.' },
  again: {
    rule: 'CLIENT-3',
    source: 'RFC 1813, 4.5; RFC 5531, section 4',
    says: 'After a time-out the same request is sent again, with the same id; the time-out doubles.',
  },
  failOver: { rule: 'CLIENT-4', source: 'RFC 9110, 9.2.2', says: 'After so many time-outs the next server is asked.' },
  giveUp: {
    rule: 'CLIENT-5',
    source: 'RFC 5531, section 4',
    says: 'When all servers were asked in vain the outcome is indefinite: the request may or may not have taken effect.',
  },
  cut: { rule: 'CLIENT-6', source: 'RFC 9110, 9.2.2', says: 'A broken connection is a time-out that comes at once.' },
  cancel: {
    rule: 'CLIENT-7',
    source: 'RFC 9113, 5.4.2: RST_STREAM',
    says: 'A client may take its request back; whether it takes effect nevertheless is not known.',
  },
  heed: { rule: 'CLIENT-8', source: 'RFC 8030, section 6', says: 'A subscriber hears what it did not ask for just now.' },
  goOn: { rule: 'CLIENT-9', source: 'RFC 9110, 3.3', says: 'Some tasks take several calls: the next one follows from the answer.' },
  open: {
    rule: 'CLIENT-11',
    source: 'RFC 8881, 18.36: CREATE_SESSION',
    says: 'A client opens a session, and takes a free slot of it for each request.',
  },
  lost: {
    rule: 'CLIENT-12',
    source: 'RFC 8881, 2.10.6.2 and 15.1.11.1: NFS4ERR_BADSESSION',
    says: 'With its session the client has lost what became of its request; it opens another one for the next.',
  },
  reconnect: {
    rule: 'CLIENT-13',
    source: 'RFC 8881, 2.9.2: Client and Server Transport Behavior',
    says: 'A request is sent again only when its connection was lost, and over the next one.',
  },
  onBehalf: {
    rule: 'CLIENT-10',
    source: 'RFC 9110, 3.7: Intermediaries',
    says: 'What the server on its own host asks for, a client asks another server.',
  },
} as const satisfies Record<string, Rule>;
