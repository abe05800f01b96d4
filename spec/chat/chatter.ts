import { clientOver } from '../request-response/client.ts';
import type { Patience } from '../request-response/domain.ts';
import type { Line } from './channel.ts';

/** What a user's program remembers. */
export type ChatterMemory = {
  readonly name: string;
  readonly joined: boolean;
  /** The number of the last line that it knows of. */
  readonly heard: number;
  /** How much its user has said; each line is another one. */
  readonly said: number;
  /** What stands on the screen, in that order. */
  readonly shown: readonly Pick<Line, 'from' | 'text'>[];
};

/** Which lines a program shows. */
export interface ChatterRules {
  readonly patience: Patience;
  /** Whether it holds on to a connection; otherwise it sends again what is not answered. */
  readonly reconnects: boolean;
  /** Whether it goes through a list of servers; otherwise there is one, which has the channel. */
  readonly failsOver?: boolean;
  /** Whether it shows its user's own lines as they are typed; otherwise it waits until it is told of them like of any other. */
  readonly showsOwn: boolean;
  /** Whether a line is shown, after the one that it has heard last. */
  readonly shows: (line: Line, heard: number) => boolean;
  /** Whether it asks, once it has joined, for what was said meanwhile. */
  readonly asksForHistory: boolean;
}

/** A user's program in a channel. Source: RFC 2812, 3.2.1, 3.2.2, 3.3.1. */
export const chatterOver = ({ patience, reconnects, failsOver = false, showsOwn, shows, asksForHistory }: ChatterRules) => {
  const shown = (local: ChatterMemory, line: Line): ChatterMemory =>
    shows(line, local.heard)
      ? { ...local, heard: Math.max(local.heard, line.number), shown: [...local.shown, { from: line.from, text: line.text }] }
      : local;
  return clientOver<ChatterMemory>({
    id: 'chat.chatter',
    patience,
    reconnects,
    single: !failsOver,
    start: (params) => ({ name: (params as { readonly name: string }).name, joined: false, heard: 0, said: 0, shown: [] }),
    commands: {
      join: (local) => ({ call: { type: 'JOIN' }, local }),
      part: (local) => ({ call: { type: 'PART' }, local: { ...local, joined: false } }),
      say: (local) => {
        const text = `line ${local.said + 1}`;
        const own = showsOwn ? [{ from: local.name, text }] : [];
        return { call: { type: 'PRIVMSG', text }, local: { ...local, said: local.said + 1, shown: [...local.shown, ...own] } };
      },
    },
    heed: (local, notice) => (local.joined ? shown(local, notice as unknown as Line) : local),
    learn: (local, call, result) => {
      if (!result.ok) return local;
      if (call.type === 'JOIN') return { ...local, joined: true, heard: result.value as number };
      return call.type === 'CHATHISTORY' ? (result.value as unknown as readonly Line[]).reduce(shown, local) : local;
    },
    next: ({ heard }, call, result) => (call.type === 'JOIN' && result.ok && asksForHistory ? { type: 'CHATHISTORY', after: heard } : null),
  });
};
