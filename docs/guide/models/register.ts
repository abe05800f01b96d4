import {
  type Delivered,
  type Effect,
  enqueueActions,
  history,
  type HostType,
  linearizable,
  message,
  namedHost,
  registerOf,
  role,
  type RoleInput,
  type Rule,
  setup,
  type WorldView,
  z,
} from 'rolecall';

/** Clients of a register, as Stateright's examples have them: each puts a value at one server, then gets it from the next. */

const source = 'Stateright, src/actor/register.rs';

export type ClientMsg = { readonly type: 'Put'; readonly id: number; readonly value: string } | { readonly type: 'Get'; readonly id: number };
export type ClientAnswer = { readonly type: 'PutOk'; readonly id: number } | { readonly type: 'GetOk'; readonly id: number; readonly value: string };

export const blank = '';
type Plan = { readonly index: number; readonly value: string; readonly putAt: string; readonly getAt: string };

export const client = setup({
  types: {
    context: {} as Plan,
    input: {} as RoleInput<Plan>,
    events: {} as Delivered<ClientAnswer>,
    emitted: {} as Effect<ClientMsg>,
    meta: {} as Rule,
  },
  guards: { isPut: ({ context, event }) => event.id === context.index, isGot: ({ context, event }) => event.id === 2 * context.index },
  actions: {
    put: enqueueActions(({ context: { index, value, putAt }, enqueue }) => {
      enqueue.emit({ type: 'invoke', operation: 'write', id: index, input: value });
      enqueue.emit({ type: 'send', to: putAt, message: { type: 'Put', id: index, value } });
    }),
    get: enqueueActions(({ context: { index, getAt }, enqueue }) => {
      enqueue.emit({ type: 'return', operation: 'write', id: index, outcome: { definite: true, value: null } });
      enqueue.emit({ type: 'invoke', operation: 'read', id: 2 * index, input: null });
      enqueue.emit({ type: 'send', to: getAt, message: { type: 'Get', id: 2 * index } });
    }),
    got: enqueueActions(({ event, enqueue }) => {
      if (event.type === 'GetOk') enqueue.emit({ type: 'return', operation: 'read', id: event.id, outcome: { definite: true, value: event.value } });
    }),
  },
}).createMachine({
  id: 'client',
  options: { maxIterations: 10 },
  context: ({ input }) => input.params,
  initial: 'putting',
  states: {
    putting: { entry: 'put', on: { PutOk: { guard: 'isPut', target: 'getting', meta: { rule: 'C-1', source } } } },
    getting: { entry: 'get', on: { GetOk: { guard: 'isGot', target: 'done', actions: 'got', meta: { rule: 'C-2', source } } } },
    done: { tags: 'rest' },
  },
});

export const clientRole = role(client, { doc: 'Puts, then gets.', talksTo: ['server'] });

export const messages = {
  Put: message({ doc: 'Write.', source, fields: z.object({ id: z.int(), value: z.string() }) }),
  Get: message({ doc: 'Read.', source, fields: z.object({ id: z.int() }) }),
  PutOk: message({ doc: 'Written.', source, fields: z.object({ id: z.int() }) }),
  GetOk: message({ doc: 'Read.', source, fields: z.object({ id: z.int(), value: z.string() }) }),
};

/** Servers that know each other by number, and clients that are numbered after them. */
export const systemOf = (clients: number, servers: number): HostType[] => [
  ...Array.from({ length: servers }, (_, n) =>
    namedHost(`s${n}`, ['server'], { params: { server: { me: n, peers: Array.from({ length: servers }, (_, p) => p).filter((p) => p !== n) } } }),
  ),
  ...Array.from({ length: clients }, (_, n) => {
    const index = servers + n;
    return namedHost(`c${index}`, ['client'], {
      params: { client: { index, value: String.fromCharCode(65 + n), putAt: `s${index % servers}`, getAt: `s${(index + 1) % servers}` } },
    });
  }),
];

/** Stateright's worlds hold the whole history, so these do too, and the counts are the same. */
export const monitors = { linearizable: linearizable({ model: registerOf(blank) }), history: history() };

/** That some client reads what was put, and not only what the register held at first. */
export const oneIsRead = (world: WorldView): boolean =>
  world.inFlight({ type: 'GetOk' }).some(({ message }) => (message as { value?: string }).value !== blank);

/** What a server is told when it starts: its number, and those of the others. */
export type ServerParams = { readonly me: number; readonly peers: readonly number[] };

export const numberOf = (host: string): number => Number(host.slice(1));

export const namesOf = (peers: readonly number[]): string[] => peers.map((peer) => `s${peer}`);

/** How many servers are more than half of them. */
export const majorityOf = (peers: readonly number[]): number => Math.floor((peers.length + 1) / 2) + 1;

/** A number that a server counts up, and its own, which tells apart those of two servers. */
export type Stamp = readonly [number, number];

export const isLess = (a: Stamp, b: Stamp): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
