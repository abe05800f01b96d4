import type { HostName } from '../../../model/role/effect.ts';
import type { Result, Stamp } from '../messages.ts';

/** A client's side of a session: which slot its next request takes, and with which number. Source: RFC 8881, 2.10.6. */

/** A slot whose last request is in doubt may not be used again: the server might take the next request for it. */
type Slot = { readonly next: number; readonly inDoubt: boolean };

export type ClientSession = {
  readonly server: HostName;
  readonly name: string;
  readonly slots: readonly Slot[];
  /** The slot of the request that is out. */
  readonly used: number;
};

/** The session that a server has opened. */
export const sessionIn = (server: HostName, result: Result): ClientSession | null => {
  if (!result.ok) return null;
  const { session, slots } = result.value as { readonly session: string; readonly slots: number };
  return { server, name: session, slots: Array.from({ length: slots }, () => ({ next: 1, inDoubt: false })), used: 0 };
};

const freeSlot = ({ slots }: ClientSession): number => slots.findIndex(({ inDoubt }) => !inDoubt);

/** Whether the next request may be sent to this server in this session. */
export const hasFreeSlot = (session: ClientSession | null, server: HostName | undefined): boolean =>
  session !== null && session.server === server && freeSlot(session) >= 0;

export const taken = (session: ClientSession): ClientSession => ({ ...session, used: freeSlot(session) });

export const stampIn = ({ name, slots, used }: ClientSession): Stamp => ({ session: name, slot: used, number: slots[used]?.next ?? 0 });

const changed = (session: ClientSession, to: (slot: Slot) => Slot): ClientSession => ({
  ...session,
  slots: session.slots.map((slot, at) => (at === session.used ? to(slot) : slot)),
});

/** The request was answered: the slot is free for the next number. */
export const answered = (session: ClientSession): ClientSession => changed(session, ({ next }) => ({ next: next + 1, inDoubt: false }));

/** The request was given up or taken back, and its answer may still come. */
export const doubted = (session: ClientSession): ClientSession => changed(session, ({ next }) => ({ next, inDoubt: true }));
