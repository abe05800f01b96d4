import { defineProperty } from '../../model/property/property.ts';
import { chat, usualChat } from '../../spec/chat/protocol.ts';
import { replyCache } from '../../spec/request-response/ledger.ts';
import { screenOf, showChannel, showChatter } from './sight.ts';

const shows = { channel: showChannel, chatter: showChatter };

/** The number that a line has among those of its author: they say `line 1`, `line 2`. */
const ordinal = (line: string): number => Number(line.split(' ').at(-1));
const author = (line: string): string => line.split(':')[0] as string;

const inOrder = (screen: readonly string[]): boolean =>
  screen.every((line, at) => screen.slice(0, at).every((earlier) => author(earlier) !== author(line) || ordinal(earlier) < ordinal(line)));

export const fifo = defineProperty(chat, {
  id: 'CHAT-FIFO',
  claim: 'What one person says is seen in the order in which it was said, each line once.',
  source: 'common sentence HOST-MANY: chat is first in first out by sender; RFC 2812, 3.3.1',
  holdsUnder: ['breaks', 'crash', 'plain', 'everyLine', 'everyTalk'],
  failsUnder: { datagrams: 'A line that was given up arrives after the next one.' },
  always: { firstInFirstOut: (world) => world.all('chatter').every((chatter) => inOrder(screenOf(chatter))) },
  sometimes: {
    twoOfOne: (world) => world.some('chatter', (chatter) => screenOf(chatter).filter((line) => author(line) === 'cleo').length === 2),
  },
  shows,
  mutants: {
    showsWhateverComes: {
      doc: 'A program shows each line that it is told, though it has it already.',
      after: 'A bouncer that replays its buffer: after every lost connection the last lines stand there twice.',
      domain: { chatter: { ...usualChat.chatter, shows: () => true } },
    },
    saysTwice: {
      doc: 'The server does not know a line again that comes over the next connection.',
      after: 'Messages that are sent again after a reconnect without an id, and appear twice.',
      domain: { ledger: replyCache(0) },
    },
  },
});

/** Whether two screens that show the same lines show them in the same order. */
const agree = (one: readonly string[], other: readonly string[]): boolean => {
  const common = one.filter((line) => other.includes(line));
  return other.filter((line) => one.includes(line)).every((line, at) => line === common[at]);
};

export const oneOrder = defineProperty(chat, {
  id: 'CHAT-ONE-ORDER',
  claim: 'All members see the lines of a channel in the same order.',
  source: 'IRCv3, echo-message; Birman and Joseph 1987: ABCAST',
  holdsUnder: ['breaks', 'crash', 'everyTalk'],
  failsUnder: { plain: 'Each program shows the lines of its own user as they are typed: two who speak at once see themselves first.' },
  always: {
    sameForAll: (world) => {
      const screens = world.all('chatter').map(screenOf);
      return screens.every((one, at) => screens.slice(0, at).every((other) => agree(one, other)));
    },
  },
  sometimes: {
    twoSpeak: (world) => world.some('chatter', (chatter) => new Set(screenOf(chatter).map(author)).size > 1),
    bothSee: (world) => world.count('chatter', (chatter) => screenOf(chatter).length > 1) > 1,
  },
  shows,
  mutants: {
    echoesLocally: {
      doc: 'A program shows the lines of its own user before the server has put them in order.',
      after: 'Clients that draw what is typed at once, and the rest of the room below it.',
      domain: { chatter: { ...usualChat.chatter, showsOwn: true, shows: ({ number }, heard) => number > heard } },
    },
  },
});
