import type { HostName } from '../../model/role/effect.ts';
import { answer, failure, type Notification, type Service, unknownOperation } from '../request-response/service.ts';

/** What somebody has said; lines are numbered from one. */
export type Line = { readonly number: number; readonly from: HostName; readonly text: string };

export type Channel = {
  /** Who has joined, and the last line that had been said before. */
  readonly members: Readonly<Record<HostName, number>>;
  readonly log: readonly Line[];
};

/** Source: RFC 2812, 5.1: ERR_CANNOTSENDTOCHAN. */
const cannotSend = '404 cannot send to channel';

/** How a channel tells its members; what is left out is as RFC 2812 has it. */
export interface ChannelRules {
  /** Whether a line is told to the one who says it, too. Source: IRCv3, echo-message. */
  readonly echoes?: boolean;
  /** Whether those who come back are told what they may have missed. Source: IRCv3, chathistory. */
  readonly replays?: boolean;
  /** Whether somebody who parts is a member no more. Source: RFC 2812, 3.2.2. */
  readonly letsGo?: boolean;
}

/** A channel on a chat server. Source: RFC 2811; RFC 2812. */
export const channel = ({ echoes = false, replays = false, letsGo = true }: ChannelRules = {}): Service<Channel> => {
  const after = ({ log }: Channel, number: number): readonly Line[] => log.filter((line) => line.number > number);
  const audience = ({ members }: Channel, from: HostName): readonly HostName[] =>
    Object.keys(members)
      .filter((member) => echoes || member !== from)
      .sort();
  const told = (line: Line, members: readonly HostName[]): readonly Notification[] => members.map((to) => ({ to, notice: line }));

  return {
    doc: 'A channel: its members are told what each of them says.',
    start: { members: {}, log: [] },
    isSafe: ({ type }) => type === 'CHATHISTORY',
    ...(replays
      ? { outstanding: (state) => Object.entries(state.members).flatMap(([to, since]) => after(state, since).map((notice) => ({ to, notice }))) }
      : {}),
    apply: (state, call, caller) => {
      const { members, log } = state;
      switch (call.type) {
        case 'JOIN':
          return { state: { members: { ...members, [caller]: log.length }, log }, result: answer(log.length) };
        case 'PART': {
          const { [caller]: _, ...others } = members;
          return { state: letsGo ? { members: others, log } : state, result: answer(null) };
        }
        case 'PRIVMSG': {
          if (members[caller] === undefined) return { state, result: failure(cannotSend) };
          const line: Line = { number: log.length + 1, from: caller, text: call['text'] as string };
          return { state: { members, log: [...log, line] }, result: answer(line.number), notices: told(line, audience(state, caller)) };
        }
        case 'CHATHISTORY':
          return { state, result: members[caller] === undefined ? failure(cannotSend) : answer(after(state, call['after'] as number)) };
        default:
          return { state, result: unknownOperation(call) };
      }
    },
  };
};
