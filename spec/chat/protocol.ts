import type { ValueRecord } from '../../model/kernel/value.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { command, type LocalView, role } from '../../model/role/role.ts';
import type { ServerDomain } from '../request-response/domain.ts';
import { replyCache } from '../request-response/ledger.ts';
import { noticeMessage, requestResponseMessages } from '../request-response/messages.ts';
import { serverOver } from '../request-response/server.ts';
import { channel } from './channel.ts';
import { type ChatterRules, chatterOver } from './chatter.ts';
import { scenarios } from './scenarios.ts';

/** What a channel and its users' programs are built from. */
export interface ChatDomain extends ServerDomain {
  readonly chatter: ChatterRules;
}

const patience = { answerMs: 1_000, retries: 2 };

/** With an echo, a replay and history: programs show the lines one after the other, and leave none out. */
export const usualChat: ChatDomain = {
  service: channel({ echoes: true, replays: true }),
  ledger: replyCache(16),
  chatter: { patience, reconnects: true, showsOwn: false, shows: ({ number }, heard) => number === heard + 1, asksForHistory: true },
};

/** As in RFC 2812: nobody is told of his own lines, and what was missed is missed. */
const plainChat: ChatDomain = {
  service: channel(),
  ledger: replyCache(16),
  chatter: { patience, reconnects: true, showsOwn: true, shows: ({ number }, heard) => number > heard, asksForHistory: false },
};

/** Without connections: what is not answered is sent again. */
const sendingAgain: ChatDomain = { ...usualChat, chatter: { ...usualChat.chatter, reconnects: false } };

export const rolesOver = (domain: ChatDomain) => {
  const chatter = chatterOver(domain.chatter);
  /** Possible for one who is in the channel, or is not. */
  const when =
    (joined: boolean) =>
    ({ value, context: { local } }: LocalView<typeof chatter>): readonly ValueRecord[] =>
      value === 'idle' && local.joined === joined ? [{}] : [];
  return {
    chatter: role(chatter, {
      doc: "A user's program in a channel.",
      talksTo: ['channel'],
      commands: {
        join: command<typeof chatter>({ doc: 'Joins the channel.', values: when(false) }),
        part: command<typeof chatter>({ doc: 'Leaves the channel.', values: when(true) }),
        say: command<typeof chatter>({ doc: 'Says something.', values: when(true) }),
      },
    }),
    channel: role(serverOver(domain), { doc: 'A channel on a chat server.', talksTo: ['chatter'] }),
  };
};

export type ChatRoles = ReturnType<typeof rolesOver>;

/** What a channel tells its members. */
export const chatNotice = noticeMessage({
  doc: 'The channel tells a member what somebody has said.',
  source: 'RFC 2812, 3.3.1: Private messages',
  label: ({ number, from, text }) => `${String(number)}: ${String(from)}: ${String(text)}`,
});

/** A channel and its users. */
export const chat = defineProtocol({
  id: 'chat',
  doc: 'What one says in a channel, all who have joined see, in the order in which it was said.',
  source: 'RFC 2811; RFC 2812; IRCv3 echo-message and chathistory',
  messages: { ...requestResponseMessages, ...chatNotice },
  domains: { usual: usualChat, plain: plainChat, sendingAgain },
  roles: rolesOver,
  scenarios,
});
