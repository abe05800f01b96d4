import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { chat } from '../../spec/chat/protocol.ts';
import type { Result } from '../../spec/request-response/messages.ts';
import { channelOf, type MonitorHere, showChannel, showChatter, type World } from './sight.ts';

/** By number: who was told that the line is in the channel. */
type Accepted = Readonly<Record<number, string>>;

const accepted: MonitorHere = {
  initial: {},
  next: (state, { host, role, effect }) => {
    if (role !== 'chatter' || effect.type !== 'return' || effect.operation !== 'PRIVMSG' || !effect.outcome.definite) return state;
    const result = effect.outcome.value as Result;
    return result.ok ? { ...(state as unknown as Accepted), [result.value as number]: host } : state;
  },
};

const acceptedIn = (world: World): readonly (readonly [number: string, author: string])[] =>
  Object.entries(world.monitor('accepted') as unknown as Accepted);

export const kept = defineProperty(chat, {
  id: 'CHAT-KEPT',
  claim: 'A line that was accepted is in the channel, under its number, whatever crashes.',
  source: 'IRCv3, chathistory; RFC 1813, 4.7: Synchronous modifying operations',
  holdsUnder: ['breaks', 'crash', 'everyCrash'],
  monitors: { accepted },
  always: {
    inTheChannel: (world) =>
      world.every('channel', (each) => {
        const { log } = channelOf(each);
        return acceptedIn(world).every(([number, author]) => log[Number(number) - 1]?.from === author);
      }),
  },
  sometimes: { twoAreAccepted: (world) => acceptedIn(world).length > 1 },
  shows: { channel: showChannel, chatter: showChatter },
  mutants: {
    keepsTheLogInMemory: {
      doc: 'The channel accepts a line and does not store it.',
      after: 'Chat servers whose backlog lives in memory: after an update the room is empty, and the numbers begin again.',
      roles: { channel: { actions: { store: nothing } } },
      under: 'crash',
    },
  },
});
