import { assign, emit, setup } from 'xstate';
import * as z from 'zod';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost } from '../../model/protocol/scenario.ts';
import { defineProperty } from '../../model/property/property.ts';
import type { Delivered, Effect } from '../../model/role/effect.ts';
import { message } from '../../model/role/message.ts';
import { command, role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';

/** A register with a writer and replicas: small enough that the shortest run of each of its faults is known. */

const source = 'test';

type Message = { readonly type: 'Put'; readonly n: number } | { readonly type: 'Got'; readonly n: number };

const replicas = 2;

const writer = setup({
  types: {
    context: {} as { readonly n: number; readonly got: ReadonlyMap<string, number> },
    events: {} as Delivered<Message> | { readonly type: 'put' },
    emitted: {} as Effect<Message>,
    meta: {} as Rule,
  },
  delays: { againMs: 1000 },
  guards: { isBehind: ({ context }) => context.n > 0 && [...context.got.values()].filter((n) => n === context.n).length < replicas },
  actions: {
    next: assign({ n: ({ context }) => context.n + 1 }),
    send: emit(({ context }): Effect<Message> => ({ type: 'broadcast', message: { type: 'Put', n: context.n } })),
    note: assign({
      got: ({ context, event }) => {
        const { from, n } = event as Delivered<Message>;
        return new Map([...context.got, [from, Math.max(n, context.got.get(from) ?? 0)]]);
      },
    }),
  },
}).createMachine({
  id: 'writer',
  options: { maxIterations: 10 },
  context: { n: 0, got: new Map() },
  initial: 'ready',
  states: { ready: { after: { againMs: { guard: 'isBehind', target: 'ready', reenter: true, actions: 'send', meta: { rule: 'REG-2', source } } } } },
  on: {
    put: { target: '.ready', reenter: true, actions: ['next', 'send'], meta: { rule: 'REG-1', source } },
    Got: { actions: 'note', meta: { rule: 'REG-3', source } },
  },
});

const replica = setup({
  types: { context: {} as { readonly n: number }, events: {} as Delivered<Message>, emitted: {} as Effect<Message>, meta: {} as Rule },
  guards: { isNewer: ({ context, event }) => event.n > context.n, isSane: () => true },
  actions: {
    take: assign({ n: ({ event }) => event.n }),
    answer: emit(({ context }) => ({ type: 'reply', message: { type: 'Got', n: context.n } })),
  },
}).createMachine({
  id: 'replica',
  options: { maxIterations: 10 },
  context: { n: 0 },
  on: {
    Put: [
      { guard: 'isNewer', actions: ['take', 'answer'], meta: { rule: 'REG-4', source } },
      { guard: 'isSane', actions: 'answer', meta: { rule: 'REG-5', source } },
    ],
  },
});

const hosts = [namedHost('ann', ['writer']), namedHost('ben', ['replica']), namedHost('cat', ['replica'])];
const fields = z.object({ n: z.int() });
const commands = { writer: { put: 4 } };

export const register = defineProtocol({
  id: 'register',
  doc: 'A writer and its replicas.',
  source,
  messages: {
    Put: message({ doc: 'A value.', source, fields, label: ({ n }) => `value ${n}` }),
    Got: message({ doc: 'It was taken.', source, fields }),
  },
  roles: {
    writer: role(writer, { doc: 'Writes.', talksTo: ['replica'], commands: { put: command({ doc: 'Write the next value.' }) } }),
    replica: role(replica, { doc: 'Keeps the latest value.', talksTo: ['writer'] }),
  },
  scenarios: {
    noisy: {
      doc: 'Much goes wrong.',
      hosts,
      network: { link: 'datagram' },
      faults: { drop: 2, duplicate: 2, partition: 1, pause: 1, hold: 1 },
      commands,
      bounds: { steps: 60, inbox: 64 },
    },
    timed: {
      doc: 'By the clock.',
      hosts,
      network: { link: 'datagram' },
      faults: { drop: 2 },
      commands,
      bounds: { inbox: 64 },
      timed: { latencyMs: [10, 500], commandEveryMs: 100, faultEveryMs: 400, endMs: 5000 },
    },
    forgetful: {
      doc: 'The replica crashes and forgets.',
      hosts,
      network: { link: 'datagram' },
      faults: { crash: 1 },
      commands,
      bounds: { inbox: 64 },
    },
  },
});

export const neverBack = defineProperty(register, {
  id: 'NEVER-BACK',
  claim: 'No replica goes back to an older value.',
  holdsUnder: ['noisy', 'timed'],
  failsUnder: { forgetful: 'A replica stores nothing.' },
  step: {
    neverBack: (before, action, after) =>
      after.all('replica').every((each) => each.context.n >= (before.at('replica', each.host)?.context.n ?? 0)) || action.type === 'Corrupt',
  },
  sometimes: { bothHold: (world) => world.every('replica', (each) => each.context.n >= 2) },
  shows: { replica: (each) => `value ${each.context.n}` },
  mutants: {
    takesAny: { doc: 'Takes every value.', roles: { replica: { guards: { isNewer: () => true } } } },
    takesAnyTimed: { doc: 'Takes every value.', roles: { replica: { guards: { isNewer: () => true } } }, under: 'timed' },
    throws: {
      doc: 'Throws on the second value.',
      roles: {
        replica: {
          guards: {
            isNewer: ({ event }: { event: { n: number } }) => {
              if (event.n === 2) throw new Error('two is too much');
              return true;
            },
          },
        },
      },
    },
  },
});

export const catchesUp = defineProperty(register, {
  id: 'CATCHES-UP',
  claim: 'When faults end, every replica holds the latest value.',
  holdsUnder: ['noisy'],
  recovers: {
    latest: { withinRounds: 20, holds: (world) => world.every('replica', (each) => each.context.n === (world.at('writer', 'ann')?.context.n ?? 0)) },
  },
  mutants: { neverRepeats: { doc: 'Nothing is sent again.', roles: { writer: { guards: { isBehind: () => false } } } } },
});
