import { assign, emit, enqueueActions, setup } from 'xstate';
import * as z from 'zod';
import { defineProtocol } from '../../model/protocol/define.ts';
import { namedHost, type ScenarioType } from '../../model/protocol/scenario.ts';
import type { Delivered, Effect, RoleInput } from '../../model/role/effect.ts';
import { message } from '../../model/role/message.ts';
import { role } from '../../model/role/role.ts';
import type { Rule } from '../../model/role/rule.ts';

/** A register of which each server has a copy of its own, as it stands among Stateright's examples: one copy is linearizable, two are not. */

const source = 'Stateright, examples/single-copy-register.rs';

type Put = { readonly type: 'Put'; readonly id: number; readonly value: string };
type Message =
  | Put
  | { readonly type: 'Get' | 'PutOk'; readonly id: number }
  | { readonly type: 'GetOk'; readonly id: number; readonly value: string };

/** What a register holds that was never written. */
export const blank = '';

const server = setup({
  types: { context: {} as { readonly value: string }, events: {} as Delivered<Message>, emitted: {} as Effect<Message>, meta: {} as Rule },
  actions: {
    keep: assign({ value: ({ event }) => (event as Put).value }),
    confirm: emit(({ event: { id } }) => ({ type: 'reply', message: { type: 'PutOk', id } })),
    answer: emit(({ context: { value }, event: { id } }) => ({ type: 'reply', message: { type: 'GetOk', id, value } })),
  },
}).createMachine({
  id: 'server',
  options: { maxIterations: 10 },
  context: { value: blank },
  tags: ['rest'],
  on: {
    Put: { actions: ['keep', 'confirm'], meta: { rule: 'SCR-1', source } },
    Get: { actions: 'answer', meta: { rule: 'SCR-2', source } },
  },
});

/** Which value a client writes, and which server it writes to and which it reads from. */
interface Plan {
  readonly index: number;
  readonly value: string;
  readonly putsAt: string;
  readonly getsAt: string;
}

const client = setup({
  types: { context: {} as Plan, input: {} as RoleInput, events: {} as Delivered<Message>, emitted: {} as Effect<Message>, meta: {} as Rule },
  guards: {
    isPut: ({ context: { index }, event: { id } }) => id === index,
    isGot: ({ context: { index }, event: { id } }) => id === 2 * index,
  },
  actions: {
    put: enqueueActions(({ context: { index, value, putsAt }, enqueue }) => {
      enqueue.emit({ type: 'invoke', operation: 'write', id: index, input: value });
      enqueue.emit({ type: 'send', to: putsAt, message: { type: 'Put', id: index, value } });
    }),
    wrote: emit(({ event: { id } }) => ({ type: 'return', operation: 'write', id, outcome: { definite: true, value: null } })),
    get: enqueueActions(({ context: { index, getsAt }, enqueue }) => {
      enqueue.emit({ type: 'invoke', operation: 'read', id: 2 * index, input: null });
      enqueue.emit({ type: 'send', to: getsAt, message: { type: 'Get', id: 2 * index } });
    }),
    read: emit(({ event }) => ({
      type: 'return',
      operation: 'read',
      id: event.id,
      outcome: { definite: true, value: (event as { readonly value: string }).value },
    })),
  },
}).createMachine({
  id: 'client',
  options: { maxIterations: 10 },
  context: ({ input }) => input.params as unknown as Plan,
  initial: 'putting',
  states: {
    putting: { entry: 'put', on: { PutOk: { guard: 'isPut', target: 'getting', actions: 'wrote', meta: { rule: 'SCR-3', source } } } },
    getting: { entry: 'get', on: { GetOk: { guard: 'isGot', target: 'done', actions: 'read', meta: { rule: 'SCR-4', source } } } },
    done: { tags: ['rest'] },
  },
});

/** Clients write to one server and read from the next. */
const scenario = (servers: number): ScenarioType => {
  const at = (number: number): string => `server${(number % servers) + 1}`;
  return {
    doc: `Two clients, each of which writes once and then reads; ${servers === 1 ? 'one server' : `${servers} servers that do not speak with each other`}.`,
    hosts: [
      ...Array.from({ length: servers }, (_, number) => namedHost(at(number), ['server'])),
      ...['A', 'B'].map((value, number) => {
        const index = servers + number;
        return namedHost(`client${number + 1}`, ['client'], { params: { client: { index, value, putsAt: at(index), getsAt: at(index + 1) } } });
      }),
    ],
    network: { link: 'datagram', refused: 'stays' },
  };
};

const fields = { id: z.number() };

export const singleCopyRegister = defineProtocol({
  id: 'single-copy-register',
  doc: 'Clients write and read a register of which each server has its own copy.',
  source,
  counted: true,
  messages: {
    Put: message({ doc: 'Write this.', source, fields: z.object({ ...fields, value: z.string() }) }),
    PutOk: message({ doc: 'It is written.', source, fields: z.object(fields) }),
    Get: message({ doc: 'What do you hold?', source, fields: z.object(fields) }),
    GetOk: message({ doc: 'I hold this.', source, fields: z.object({ ...fields, value: z.string() }) }),
  },
  roles: {
    server: role(server, { doc: 'Holds one value.', talksTo: ['client'] }),
    client: role(client, { doc: 'Writes, then reads.', talksTo: ['server'] }),
  },
  scenarios: { oneServer: scenario(1), twoServers: scenario(2) },
});
