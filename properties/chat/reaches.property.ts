import { defineProperty } from '../../model/property/property.ts';
import { nothing } from '../../model/protocol/protocol.ts';
import { channel } from '../../spec/chat/channel.ts';
import { chat, type ChatRoles, usualChat } from '../../spec/chat/protocol.ts';
import type { Result } from '../../spec/request-response/messages.ts';
import { keepsWhatItIsTold } from '../shared/told.ts';
import { channelOf, type MonitorHere, screenOf, showChannel, showChatter, type World } from './sight.ts';

const shows = { channel: showChannel, chatter: showChatter };

const linesIn = (world: World): number => Math.max(0, ...world.map('channel', (each) => channelOf(each).log.length));

/** Whether all who have joined see what was said since. */
const allSee = (world: World): boolean =>
  world.every('channel', (each) => {
    const { members, log } = channelOf(each);
    return world.every('chatter', (chatter) => {
      const screen = screenOf(chatter);
      const since = members[chatter.host] ?? log.length;
      return !chatter.context.local.joined || log.every(({ number, from, text }) => number <= since || screen.includes(`${from}: ${text}`));
    });
  });

export const reaches = defineProperty(chat, {
  id: 'CHAT-REACHES',
  claim:
    'What is said in a channel all who have joined it see in the end, though their connections break; and who was told of it has it after a restart, too.',
  source: 'IRCv3, chathistory; RFC 2810, section 5: one-to-many',
  holdsUnder: ['breaks', 'crash', 'everyLine', 'everyTalk'],
  failsUnder: { plain: 'A line is told once: who is not connected then misses it.' },
  recovers: { allSee: { withinRounds: 40, holds: allSee } },
  step: {
    keepsWhatItIsTold: keepsWhatItIsTold<ChatRoles>('chatter'),
  },
  leadsTo: { seen: [(world) => linesIn(world) > 0, (world) => linesIn(world) > 0 && allSee(world)] },
  fairness: { weak: ['Repair'] },
  sometimes: { someoneIsBehind: (world) => !allSee(world) },
  shows,
  mutants: {
    replaysNothing: {
      doc: 'Who comes back is told nothing of what was said meanwhile.',
      after: 'Chat without history: walk into a lift, and the conversation has a hole.',
      roles: { channel: { actions: { tellTheOneWhoCame: nothing } } },
    },
    skipsAhead: {
      doc: 'A program shows a line though it has not heard the one before, and then refuses that.',
      after: 'Synchronisation by the highest number seen: what was below it never comes.',
      domain: { chatter: { ...usualChat.chatter, shows: ({ number }, heard) => number > heard } },
      under: 'everyLine',
    },
  },
});

type Outsiders = { readonly out: readonly string[]; readonly wrong: boolean };

/** Who knows that it has left the channel; and whether one of those was told anything. */
const outsiders: MonitorHere = {
  initial: { out: [], wrong: false },
  next: (state, { host, role, effect }) => {
    const { out, wrong } = state as unknown as Outsiders;
    if (role === 'channel' && effect.type === 'send' && effect.message.type === 'Notice')
      return { out, wrong: wrong || (effect.to as readonly string[]).some((member) => out.includes(member)) };
    if (role !== 'chatter') return state;
    if (effect.type === 'invoke' && effect.operation === 'JOIN') return { out: out.filter((each) => each !== host), wrong };
    if (effect.type !== 'return' || effect.operation !== 'PART' || !effect.outcome.definite || !(effect.outcome.value as Result).ok) return state;
    return { out: [...new Set([...out, host])].sort(), wrong };
  },
  holds: (state) => !(state as unknown as Outsiders).wrong,
};

export const members = defineProperty(chat, {
  id: 'CHAT-MEMBERS',
  claim: 'Who has left a channel is told nothing more of it.',
  source: 'RFC 2812, 3.2.2: Part message',
  holdsUnder: ['breaks', 'everyTalk', 'everyRetry'],
  monitors: { outsiders },
  sometimes: { oneIsOut: (world) => (world.monitor('outsiders') as unknown as Outsiders).out.length > 0 },
  shows,
  mutants: {
    letsNobodyGo: {
      doc: 'Who parts stays a member.',
      after: 'Rooms that go on ringing after one has left them.',
      domain: { service: channel({ echoes: true, replays: true, letsGo: false }) },
    },
  },
});
