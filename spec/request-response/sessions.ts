import type { HostName } from '../../model/role/effect.ts';
import type { Ledger } from './ledger.ts';
import type { Request, Result } from './messages.ts';
import { answer, failure } from './service.ts';

/**
 * Sessions and slots: a client numbers its requests in each slot, and the server remembers the last one of each, with its
 * answer. So it needs to remember no more than it has granted slots. Source: RFC 8881, 2.10.6.
 */

/** What a server knows of one slot: the number of the last request that was executed there, and its answer. */
type Slot = { readonly number: number; readonly result: Result | null };

type Session = { readonly client: HostName; readonly slots: readonly Slot[] };

export type Sessions = {
  /** Sessions that were ever opened; it survives a crash, so that no two have the same name. */
  readonly opened: number;
  /** By name. */
  readonly open: Readonly<Record<string, Session>>;
  /** The last session that each client has asked for, so that a request which comes twice opens one. */
  readonly asked: Readonly<Record<HostName, { readonly id: number; readonly result: Result }>>;
};

/** The call that opens a session; servers with sessions execute no other outside of one. */
export const createSession = 'createSession';

/** The error that tells a client that its session is gone. */
export const badSession = 'bad session';

interface SlotRules {
  readonly slots: number;
  /** Whether sessions survive a restart of the server, together with its state. */
  readonly persistent: boolean;
  /** Whether a request is the one that was executed last in its slot. */
  readonly isLast?: (number: number, last: number) => boolean;
  readonly isNext?: (number: number, last: number) => boolean;
}

const unused: Slot = { number: 0, result: null };

/** Remembers the last answer of each slot. */
export const slotted = ({
  slots,
  persistent,
  isLast = (number, last) => number === last,
  isNext = (number, last) => number === last + 1,
}: SlotRules): Ledger<Sessions> => ({
  start: { opened: 0, open: {}, asked: {} },
  refuses: true,
  find: ({ open, asked }, client, { id, call, stamp }) => {
    if (call.type === createSession) {
      const last = asked[client];
      if (last === undefined || id > last.id) return { kind: 'new' };
      return id === last.id ? { kind: 'answered', result: last.result } : { kind: 'refused', result: failure('misordered') };
    }
    const session = stamp === undefined ? undefined : open[stamp.session];
    const slot = session?.slots[stamp?.slot ?? 0];
    if (stamp === undefined || session === undefined || session.client !== client || slot === undefined)
      return { kind: 'refused', result: failure(badSession) };
    if (isNext(stamp.number, slot.number)) return { kind: 'new' };
    if (isLast(stamp.number, slot.number) && slot.result !== null) return { kind: 'answered', result: slot.result };
    return { kind: 'refused', result: failure('misordered') };
  },
  note: (sessions, client, request, result) => {
    const { stamp } = request;
    const session = stamp === undefined ? undefined : sessions.open[stamp.session];
    if (stamp === undefined || session === undefined) return sessions;
    const noted = session.slots.map((slot, at) => (at === stamp.slot ? { number: stamp.number, result } : slot));
    return { ...sessions, open: { ...sessions.open, [stamp.session]: { client, slots: noted } } };
  },
  opens: (sessions, client, { id, call }: Request) => {
    if (call.type !== createSession) return null;
    const opened = sessions.opened + 1;
    const name = `s${opened}`;
    const result = answer({ session: name, slots });
    // A client has one session here: with a new one it gives its last one up.
    const others = Object.fromEntries(Object.entries(sessions.open).filter(([, session]) => session.client !== client));
    const open = { ...others, [name]: { client, slots: Array.from({ length: slots }, () => unused) } };
    return { memory: { ...sessions, opened, open, asked: { ...sessions.asked, [client]: { id, result } } }, result };
  },
  stored: (sessions) => (persistent ? sessions : { ...sessions, open: {}, asked: {} }),
});
