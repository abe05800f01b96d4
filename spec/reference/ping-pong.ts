import { assign, emit, setup } from 'xstate';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import type { Delivered, Effect, RoleInput } from '../../model/role/effect.ts';
import * as z from 'zod';
import { message } from '../../model/role/message.ts';
import { role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';

/** Ping-pong as it stands among Stateright's examples: its counts under loss and duplication are known. */

const source = 'Stateright, actor_test_util.rs, ping_pong';

type Message = { readonly type: 'Ping' | 'Pong'; readonly n: number };

export interface Context {
  readonly count: number;
  readonly most: number;
}

const context = ({ input }: { readonly input: RoleInput }): Context => ({ count: 0, most: (input.params as { readonly most: number }).most });

/** What both have in common. What goes beyond the maximum is refused, as worlds beyond it are outside the example's boundary. */
const player = setup({
  types: {
    context: {} as Context,
    input: {} as RoleInput,
    events: {} as Delivered<Message>,
    emitted: {} as Effect<Message>,
    meta: {} as Rule,
  },
  guards: { isNext: ({ context: { count, most }, event }) => event.n === count && count < most },
  actions: {
    countOne: assign({ count: ({ context: { count } }) => count + 1 }),
    ping: emit(({ context: { count } }) => ({ type: 'broadcast', message: { type: 'Ping', n: count } })),
    pong: emit(({ event }) => ({ type: 'reply', message: { type: 'Pong', n: event.n } })),
  },
});

const pinger = player.createMachine({
  id: 'pinger',
  options: { maxIterations: 10 },
  context,
  entry: 'ping',
  // What it waits for may be lost, and neither tries again.
  tags: ['rest'],
  on: { Pong: { guard: 'isNext', actions: ['countOne', 'ping'], meta: { rule: 'PP-1', source } } },
});

const ponger = player.createMachine({
  id: 'ponger',
  options: { maxIterations: 10 },
  context,
  tags: ['rest'],
  on: { Ping: { guard: 'isNext', actions: ['countOne', 'pong'], meta: { rule: 'PP-2', source } } },
});

const upTo = (most: number, doc: string, more: Pick<ScenarioType, 'network' | 'faults'>): ScenarioType => ({
  doc: `Up to ${most}; ${doc}.`,
  hosts: [namedHost('ann', ['pinger'], { params: { pinger: { most } } }), namedHost('ben', ['ponger'], { params: { ponger: { most } } })],
  ...more,
});

/** Messages are a set, from which any may be taken away. */
const lossy = { network: { link: 'datagram', keepsDelivered: true, refused: 'stays' }, faults: { drop: unlimited } } as const;

export const pingPong = defineProtocol({
  id: 'ping-pong',
  doc: 'Two actors count in turns.',
  source,
  counted: true,
  messages: {
    Ping: message({ doc: 'Count on from here.', source, fields: z.object({ n: z.number() }) }),
    Pong: message({ doc: 'I have counted.', source, fields: z.object({ n: z.number() }) }),
  },
  roles: {
    pinger: role(pinger, { doc: 'Serves, and answers each Pong with the next Ping.' }),
    ponger: role(ponger, { doc: 'Answers each Ping with a Pong.' }),
  },
  scenarios: {
    one: upTo(1, 'messages are lost and come again and again', lossy),
    five: upTo(5, 'messages are lost and come again and again', lossy),
    fiveCalm: upTo(5, 'each message arrives once', { network: { link: 'datagram', refused: 'stays' } }),
  },
});
