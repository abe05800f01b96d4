import { assign, emit, fromPromise, setup } from 'xstate';
import * as z from 'zod';
import { defineProperty } from '../../model/property/property.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost, unlimited } from '../../model/protocol/scenario.ts';
import type { Delivered, Effect } from '../../model/role/effect.ts';
import { message } from '../../model/role/message.ts';
import { command, promise, role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';

/** A desk that looks up what it is asked for, in a place of which the model knows only what it may answer. */

const source = 'test';

type Ask = { readonly type: 'Ask'; readonly key: number };
type Told = { readonly type: 'Told'; readonly key: number; readonly value: number | null };

const asker = setup({
  types: {
    context: {} as { readonly key: number; readonly told: readonly (number | null)[] },
    events: {} as Delivered<Told> | { readonly type: 'ask' },
    emitted: {} as Effect<Ask>,
    meta: {} as Rule,
  },
  actions: {
    next: assign({ key: ({ context }) => context.key + 1 }),
    ask: emit(({ context }): Effect<Ask> => ({ type: 'broadcast', message: { type: 'Ask', key: context.key } })),
    note: assign({ told: ({ context, event }) => [...context.told, (event as Told).value] }),
  },
}).createMachine({
  id: 'asker',
  options: { maxIterations: 10 },
  context: { key: 0, told: [] },
  initial: 'idle',
  states: {
    idle: { tags: 'rest', on: { ask: { target: 'waiting', actions: ['next', 'ask'], meta: { rule: 'ASK-1', source } } } },
    waiting: { on: { Told: { target: 'idle', actions: 'note', meta: { rule: 'ASK-2', source } } } },
  },
});

const desk = setup({
  types: {
    context: {} as { readonly key: number; readonly asked: string },
    events: {} as Delivered<Ask>,
    emitted: {} as Effect<Told>,
    meta: {} as Rule,
  },
  actors: { lookUp: fromPromise<number, number>(async ({ input }) => (input === 1 ? 7 : 8)) },
  delays: { patienceMs: 500 },
  guards: { isPatient: () => false, isRight: () => true },
  actions: {
    take: assign({ key: ({ event }) => (event as Ask).key, asked: ({ event }) => (event as Delivered<Ask>).from }),
    tell: emit(({ context, event }): Effect<Told> => {
      const { output } = event as unknown as { output: number };
      return { type: 'send', to: context.asked, message: { type: 'Told', key: context.key, value: output } };
    }),
    regret: emit(({ context }): Effect<Told> => ({ type: 'send', to: context.asked, message: { type: 'Told', key: context.key, value: null } })),
  },
}).createMachine({
  id: 'desk',
  options: { maxIterations: 10 },
  context: { key: 0, asked: '' },
  initial: 'idle',
  states: {
    idle: { tags: 'rest', on: { Ask: { target: 'looking', actions: 'take', meta: { rule: 'DESK-1', source } } } },
    looking: {
      invoke: {
        id: 'look',
        src: 'lookUp',
        input: ({ context }) => context.key,
        onDone: [
          { guard: 'isRight', target: 'idle', actions: 'tell', meta: { rule: 'DESK-2', source } },
          { target: 'idle', meta: { rule: 'DESK-5', source } },
        ],
        onError: { target: 'idle', actions: 'regret', meta: { rule: 'DESK-3', source } },
      },
      after: { patienceMs: [{ guard: 'isPatient' }, { target: 'idle', actions: 'regret', meta: { rule: 'DESK-4', source } }] },
    },
  },
});

const fields = z.object({ key: z.int() });

export const lookup = defineProtocol({
  id: 'lookup',
  doc: 'A desk looks up what it is asked for.',
  source,
  messages: {
    Ask: message({ doc: 'What stands under this key?', source, fields }),
    Told: message({ doc: 'This does, or nobody knows.', source, fields: fields.extend({ value: z.int().nullable() }) }),
  },
  roles: {
    asker: role(asker, { doc: 'Asks.', talksTo: ['desk'], commands: { ask: command({ doc: 'Ask for the next key.' }) } }),
    desk: role(desk, {
      doc: 'Looks up, and loses patience.',
      talksTo: ['asker'],
      promises: { lookUp: promise({ doc: 'Looks a key up.', done: [7, 8], error: ['gone'] }) },
    }),
  },
  scenarios: {
    two: {
      doc: 'Two questions.',
      hosts: [namedHost('ann', ['asker']), namedHost('desk', ['desk'])],
      network: { link: 'datagram' },
      commands: { asker: { ask: 2 } },
      bounds: { fires: unlimited },
    },
    crash: {
      doc: 'The desk crashes while it looks up.',
      hosts: [namedHost('ann', ['asker']), namedHost('desk', ['desk'])],
      network: { link: 'datagram' },
      faults: { crash: 1 },
      commands: { asker: { ask: 2 } },
      bounds: { fires: unlimited },
    },
  },
});

export const everyoneIsTold = defineProperty(lookup, {
  id: 'TOLD',
  claim: 'Who asks is told something, though the place that is asked never answers.',
  holdsUnder: ['two'],
  failsUnder: { crash: 'The question went with the desk.' },
  leadsTo: {
    told: [(world) => world.some('asker', (each) => each.matches('waiting')), (world) => world.every('asker', (each) => each.matches('idle'))],
  },
  sometimes: {
    found: (world) => world.some('asker', ({ context }) => context.told.includes(7)),
    failed: (world) => world.some('asker', ({ context }) => context.told.includes(null)),
  },
  mutants: {
    waitsForEver: { doc: 'The desk is patient.', roles: { desk: { guards: { isPatient: () => true } } } },
    dropsAnswers: { doc: 'The desk takes an answer for none.', roles: { desk: { guards: { isRight: () => false } } } },
  },
});
