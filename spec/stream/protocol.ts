import type { ValueRecord } from '../../model/kernel/value.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { command, type LocalView, role } from '../../model/role/role.ts';
import { whenIdle } from '../request-response/commands.ts';
import type { ServerDomain } from '../request-response/domain.ts';
import { replyCache } from '../request-response/ledger.ts';
import { noticeMessage, requestResponseMessages } from '../request-response/messages.ts';
import { serverOver } from '../request-response/server.ts';
import { listenerOver, type StreamRules, studioOver, usualListening } from './clients.ts';
import { scenarios } from './scenarios.ts';
import { station } from './station.ts';

/** What a station, its studio and its listeners are built from. */
export interface StreamDomain extends ServerDomain {
  readonly rules: StreamRules;
}

const patience = { answerMs: 1_000, retries: 2 };

/** Packets over datagrams. Source: RFC 3550. */
const datagrams: StreamDomain = { service: station, ledger: replyCache(16), rules: { patience, reconnects: false, ...usualListening } };

/** Packets between requests and responses on one connection. Source: RFC 2326, 10.12. */
export const interleaved: StreamDomain = { ...datagrams, rules: { ...datagrams.rules, reconnects: true } };

export const rolesOver = (domain: StreamDomain) => {
  const [listener, studio] = [listenerOver(domain.rules), studioOver(domain.rules)];
  /** Possible for one who listens, or does not. */
  const when =
    (playing: boolean) =>
    ({ value, context: { local } }: LocalView<typeof listener>): readonly ValueRecord[] =>
      value === 'idle' && local.playing === playing ? [{}] : [];
  return {
    listener: role(listener, {
      doc: 'Plays what comes.',
      talksTo: ['station'],
      commands: {
        play: command<typeof listener>({ doc: 'Tunes in.', values: when(false) }),
        teardown: command<typeof listener>({ doc: 'Switches off.', values: when(true) }),
      },
    }),
    studio: role(studio, {
      doc: 'Plays one frame after the other.',
      talksTo: ['station'],
      commands: { send: command<typeof studio>({ doc: 'Plays the next frame.', values: whenIdle({}), fair: true }) },
    }),
    station: role(serverOver(domain), { doc: 'Passes the packets on to all who listen.', talksTo: ['listener', 'studio'] }),
  };
};

export type StreamRoles = ReturnType<typeof rolesOver>;

/** What a station sends to its listeners. */
export const streamNotice = noticeMessage({
  doc: 'A packet of the stream.',
  source: 'RFC 3550, 5.1: RTP Fixed Header Fields',
  label: ({ sequence, frame }) => `${String(sequence)}: frame ${String(frame)}`,
});

/** A station and its listeners. */
export const stream = defineProtocol({
  id: 'stream',
  doc: 'A station sends packets to its listeners, which play what comes in time and count what is missing.',
  source: 'RFC 3550; RFC 2326',
  messages: { ...requestResponseMessages, ...streamNotice },
  domains: { datagrams, interleaved },
  roles: rolesOver,
  scenarios,
});
