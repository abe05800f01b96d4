import { assign, emit, setup } from 'xstate';
import type { Delivered, Effect, HostName, RoleInput } from '../../model/role/effect.ts';
import type { Rule } from '../../model/role/rule.ts';
import type { Echo, EchoReply } from './messages.ts';

/** A client program that asks one host, and notes whether the answer comes in time. */

const rules = {
  call: { rule: 'CALL-1', source: 'RFC 1122, 3.2.2.6: a host should provide an application that sends echo requests' },
  inTime: { rule: 'CALL-2', source: 'RFC 792, Echo Reply Message: the sequence number pairs it with its request' },
  late: {
    rule: 'CALL-3',
    source: 'Kurose and Ross, Computer Networking, 1.4: queueing delay',
    says: 'What is not answered in time is late; its answer ends the call nevertheless.',
  },
} as const satisfies Record<string, Rule>;

/** How long a user waits without a complaint. */
const patienceMs = 500;

export type CallerContext = { readonly server: HostName; readonly sequence: number; readonly late: number };

export const caller = setup({
  types: {
    context: {} as CallerContext,
    events: {} as Delivered<EchoReply> | { readonly type: 'call' },
    emitted: {} as Effect<Echo>,
    input: {} as RoleInput,
    meta: {} as Rule,
    tags: {} as 'rest',
  },
  delays: { patienceMs },
  guards: { isAnswer: ({ context, event }) => event.type === 'EchoReply' && event.sequence === context.sequence },
  actions: {
    count: assign(({ context }) => ({ sequence: context.sequence + 1 })),
    ask: emit(({ context }) => ({ type: 'send', to: context.server, message: { type: 'Echo', sequence: context.sequence } })),
    noteLate: assign(({ context }) => ({ late: context.late + 1 })),
  },
}).createMachine({
  id: 'host.caller',
  options: { maxIterations: 100 },
  context: ({ input }) => ({ server: (input.params as { readonly server: HostName }).server, sequence: 0, late: 0 }),
  initial: 'ready',
  states: {
    ready: {
      description: 'Asks when its user wishes.',
      tags: 'rest',
      on: { call: { target: 'waiting', actions: ['count', 'ask'], meta: rules.call } },
    },
    waiting: {
      description: 'Has asked, and the answer is not late yet.',
      on: { EchoReply: { guard: 'isAnswer', target: 'ready', meta: rules.inTime } },
      after: { patienceMs: { target: 'overdue', actions: 'noteLate', meta: rules.late } },
    },
    overdue: {
      description: 'Has waited for too long, and still waits.',
      tags: 'rest',
      on: { EchoReply: { guard: 'isAnswer', target: 'ready', meta: rules.late } },
    },
  },
});
