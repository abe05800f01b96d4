import { assertEvent, assign, emit, setup } from 'xstate';
import type { Delivered, Effect, HostName, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Echo, EchoReply } from './messages.ts';

/** Two small programs, so that something runs on hosts: one asks whether others are there, the other says that it is. */

const rules = {
  ask: { rule: 'ECHO-1', source: 'RFC 1122, 3.2.2.6: a host should provide an application that sends echo requests' },
  hear: { rule: 'ECHO-2', source: 'RFC 792, Echo Reply Message' },
  reply: { rule: 'ECHO-3', source: 'RFC 1122, 3.2.2.6: every host must reply to echo requests' },
} as const satisfies Record<string, Rule>;

/** What the user may do. */
export type PingCommand = { readonly type: 'ping' };

/** How often it has asked, and the latest question that each host has answered. */
export type PingContext = { readonly sequence: number; readonly heard: ReadonlyMap<HostName, number> };

/** The client program: asks all neighbours, and notes who has answered what. */
export const ping = setup({
  types: {
    context: {} as PingContext,
    events: {} as Delivered<EchoReply> | PingCommand,
    emitted: {} as Effect<Echo>,
    input: {} as RoleInput,
    meta: {} as Rule,
    tags: {} as 'rest',
  },
  actions: {
    count: assign(({ context }) => ({ sequence: context.sequence + 1 })),
    ask: emit(({ context }) => ({ type: 'broadcast', message: { type: 'Echo', sequence: context.sequence } })),
    hear: assign(({ context, event }) => {
      assertEvent(event, 'EchoReply');
      const latest = Math.max(event.sequence, context.heard.get(event.from) ?? 0);
      return { heard: new Map(context.heard).set(event.from, latest) };
    }),
  },
}).createMachine({
  id: 'host.ping',
  options: { maxIterations: 100 },
  context: { sequence: 0, heard: new Map() },
  initial: 'ready',
  states: {
    ready: {
      description: 'Asks when its user wishes.',
      tags: 'rest',
      on: {
        ping: { actions: ['count', 'ask'], meta: rules.ask },
        EchoReply: { actions: 'hear', meta: rules.hear },
      },
    },
  },
});

/** The service: replies to whoever asks. */
export const echo = setup({
  types: {
    events: {} as Delivered<Echo>,
    emitted: {} as Effect<EchoReply>,
    input: {} as RoleInput,
    meta: {} as Rule,
    tags: {} as 'rest',
  },
  actions: {
    reply: emit(({ event }) => ({ type: 'reply', message: { type: 'EchoReply', sequence: event.sequence } })),
  },
}).createMachine({
  id: 'host.echo',
  options: { maxIterations: 100 },
  initial: 'listening',
  states: {
    listening: {
      description: 'Waits for requests.',
      tags: 'rest',
      on: { Echo: { actions: 'reply', meta: rules.reply } },
    },
  },
});
