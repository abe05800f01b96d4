import { type AnyStateMachine, assign, emit, setup } from 'xstate';
import { defineProtocol } from '../../model/protocol/define.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { namedHost, type ScenarioType, unlimited } from '../../model/protocol/scenario.ts';
import type { Effect, Message } from '../../model/role/effect.ts';
import { message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';

/** Machines small enough that it is plain which of their runs are fair, and what comes on them. */

const source = 'test';

const sends = (to: string, type: string) => emit((): Effect<Message> => ({ type: 'send', to, message: { type } }));

const machine = (config: object, more: object = {}): AnyStateMachine =>
  setup({
    types: { emitted: {} as Effect<Message>, context: {} as { readonly n: number } },
    actions: {
      ask: sends('server', 'Ask'),
      answer: sends('client', 'Answer'),
      next: assign({ n: ({ context }: { context: { n: number } }) => context.n + 1 }),
    },
    ...more,
  } as never).createMachine({ options: { maxIterations: 10 }, context: { n: 0 }, ...config } as never) as unknown as AnyStateMachine;

const rule = (id: string) => ({ meta: { rule: id, source } });

/** Asks, and asks again after a while until it is answered. */
const client = machine(
  {
    id: 'client',
    initial: 'idle',
    states: {
      idle: { on: { begin: { target: 'asking', ...rule('L-1') } } },
      asking: {
        entry: 'ask',
        on: { Answer: { target: 'done', ...rule('L-2') } },
        after: { againMs: { target: 'asking', reenter: true, ...rule('L-3') } },
      },
      done: { tags: 'rest' },
    },
  },
  { delays: { againMs: 100 } },
);

/** Asks once. */
const onceClient = machine({
  id: 'client',
  initial: 'idle',
  states: {
    idle: { on: { begin: { target: 'asking', ...rule('L-1') } } },
    asking: { entry: 'ask', on: { Answer: { target: 'done', ...rule('L-2') } } },
    done: { tags: 'rest' },
  },
});

const server = machine({ id: 'server', on: { Ask: { actions: 'answer', ...rule('L-4') } } });

/** Answers where it is asked while it is open, and closes and opens by a timer; a question that finds it closed is lost. */
const doorServer = machine(
  {
    id: 'server',
    initial: 'open',
    states: {
      open: { on: { Ask: { actions: 'answer', ...rule('L-4') } }, after: { turnMs: { target: 'closed', ...rule('L-5') } } },
      closed: { after: { turnMs: { target: 'open', ...rule('L-6') } } },
    },
  },
  { delays: { turnMs: 10 } },
);

const messages = { Ask: message({ doc: 'A question.', source }), Answer: message({ doc: 'An answer.', source }) };

const asking = (clientMachine: AnyStateMachine, serverMachine: AnyStateMachine, scenario: Partial<ScenarioType>, isFair = true): Protocol =>
  defineProtocol({
    id: 'asking',
    doc: 'A question and its answer.',
    source,
    messages,
    roles: {
      client: role(clientMachine, { doc: 'Asks.', talksTo: ['server'], commands: { begin: command({ doc: 'Ask.', fair: isFair }) } }),
      server: role(serverMachine, { doc: 'Answers.', talksTo: ['client'] }),
    },
    scenarios: {
      one: {
        doc: 'One question.',
        hosts: [namedHost('client', ['client']), namedHost('server', ['server'])],
        // Asking again adds nothing to what is in flight already, so asking for ever has few worlds.
        network: { link: 'datagram', keepsDelivered: true },
        commands: { client: { begin: 1 } },
        bounds: { fires: unlimited },
        ...scenario,
      },
    },
  } as never) as unknown as Protocol;

export const askers = { client, onceClient, server, doorServer, asking };

const alone = (id: string, own: AnyStateMachine, more: object = {}, scenario: Partial<ScenarioType> = {}): Protocol =>
  defineProtocol({
    id,
    doc: 'Roles that keep to themselves.',
    source,
    messages,
    roles: { one: role(own, { doc: 'Keeps to itself.', ...more } as never) },
    scenarios: {
      one: { doc: 'One or two.', hosts: [namedHost('ann', ['one'])], network: { link: 'datagram' }, bounds: { fires: unlimited }, ...scenario },
    },
  } as never) as unknown as Protocol;

const delays = { delays: { stepMs: 10, leaveMs: 10 } };

/** Goes to and fro by its timer and never settles. */
export const oscillating = (): Protocol =>
  alone(
    'oscillating',
    machine(
      {
        id: 'one',
        initial: 'low',
        states: {
          low: { after: { stepMs: { target: 'high', ...rule('L-1') } } },
          high: { after: { stepMs: { target: 'low', ...rule('L-2') } } },
          settled: {},
        },
      },
      delays,
    ),
  );

/** Goes to and fro by a timer, and settles by another one that runs beside. */
export const leaving = (): Protocol =>
  alone(
    'leaving',
    machine(
      {
        id: 'one',
        initial: 'moving',
        states: {
          moving: {
            initial: 'low',
            after: { leaveMs: { target: 'settled', ...rule('L-3') } },
            states: {
              low: { after: { stepMs: { target: 'high', ...rule('L-1') } } },
              high: { after: { stepMs: { target: 'low', ...rule('L-2') } } },
            },
          },
          settled: { tags: 'rest' },
        },
      },
      delays,
    ),
  );

/** Goes to and fro by a timer, and may choose to settle, in one of its two states alone. */
export const passing = (): Protocol =>
  alone(
    'passing',
    machine(
      {
        id: 'one',
        initial: 'low',
        states: {
          low: { on: { leave: { target: 'settled', ...rule('L-3') } }, after: { stepMs: { target: 'high', ...rule('L-1') } } },
          high: { after: { stepMs: { target: 'low', ...rule('L-2') } } },
          settled: { tags: 'rest' },
        },
      },
      delays,
    ),
    { choices: { leave: { doc: 'Leave.', options: (local: { matches(state: string): boolean }) => (local.matches('low') ? [{}] : []) } } },
  );

/** Takes a choice that is open for ever, or a command. */
export const choosing = (kind: 'choice' | 'command' | 'fair'): Protocol =>
  alone(
    'choosing',
    machine({ id: 'one', initial: 'open', states: { open: { on: { pick: { target: 'settled', ...rule('L-1') } } }, settled: { tags: 'rest' } } }),
    kind === 'choice'
      ? { choices: { pick: { doc: 'Pick.', options: () => [{}] } } }
      : { commands: { pick: command({ doc: 'Pick.', fair: kind === 'fair' }) } },
    kind === 'choice' ? {} : { commands: { one: { pick: unlimited } } },
  );
