import {
  assign,
  command,
  defineProperty,
  defineProtocol,
  type Delivered,
  type Effect,
  emit,
  enqueueActions,
  message,
  namedHost,
  role,
  type RoleInput,
  type Rule,
  setup,
  unlimited,
  type WorldOf,
} from 'rolecall';

/** Philosophers and forks, which are hosts that speak with their neighbours; a fork keeps a queue of those who wait for it. */

const source = 'Dijkstra 1965';

type Ask = { readonly type: 'Take' } | { readonly type: 'Put' };
type Answer = { readonly type: 'Given' };
type Params = { readonly first: string; readonly second: string };

const philosopher = setup({
  types: {
    context: {} as Params,
    input: {} as RoleInput<Params>,
    events: {} as Delivered<Answer> | { readonly type: 'hungry' } | { readonly type: 'full' },
    emitted: {} as Effect<Ask>,
    meta: {} as Rule,
  },
  actions: {
    askFirst: emit(({ context }) => ({ type: 'send', to: context.first, message: { type: 'Take' } })),
    askSecond: emit(({ context }) => ({ type: 'send', to: context.second, message: { type: 'Take' } })),
    put: emit(({ context }) => ({ type: 'send', to: [context.first, context.second], message: { type: 'Put' } })),
  },
}).createMachine({
  id: 'philosopher',
  options: { maxIterations: 5 },
  context: ({ input }) => input.params,
  initial: 'thinking',
  states: {
    thinking: { tags: 'rest', on: { hungry: { target: 'one', meta: { rule: 'D-1', source } } } },
    one: { entry: 'askFirst', on: { Given: { target: 'two', meta: { rule: 'D-2', source } } } },
    two: { entry: 'askSecond', on: { Given: { target: 'eating', meta: { rule: 'D-3', source } } } },
    eating: { on: { full: { target: 'thinking', actions: 'put', meta: { rule: 'D-4', source } } } },
  },
});

const fork = setup({
  types: { context: {} as { readonly queue: readonly string[] }, events: {} as Delivered<Ask>, emitted: {} as Effect<Answer>, meta: {} as Rule },
  guards: { someWaits: ({ context }) => context.queue.length > 0 },
  actions: {
    give: emit({ type: 'reply', message: { type: 'Given' } }),
    wait: assign({ queue: ({ context, event }) => [...context.queue, event.from] }),
    pass: enqueueActions(({ context: { queue }, enqueue }) => {
      const [next, ...rest] = queue;
      enqueue.emit({ type: 'send', to: next as string, message: { type: 'Given' } });
      enqueue.assign({ queue: rest });
    }),
  },
}).createMachine({
  id: 'fork',
  options: { maxIterations: 5 },
  context: { queue: [] },
  initial: 'free',
  states: {
    free: { tags: 'rest', on: { Take: { target: 'taken', actions: 'give', meta: { rule: 'F-1', source } } } },
    taken: {
      on: {
        Take: { actions: 'wait', meta: { rule: 'F-2', source } },
        Put: [
          { guard: 'someWaits', actions: 'pass', meta: { rule: 'F-3', source } },
          { target: 'free', meta: { rule: 'F-4', source } },
        ],
      },
    },
  },
});

const table = (n: number, lefty: boolean) =>
  ({
    doc: `${n} philosophers${lefty ? ', the last of whom takes the other fork first' : ''}.`,
    hosts: Array.from({ length: n }, (_, i) => {
      const [a, b] = [`f${i}`, `f${(i + 1) % n}`];
      return [
        namedHost(`p${i}`, ['philosopher'], { params: { philosopher: lefty && i === n - 1 ? { first: b, second: a } : { first: a, second: b } } }),
        namedHost(`f${i}`, ['fork']),
      ];
    }).flat(),
    network: { link: 'datagram' },
    commands: { philosopher: { hungry: unlimited, full: unlimited } },
  }) as const;

export const dining = defineProtocol({
  id: 'dining',
  doc: 'Philosophers share forks.',
  source,
  messages: {
    Take: message({ doc: 'I want you.', source }),
    Put: message({ doc: 'I lay you down.', source }),
    Given: message({ doc: 'I am yours.', source }),
  },
  counted: true,
  roles: {
    philosopher: role(philosopher, {
      doc: 'Thinks and eats.',
      talksTo: ['fork'],
      commands: { hungry: command({ doc: 'Gets hungry.' }), full: command({ doc: 'Has eaten.', fair: true }) },
    }),
    fork: role(fork, { doc: 'Is taken.', talksTo: ['philosopher'] }),
  },
  scenarios: { two: table(2, false), three: table(3, false), twoLefty: table(2, true), threeLefty: table(3, true) },
});

type World = WorldOf<typeof dining>;

export const eats = defineProperty(dining, {
  id: 'EATS',
  claim: 'Who is hungry eats.',
  holdsUnder: ['twoLefty', 'threeLefty'],
  failsUnder: { two: 'Each has one fork and waits for the other.', three: 'Each has one fork and waits for the other.' },
  leadsTo: Object.fromEntries(
    ['p0', 'p1', 'p2'].map((name) => [
      `${name}Eats`,
      [
        (w: World) => w.some('philosopher', (p) => p.host === name && p.matches('one')),
        (w: World) => w.some('philosopher', (p) => p.host === name && p.matches('eating')),
      ] as const,
    ]),
  ),
});
